import { escalateStep } from './escalate.ts';
import { mailStep } from './mail.ts';
import { notifyStep } from './notify.ts';
import { reSurveyStep } from './re-survey.ts';
import type { StepKind } from './step-kind.ts';
import { taskStep } from './task.ts';

/** Every kind of step, by the value of Action__c. */
export const STEP_KINDS = {
  Mail: mailStep,
  Task: taskStep,
  Notify: notifyStep,
  Escalate: escalateStep,
  'Re-Survey': reSurveyStep,
} as const satisfies Record<string, StepKind>;

export type StepAction = keyof typeof STEP_KINDS;
