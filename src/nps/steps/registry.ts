import { mailStep } from './mail.ts';
import type { StepKind } from './step-kind.ts';
import { taskStep } from './task.ts';

/** Every kind of step, by the value of Action__c. */
export const STEP_KINDS = {
  Mail: mailStep,
  Task: taskStep,
} as const satisfies Record<string, StepKind>;

export type StepAction = keyof typeof STEP_KINDS;
