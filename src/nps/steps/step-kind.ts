import type { TaskPriority } from '../routing.ts';
import type { Score } from '../score.ts';
import type { SequenceStep } from '../sequence.ts';
import type { StepMail } from './mail.ts';

/** A kind of step, by which a record says what is done. */
export interface StepKind {
  /** Whether it comes in turn with the mails, which the customer can stop, or until somebody has followed up. */
  course: 'Sequence' | 'Escalation';
  /** What it can say: the values of Template__c. */
  templates: readonly string[];
  /** What is wrong with a record of this kind beyond its template, each naming its field. */
  problems(step: SequenceStep): string[];
  /** What is to be done when the step is due. */
  effect(step: SequenceStep): StepEffect;
}

/** Whom a step concerns: the values of Recipient__c. */
export const RECIPIENTS = ['CSM', 'CSM Manager', 'Account Owner', 'Executive'] as const;
export type Recipient = (typeof RECIPIENTS)[number];

/** What a step does, for the loop to carry out: a mail or a survey to the customer, a Task or a notification for one of us. */
export type StepEffect = { mail: StepMail } | { survey: 'Recovery' } | { task: StepTask } | { notice: StepNotice };

export interface StepTask {
  recipient: Recipient;
  /** What the Task is for, before the customer's name. */
  label: string;
  priority: TaskPriority;
  /** Elapsed hours until it is due. */
  hours: number;
  because: string;
}

export interface StepNotice {
  recipient: Recipient;
  text(about: NoticeFacts): string;
}

/** What a notification is about. */
export interface NoticeFacts {
  score: Score;
  /** The customer, in words. */
  who: string;
  /** Who is to follow up. */
  csm: string;
  /** Until when, in the recipient's own time; null when nobody must. */
  due: string | null;
}
