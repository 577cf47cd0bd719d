import { toldFromTheAnswer } from './record-rules.ts';
import type { NoticeFacts, StepKind } from './step-kind.ts';

const until = ({ due }: NoticeFacts) => (due === null ? '' : ` Due ${due}.`);

const TEXTS: Readonly<Record<string, (about: NoticeFacts) => string>> = {
  'new-detractor': (about) => `NPS ${about.score} from ${about.who}. ${about.csm} is to follow up.${until(about)}`,
  reminder: (about) => `Nobody has followed up yet on NPS ${about.score} from ${about.who}.${until(about)}`,
};

/** Has Salesforce notify somebody. */
export const notifyStep: StepKind = {
  course: 'Escalation',
  templates: Object.keys(TEXTS),
  problems: toldFromTheAnswer,
  effect({ name, template, recipient }) {
    const text = TEXTS[template];
    if (!text || !recipient) throw new Error(`The step ${name} notifies nobody, or of nothing.`);
    return { notice: { recipient, text } };
  },
};
