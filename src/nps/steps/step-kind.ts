import type { TaskPriority } from '../routing.ts';
import type { SequenceStep } from '../sequence.ts';
import type { StepMail } from './mail.ts';

/** A kind of step, by which a record says what is done. */
export interface StepKind {
  /** What it can say: the values of Template__c. */
  templates: readonly string[];
  /** What is wrong with a record of this kind beyond its template, each naming its field. */
  problems(step: SequenceStep): string[];
  /** What is to be done when the step is due. */
  effect(step: SequenceStep): StepEffect;
}

/** What a step does, for the loop to carry out: a mail to the customer, or a Task for the CSM. */
export type StepEffect = { mail: StepMail } | { task: StepTask };

export interface StepTask {
  /** What the Task is for, before the customer's name. */
  label: string;
  priority: TaskPriority;
  /** Elapsed hours until it is due. */
  hours: number;
  because: string;
}
