import type { StepKind } from './step-kind.ts';

/** Gives the CSM a Task to call somebody who was written to and kept silent. */
export const taskStep: StepKind = {
  templates: ['call'],
  problems: () => [],
  effect: () => ({
    task: {
      ...{ label: 'no reply yet, call', priority: 'High', hours: 24 },
      because: 'The customer was written to after this answer and has not replied. A call may reach them.',
    },
  }),
};
