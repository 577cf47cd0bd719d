import { noPercent } from './record-rules.ts';
import type { StepKind } from './step-kind.ts';

/** Gives the CSM a Task to call somebody who was written to and kept silent. */
export const taskStep: StepKind = {
  course: 'Sequence',
  templates: ['call'],
  problems: noPercent,
  effect: () => ({
    task: {
      recipient: 'CSM',
      label: 'no reply yet, call',
      priority: 'High',
      hours: 24,
      because: 'The customer was written to after this answer and has not replied. A call may reach them.',
    },
  }),
};
