import type { StepCondition } from '../step-conditions.ts';
import { noPercent } from './record-rules.ts';
import type { StepKind } from './step-kind.ts';

/** The mails that reply to an answer. */
export const STEP_MAILS = ['acknowledgment', 'what-we-did', 'did-we-fix-it', 'make-us-a-ten', 'thank-you'] as const;
export type StepMail = (typeof STEP_MAILS)[number];

/** Mails that say something happened are sent only when it did. */
const TRUE_ONLY_WHEN: Partial<Record<StepMail, { condition: StepCondition; because: string }>> = {
  'what-we-did': { condition: 'Actions Taken', because: 'never claim what nobody did' },
  'did-we-fix-it': { condition: 'Resolved', because: 'ask only about what was done' },
};

/** Writes to the customer in the name of the CSM. */
export const mailStep: StepKind = {
  course: 'Sequence',
  templates: STEP_MAILS,
  problems(step) {
    const { template, condition } = step;
    const needed = isStepMail(template) ? TRUE_ONLY_WHEN[template] : undefined;
    if (!needed || condition === needed.condition) return noPercent(step);
    return [...noPercent(step), `Condition__c must be ${needed.condition}: ${needed.because}`];
  },
  effect({ name, template }) {
    if (!isStepMail(template)) throw new Error(`The step ${name} says "${template}", which is no mail.`);
    return { mail: template };
  },
};

function isStepMail(template: string): template is StepMail {
  return STEP_MAILS.some((one) => one === template);
}
