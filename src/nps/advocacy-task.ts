import { ASK_CODES, type Ask } from './advocacy.ts';
import { DAY_MS } from './days.ts';
import { dateIn } from './due.ts';
import { SUBJECT_LIMIT, taskKey } from './task.ts';

/** A promoter who was told that somebody will be in touch. */
export interface Volunteer {
  surveyKey: string;
  ask: Ask;
  contactName: string;
  accountName: string;
  /** The owner's time zone (IANA), in which the Task's date is written. */
  zone: string;
  now: Date;
}

/** The Task about it, in Salesforce's field names without owner and related records. */
export interface VolunteerTask {
  NPS_Task_Key__c: string;
  Subject: string;
  Description: string;
  Priority: 'High';
  ActivityDate: string;
}

const DAYS_TO_BE_IN_TOUCH = 2;

const WORDS: Record<Ask, { label: string; advice: string }> = {
  'AppExchange Review': { label: 'send the link for an AppExchange review', advice: 'would write a review' },
  'G2 Review': { label: 'send the link for a G2 review', advice: 'would write a review' },
  'Case Study': { label: 'talk about a case study', advice: 'would be part of a case study' },
  Referral: { label: 'ask for the referral', advice: 'would introduce us to somebody' },
};

/** The key of the one such Task that a response can have for an ask, lower-case hex. */
export function volunteerTaskKey({ surveyKey, ask }: Pick<Volunteer, 'surveyKey' | 'ask'>): string {
  return taskKey(`ask:${ASK_CODES[ask]}`, surveyKey);
}

/** Writes the Task: the page said that the CSM will be in touch. */
export function volunteerTask(volunteer: Volunteer): VolunteerTask {
  const { ask, contactName, accountName, zone, now } = volunteer;
  const { label, advice } = WORDS[ask];
  const who = accountName === '' ? contactName : `${contactName} (${accountName})`;
  return {
    NPS_Task_Key__c: volunteerTaskKey(volunteer),
    Subject: `NPS: ${label}, ${who}`.slice(0, SUBJECT_LIMIT),
    Description: `${contactName} followed our ask and ${advice}. The page said that you will be in touch. Tick Advocacy Completed on the NPS Response once it is done.`,
    Priority: 'High',
    ActivityDate: dateIn(zone, new Date(now.getTime() + DAYS_TO_BE_IN_TOUCH * DAY_MS)),
  };
}
