import { createHash } from 'node:crypto';
import { inWords } from './developer-name.ts';
import { dateIn } from './due.ts';
import type { TaskPriority } from './routing.ts';
import type { Score } from './score.ts';

/** What somebody must know to follow up on an answer. */
export interface FollowUp {
  responseKey: string;
  /** What sort of Task this is; a response has one of each at most, and an account one open of those that rules make. */
  kind: string;
  /** What the Task is for, before the customer's name: "call". */
  label: string;
  priority: TaskPriority;
  /** Sentences on why there is this Task and why it is its owner's. */
  because: readonly string[];
  accountName: string;
  accountUrl: string;
  contactName: string | null;
  score: Score;
  verbatim: string;
  trigger: string;
  /** Earlier scores of the account, newest first. */
  earlierScores: readonly Score[];
  dueAt: Date;
  /** The owner's time zone (IANA), in which the Task's date is written. */
  zone: string;
}

/** The Task for an answer, in Salesforce's field names without owner and related records. */
export interface FollowUpTask {
  NPS_Task_Key__c: string;
  NPS_Kind__c: string;
  Subject: string;
  Description: string;
  Priority: TaskPriority;
  ActivityDate: string;
  IsReminderSet: true;
  ReminderDateTime: string;
}

export const SUBJECT_LIMIT = 255;
export const DESCRIPTION_LIMIT = 32_000;

/** The key of the one Task of a kind that a response, or its survey, can have; lower-case hex. */
export function taskKey(kind: string, responseKey: string): string {
  return createHash('sha256').update(`${kind.toLowerCase()}:${responseKey}`).digest('hex');
}

/** Writes the Task: the day in the owner's zone, a reminder at the exact time it is due. */
export function followUpTask(followUp: FollowUp): FollowUpTask {
  const who = followUp.contactName ? `${followUp.contactName} (${followUp.accountName})` : followUp.accountName;
  const earlier = followUp.earlierScores.length > 0 ? followUp.earlierScores.join(', ') : 'none';
  const facts = [
    `${followUp.contactName ?? 'A customer'} answered ${followUp.score} of 10.`,
    followUp.verbatim === '' ? 'No comment was left.' : `Comment: ${followUp.verbatim}`,
    `Asked because of: ${inWords(followUp.trigger)}`,
    `Earlier scores, newest first: ${earlier}`,
    `Account: ${followUp.accountUrl}`,
  ];
  const description = [...facts, ...followUp.because].join('\n\n');
  return {
    NPS_Task_Key__c: taskKey(followUp.kind, followUp.responseKey),
    NPS_Kind__c: followUp.kind,
    Subject: shorten(`NPS ${followUp.score}: ${followUp.label} ${who}`, SUBJECT_LIMIT),
    Description: shorten(description, DESCRIPTION_LIMIT),
    Priority: followUp.priority,
    ActivityDate: dateIn(followUp.zone, followUp.dueAt),
    IsReminderSet: true,
    ReminderDateTime: followUp.dueAt.toISOString(),
  };
}

function shorten(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}
