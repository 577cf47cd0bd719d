import { DESCRIPTION_LIMIT, SUBJECT_LIMIT, taskKey } from './task.ts';

/** What a customer wrote back, to be logged. */
export interface WrittenReply {
  /** Names the mail. */
  id: string;
  from: string;
  subject: string;
  fullText: string;
  attachments: readonly string[];
  /** The day (YYYY-MM-DD) it came. */
  date: string;
}

/** The completed Task of a mail, in Salesforce's field names without owner and related records. */
export interface ReplyTask {
  NPS_Task_Key__c: string;
  NPS_Kind__c: string;
  Subject: string;
  Description: string;
  ActivityDate: string;
  Status: 'Completed';
  TaskSubtype: 'Email';
}

const KIND = 'Customer Reply';

/** The key of the one Task that a mail becomes; lower-case hex. */
export function replyTaskKey({ id }: Pick<WrittenReply, 'id'>): string {
  return taskKey(KIND, id);
}

export function replyTask(reply: WrittenReply): ReplyTask {
  const { from, subject, fullText, attachments, date } = reply;
  const files = attachments.length > 0 ? [`Attached, and not kept: ${attachments.join(', ')}`] : [];
  return {
    NPS_Task_Key__c: replyTaskKey(reply),
    NPS_Kind__c: KIND,
    Status: 'Completed',
    TaskSubtype: 'Email',
    Subject: `Email from customer: ${subject}`.slice(0, SUBJECT_LIMIT),
    Description: [`From: ${from}`, ...files, fullText].join('\n\n').slice(0, DESCRIPTION_LIMIT),
    ActivityDate: date,
  };
}
