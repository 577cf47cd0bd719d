/** The company whose org this is, and its customers; every name is invented. Days count from the clock's first start. */

export interface Colleague {
  key: string;
  firstName: string;
  lastName: string;
  title: string;
  timeZone: string;
  phone?: string;
  reportsTo?: string;
  /** Left the company; still owns what nobody took over. */
  hasLeft?: true;
}

export const COMPANY = { name: 'Fernbrook Analytics', domain: 'fernbrook.example' };

/** Managers stand before those who report to them. */
export const COLLEAGUES: Colleague[] = [
  {
    key: 'helena',
    firstName: 'Helena',
    lastName: 'Brandt',
    title: 'Chief Customer Officer',
    timeZone: 'Europe/Berlin',
  },
  {
    key: 'marcus',
    firstName: 'Marcus',
    lastName: 'Oyelaran',
    title: 'Director Customer Success',
    timeZone: 'Europe/London',
    reportsTo: 'helena',
  },
  {
    key: 'lena',
    firstName: 'Lena',
    lastName: 'Fischer',
    title: 'Customer Success Manager',
    phone: '+49 30 5550 142',
    timeZone: 'Europe/Berlin',
    reportsTo: 'marcus',
  },
  {
    key: 'daniel',
    firstName: 'Daniel',
    lastName: 'Reyes',
    title: 'Customer Success Manager',
    phone: '+1 212 555 0143',
    timeZone: 'America/New_York',
    reportsTo: 'marcus',
  },
  {
    key: 'priya',
    firstName: 'Priya',
    lastName: 'Nair',
    title: 'Customer Success Manager',
    phone: '+44 20 5550 0144',
    timeZone: 'Europe/London',
    reportsTo: 'marcus',
  },
  {
    key: 'tom',
    firstName: 'Tom',
    lastName: 'Aldridge',
    title: 'Customer Success Manager',
    timeZone: 'Europe/London',
    reportsTo: 'marcus',
    hasLeft: true,
  },
];

/** The ids of the company's people, by the key the seed calls them. */
export type Colleagues = ReadonlyMap<string, string>;

export interface Person {
  firstName: string;
  lastName: string;
  title: string;
  /** The part before the @ of the customer's domain; a contact without it has no address. */
  mailbox?: string;
  hasOptedOut?: true;
}

export type Trigger = 'First_Value' | 'Usage_Milestone' | 'Post_Resolution' | 'Pre_Renewal';

/** A survey from before the sandbox's time; without a score nobody answered. */
export interface PastSurvey {
  daysAgo: number;
  trigger: Trigger;
  /** Which of the customer's people was asked. */
  contact: number;
  answer?: {
    score: number;
    verbatim?: string;
    /** Hours after which the CSM was on the phone. */
    followedUpAfter?: number;
    resolved?: true;
  };
}

export interface Customer {
  name: string;
  domain: string;
  industry: string;
  revenue: number;
  employees: number;
  city: string;
  country: string;
  /** NPS_CSM__c; without one the owner is the CSM. */
  csm?: string;
  owner: string;
  sinceDaysAgo: number;
  takesNoSurveys?: true;
  people: Person[];
  contract: { startsInDays: number; months: number } | { endsInDays: number; months: number };
  cases?: {
    subject: string;
    priority: 'High' | 'Medium' | 'Low';
    openedDaysAgo: number;
    closedDaysAgo?: number;
    isEscalated?: true;
  }[];
  opportunities?: { name: string; stage: string; amount: number; closesInDays: number; isNew?: true }[];
  surveys?: PastSurvey[];
}
