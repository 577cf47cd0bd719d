import type { Segment } from '../score.ts';
import type { StepCondition } from '../step-conditions.ts';
import { noPercent } from './record-rules.ts';
import type { StepKind } from './step-kind.ts';

/** The mails that reply to an answer. */
export const STEP_MAILS = [
  ...(['acknowledgment', 'acknowledgment-grave', 'what-we-did', 'did-we-fix-it'] as const),
  ...(['make-us-a-ten', 'about-your-choice', 'success-story'] as const),
  ...(['thank-you', 'ask-reminder', 'ask-thanks', 'referral'] as const),
] as const;
export type StepMail = (typeof STEP_MAILS)[number];

/** Mails that say something happened are sent only when it did. */
const TRUE_ONLY_WHEN: Partial<Record<StepMail, { condition: StepCondition; because: string }>> = {
  'what-we-did': { condition: 'Actions Taken', because: 'never claim what nobody did' },
  'did-we-fix-it': { condition: 'Resolved', because: 'ask only about what was done' },
  'success-story': { condition: 'Success Story', because: 'tell only a story there is' },
  'ask-reminder': { condition: 'Ask Open', because: 'remind only of an ask that was made' },
  'ask-thanks': { condition: 'Ask Followed', because: 'thank only for what was followed' },
  referral: { condition: 'Referral Instead', because: 'it comes instead of an ask that was left open' },
};

/** Nobody but a promoter is asked for anything in public, and only a Passive what would make us a 10. */
const ONLY_FOR: Partial<Record<StepMail, Segment>> = {
  'thank-you': 'Promoter',
  'ask-reminder': 'Promoter',
  'ask-thanks': 'Promoter',
  referral: 'Promoter',
  'make-us-a-ten': 'Passive',
  'about-your-choice': 'Passive',
};

/** Mails that make an ask; a sequence has each once, or somebody is asked twice. */
const ASKING: readonly string[] = ['thank-you', 'referral'] satisfies StepMail[];

/** Writes to the customer in the name of the CSM. */
export const mailStep: StepKind = {
  course: 'Sequence',
  templates: STEP_MAILS,
  problems(step) {
    const { template, condition, segment } = step;
    if (!isStepMail(template)) return noPercent(step);
    const needed = TRUE_ONLY_WHEN[template];
    const reader = ONLY_FOR[template];
    return [
      ...noPercent(step),
      needed && condition !== needed.condition && `Condition__c must be ${needed.condition}: ${needed.because}`,
      reader && segment !== reader && `Segment__c must be ${reader}, because "${template}" is written to nobody else`,
    ].filter((problem) => typeof problem === 'string');
  },
  effect({ name, template }) {
    if (!isStepMail(template)) throw new Error(`The step ${name} says "${template}", which is no mail.`);
    return { mail: template };
  },
};

export function makesAsk(template: string): boolean {
  return ASKING.includes(template);
}

/** True for the mail that cannot be written without choices. */
export function offersChoices(template: string): boolean {
  return template === ('make-us-a-ten' satisfies StepMail);
}

function isStepMail(template: string): template is StepMail {
  return STEP_MAILS.some((one) => one === template);
}
