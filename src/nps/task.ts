import { createHash } from 'node:crypto';
import { dateIn } from './due.ts';
import type { Score } from './score.ts';

/** What a CSM must know to call a detractor. */
export interface DetractorCall {
  responseKey: string;
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

/** The Task for a detractor, in Salesforce's field names without owner and related records. */
export interface DetractorTask {
  NPS_Task_Key__c: string;
  Subject: string;
  Description: string;
  Priority: 'High';
  ActivityDate: string;
  IsReminderSet: true;
  ReminderDateTime: string;
}

const SUBJECT_LIMIT = 255;
const DESCRIPTION_LIMIT = 32_000;

/** The key of the one call Task a response can have, lower-case hex. */
export function detractorTaskKey(responseKey: string): string {
  return createHash('sha256').update(`call:${responseKey}`).digest('hex');
}

/** Writes the Task: high priority, the day in the owner's zone, a reminder at the exact time it is due. */
export function detractorTask(call: DetractorCall): DetractorTask {
  const who = call.contactName ? `${call.contactName} (${call.accountName})` : call.accountName;
  const earlier = call.earlierScores.length > 0 ? call.earlierScores.join(', ') : 'none';
  const description = [
    `${call.contactName ?? 'A customer'} answered ${call.score} of 10.`,
    call.verbatim === '' ? 'No comment was left.' : `Comment: ${call.verbatim}`,
    `Asked because of: ${call.trigger}`,
    `Earlier scores, newest first: ${earlier}`,
    `Account: ${call.accountUrl}`,
  ].join('\n\n');
  return {
    NPS_Task_Key__c: detractorTaskKey(call.responseKey),
    Subject: shorten(`NPS ${call.score}: call ${who}`, SUBJECT_LIMIT),
    Description: shorten(description, DESCRIPTION_LIMIT),
    Priority: 'High',
    ActivityDate: dateIn(call.zone, call.dueAt),
    IsReminderSet: true,
    ReminderDateTime: call.dueAt.toISOString(),
  };
}

function shorten(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}
