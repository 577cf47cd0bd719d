import { DAY_MS } from './days.ts';
import type { ContactNews } from './delivery.ts';
import { dateIn } from './due.ts';
import { DESCRIPTION_LIMIT, SUBJECT_LIMIT, taskKey } from './task.ts';

/** What a CSM must know about a contact whom no mail reaches. */
export interface LostContact {
  surveyKey: string;
  news: ContactNews;
  contactName: string;
  accountName: string;
  /** The provider's own words, may be empty. */
  reason: string;
  /** The owner's time zone (IANA), in which the Task's date is written. */
  zone: string;
  now: Date;
}

/** The Task about it, in Salesforce's field names without owner and related records. */
export interface AddressTask {
  NPS_Task_Key__c: string;
  Subject: string;
  Description: string;
  ActivityDate: string;
}

/** Nothing burns, but the next survey needs somebody to ask. */
const DAYS_TO_DO_IT = 7;

const WORDS: Record<ContactNews, { subject: (who: string) => string; advice: string }> = {
  'dead-address': {
    subject: (who) => `NPS: find a new address for ${who}`,
    advice:
      'Our mail came back. Correct the email address of the contact; surveys then go there by themselves. Until then nobody asks this contact.',
  },
  unwanted: {
    subject: (who) => `NPS: ${who} marked our mail as spam`,
    advice:
      'NPS Survey Opt Out is set on the contact, so no survey goes there any more. Please find out in person whether something is wrong.',
  },
};

/** The key of the one such Task a survey can have, lower-case hex. */
export function addressTaskKey({ surveyKey, news }: Pick<LostContact, 'surveyKey' | 'news'>): string {
  return taskKey(news, surveyKey);
}

/** Writes the Task, to be done within a week. */
export function addressTask(lost: LostContact): AddressTask {
  const { contactName, accountName, news, reason, zone, now } = lost;
  const { subject, advice } = WORDS[news];
  const said = reason === '' ? [] : [`The mail server said: ${reason}`];
  return {
    NPS_Task_Key__c: addressTaskKey(lost),
    Subject: subject(accountName === '' ? contactName : `${contactName} (${accountName})`).slice(0, SUBJECT_LIMIT),
    Description: [advice, ...said].join('\n\n').slice(0, DESCRIPTION_LIMIT),
    ActivityDate: dateIn(zone, new Date(now.getTime() + DAYS_TO_DO_IT * DAY_MS)),
  };
}
