import type { ResponseRecord } from '../loop/ports.ts';
import type { Segment } from '../nps/score.ts';
import type { Course } from '../nps/sequence.ts';
import type { Row } from './calls.ts';
import { dateOrNull, text, textOrNull } from './rows.ts';

/** The fields of a response that say where it stands in its sequence. */
export const SEQUENCE_FIELDS = [
  'Sequence__c',
  'Sequence_Started_At__c',
  'Current_Step__c',
  'Next_Step_Due__c',
  'Steps_Done__c',
  'Sequence_Stopped__c',
  'Sequence_Stop_Reason__c',
  'Notify_User__c',
  'Notify_Text__c',
  'Sequence_Paused__c',
  'Next_Escalation_Due__c',
  'First_Follow_Up_At__c',
  'Customer_Replied_At__c',
  'Actions_Taken__c',
  'Resolved__c',
];

const REASON_LIMIT = 255;
/** When, and which step. */
const DONE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) (\w+)$/;

type Standing = Pick<
  ResponseRecord,
  'course' | 'notified' | 'firstFollowUpAt' | 'paused' | 'repliedAt' | 'actionsTaken' | 'resolved'
>;

export function standingOf(row: Row): Standing {
  const due = dateOrNull(row.Next_Step_Due__c);
  return {
    course: {
      sequence: textOrNull(row.Sequence__c) as Segment | null,
      startedAt: dateOrNull(row.Sequence_Started_At__c),
      next: due && { step: text(row.Current_Step__c), due },
      done: stepsDone(text(row.Steps_Done__c)),
      stopped: row.Sequence_Stopped__c === true ? text(row.Sequence_Stop_Reason__c) : null,
      nextEscalation: dateOrNull(row.Next_Escalation_Due__c),
    },
    notified: notifiedBy(row),
    firstFollowUpAt: dateOrNull(row.First_Follow_Up_At__c),
    paused: row.Sequence_Paused__c === true,
    repliedAt: dateOrNull(row.Customer_Replied_At__c),
    actionsTaken: text(row.Actions_Taken__c).trim(),
    resolved: row.Resolved__c === true,
  };
}

function notifiedBy(row: Row): ResponseRecord['notified'] {
  const userId = textOrNull(row.Notify_User__c);
  return userId === null ? null : { userId, text: text(row.Notify_Text__c) };
}

function stepsDone(lines: string): Course['done'] {
  return lines.split(/\r?\n/).flatMap((line) => {
    const [, at, step] = DONE.exec(line.trim()) ?? [];
    return at && step ? [{ step, at: new Date(at) }] : [];
  });
}

/** The course in Salesforce's field names. */
export function courseFields({ sequence, startedAt, next, stopped, nextEscalation }: Course): Record<string, unknown> {
  return {
    Sequence__c: sequence,
    Sequence_Started_At__c: startedAt?.toISOString() ?? null,
    Current_Step__c: next && next.step !== '' ? next.step : null,
    Next_Step_Due__c: next?.due.toISOString() ?? null,
    Next_Escalation_Due__c: nextEscalation?.toISOString() ?? null,
    Sequence_Stopped__c: stopped !== null,
    Sequence_Stop_Reason__c: stopped?.slice(0, REASON_LIMIT) ?? null,
  };
}

/** `Steps_Done__c` with one step more; a step that stands there already stays as it is. */
export function withLine(lines: string, { step, at }: Course['done'][number]): string {
  if (stepsDone(lines).some((done) => done.step === step)) return lines;
  const line = `${at.toISOString().replace(/\.\d+Z$/, 'Z')} ${step}`;
  return lines === '' ? line : `${lines}\n${line}`;
}

/** `Steps_Done__c` of these steps. */
export function doneLines(done: Course['done']): string {
  return done.reduce(withLine, '');
}
