import { dateIn } from './due.ts';
import { SUBJECT_LIMIT, taskKey } from './task.ts';

/** A mail of ours that left. */
export interface SentMail {
  surveyKey: string;
  /** Which of the survey's mails it was: its step, or the template of the first one. */
  which: string;
  subject: string;
  from: string;
  sentAt: Date;
  /** The owner's time zone (IANA), in which the day is written. */
  zone: string;
}

/** The activity that says so, in Salesforce's field names without owner and related records. It never was to be done. */
export interface MailLog {
  NPS_Task_Key__c: string;
  Subject: string;
  Description: string;
  Status: 'Completed';
  TaskSubtype: 'Email';
  ActivityDate: string;
}

/** The key of the one such activity a mail can have, lower-case hex. */
export function mailLogKey({ surveyKey, which }: Pick<SentMail, 'surveyKey' | 'which'>): string {
  return taskKey(`mail:${which}`, surveyKey);
}

/** Writes the activity of a mail. */
export function mailLog(mail: SentMail): MailLog {
  return {
    NPS_Task_Key__c: mailLogKey(mail),
    Subject: `NPS mail: ${mail.subject}`.slice(0, SUBJECT_LIMIT),
    Description: `Sent by the NPS service from ${mail.from}.`,
    Status: 'Completed',
    TaskSubtype: 'Email',
    ActivityDate: dateIn(mail.zone, mail.sentAt),
  };
}
