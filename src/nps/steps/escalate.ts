import { toldFromTheAnswer } from './record-rules.ts';
import type { StepKind } from './step-kind.ts';

/** Gives somebody above a Task, because whoever had to act has not. */
export const escalateStep: StepKind = {
  course: 'Escalation',
  templates: ['nobody-acted'],
  problems: toldFromTheAnswer,
  effect({ name, recipient }) {
    if (!recipient) throw new Error(`The step ${name} escalates to nobody.`);
    return {
      task: {
        recipient,
        label: 'nobody has acted, step in for',
        priority: 'High',
        hours: 4,
        because:
          'Nobody has followed up on this answer: no task about it was completed with an outcome, no call was logged, and no mail to the customer is on record.',
      },
    };
  },
};
