import { dateOfDay, dayOfDate, utcDate, utcDay } from './days.ts';
import { type Blackout, blackoutOn, isExcluded, type Settings } from './settings.ts';

/** A lifecycle trigger as an admin configured it. */
export interface TriggerRule {
  name: string;
  active: boolean;
  /** YYYY-MM-DD; nothing that happened before this day is ever asked about. */
  activeFrom: string | null;
  /** When two triggers meet at one account, the smallest number is asked. */
  priority: number;
  /** Onboarding triggers may ask young accounts. */
  onboarding: boolean;
  minimumAccountAgeDays: number;
  /** Days since the last survey; never fewer than 90, whatever is configured. */
  minimumGapDays: number;
  /** What is wrong with its record, in a sentence; such a trigger asks nobody and stops no other. */
  problem: string | null;
}

/** A person a survey could go to. `emailOptOut` is null when field-level security hides it from the service. */
export interface ContactFacts {
  id: string;
  name: string;
  firstName: string;
  email: string | null;
  surveyOptOut: boolean;
  emailOptOut: boolean | null;
  bounced: boolean;
  lastSurveyedAt: Date | null;
}

/** A user who could be the customer's contact person. */
export interface UserFacts {
  id: string;
  name: string;
  email: string | null;
  active: boolean;
  timeZone: string;
}

export interface AccountFacts {
  id: string;
  name: string;
  createdAt: Date;
  surveyOptOut: boolean;
  /** A customer no more. */
  churned: boolean;
  /** Meets the programme's condition. */
  inProgramme: boolean;
  /** Has an open case that makes this no time to ask. */
  escalated: boolean;
  lastSurveyedAt: Date | null;
  /** Who looks after the account, first choice first. */
  csmCandidates: readonly UserFacts[];
  contacts: readonly ContactFacts[];
}

export interface Occasion {
  trigger: TriggerRule | undefined;
  triggerName: string;
  account: AccountFacts | undefined;
  /** The contact the event named, if any. */
  contactId: string | undefined;
  happenedAt: Date;
  now: Date;
  mayBeMailed: (email: string) => boolean;
  settings: Pick<Settings, 'blackouts' | 'excludedDomains'>;
}

export type SuppressionCode =
  | 'UNKNOWN_TRIGGER'
  | 'TRIGGER_MISCONFIGURED'
  | 'TRIGGER_INACTIVE'
  | 'BEFORE_ACTIVE_FROM'
  | 'UNKNOWN_ACCOUNT'
  | 'ACCOUNT_TOO_YOUNG'
  | 'CHURNED'
  | 'OUTSIDE_PROGRAMME'
  | 'OPEN_ESCALATION'
  | 'EXCLUDED_DOMAIN'
  | 'ACCOUNT_OPTED_OUT'
  | 'ACCOUNT_ASKED_RECENTLY'
  | 'NO_CONTACT'
  | 'NO_ADDRESS'
  | 'BOUNCED'
  | 'CONTACT_OPTED_OUT'
  | 'EMAIL_OPTED_OUT'
  | 'EMAIL_OPT_OUT_HIDDEN'
  | 'CONTACT_ASKED_RECENTLY'
  | 'NOT_ON_ALLOW_LIST'
  | 'BLACKOUT'
  | 'NO_CSM';

/** Somebody whose address is known. */
export type Reachable<T extends { email: string | null }> = T & { email: string };

export type Decision =
  | { send: true; contact: Reachable<ContactFacts>; csm: Reachable<UserFacts> }
  /** `notBefore` (YYYY-MM-DD): not now, but decided again on that day. */
  | { send: false; code: SuppressionCode; reason: string; notBefore?: string; contact?: ContactFacts };

/** Whole UTC days that must lie between two surveys; the ninetieth day is allowed. */
export const MINIMUM_GAP_DAYS = 90;

/** Whether an occasion leads to a survey, to whom and from whom; if not, why not, in a sentence people can read. */
export function decide(occasion: Occasion): Decision {
  const { trigger, triggerName, account, now } = occasion;
  if (!trigger)
    return no('UNKNOWN_TRIGGER', `No NPS Trigger record is named "${triggerName}". Add one in Setup to use it.`);
  if (trigger.problem) return no('TRIGGER_MISCONFIGURED', trigger.problem);
  if (!trigger.active) return no('TRIGGER_INACTIVE', `The trigger ${trigger.name} is not active.`);
  if (trigger.activeFrom && utcDate(occasion.happenedAt) < trigger.activeFrom) {
    return no('BEFORE_ACTIVE_FROM', `The trigger ${trigger.name} asks from ${trigger.activeFrom} on; this was before.`);
  }
  if (!account)
    return no('UNKNOWN_ACCOUNT', 'The event names an account that does not exist or that the service cannot see.');
  if (account.churned) return no('CHURNED', 'The account is a customer no more.');
  if (!account.inProgramme) return no('OUTSIDE_PROGRAMME', "The account does not meet the programme's condition.");
  if (account.surveyOptOut) return no('ACCOUNT_OPTED_OUT', 'The account opted out of surveys.');
  const gap = Math.max(trigger.minimumGapDays, MINIMUM_GAP_DAYS);
  if (askedRecently(account.lastSurveyedAt, now, gap)) {
    return no('ACCOUNT_ASKED_RECENTLY', `The account was ${askedOn(account.lastSurveyedAt, gap)}`);
  }
  const age = utcDay(now) - utcDay(account.createdAt);
  if (!trigger.onboarding && age < trigger.minimumAccountAgeDays) {
    const { name, minimumAccountAgeDays } = trigger;
    return no(
      'ACCOUNT_TOO_YOUNG',
      `The account is ${age} days old; ${name} asks from ${minimumAccountAgeDays} days on.`,
    );
  }
  if (account.escalated) return no('OPEN_ESCALATION', 'The account has an open case that is escalated or urgent.');
  const choice = chooseContact(occasion, account, gap);
  if ('send' in choice) return choice;
  const csm = account.csmCandidates.find(canBeWrittenFrom);
  if (!csm) return no('NO_CSM', 'Nobody looks after the account who is active and has an email address.', choice);
  const blackout = blackoutOn(utcDate(now), occasion.settings.blackouts);
  if (blackout) return later(blackout, choice);
  return { send: true, contact: choice, csm };
}

/** The first person who looks after the account, is active and has an address. */
export function canBeWrittenFrom(user: UserFacts): user is Reachable<UserFacts> {
  return user.active && user.email !== null;
}

type Refusal = Extract<Decision, { send: false }>;

/** The contact the event named, else the account's first one who may be asked; the first refusal when nobody may. */
function chooseContact(occasion: Occasion, account: AccountFacts, gap: number): Reachable<ContactFacts> | Refusal {
  const named = account.contacts.find(({ id }) => id === occasion.contactId);
  const judged = (named ? [named] : account.contacts).map((contact) => judge(contact, occasion, gap));
  const reachable = judged.find((judgement) => !('send' in judgement));
  return reachable ?? judged[0] ?? no('NO_CONTACT', 'The account has no contact.');
}

function judge(
  contact: ContactFacts,
  { now, mayBeMailed, settings }: Occasion,
  gap: number,
): Reachable<ContactFacts> | Refusal {
  const refuse = (code: SuppressionCode, reason: string) => no(code, reason, contact);
  const { email } = contact;
  if (email === null) return refuse('NO_ADDRESS', 'The contact has no email address.');
  if (isExcluded(email, settings.excludedDomains)) {
    return refuse('EXCLUDED_DOMAIN', "The contact's address is in a domain that is excluded in the settings.");
  }
  if (contact.bounced) return refuse('BOUNCED', "Mail to the contact's address bounced.");
  if (contact.surveyOptOut) return refuse('CONTACT_OPTED_OUT', 'The contact opted out of surveys.');
  if (contact.emailOptOut === null) {
    return refuse(
      'EMAIL_OPT_OUT_HIDDEN',
      'The service cannot read Contact.HasOptedOutOfEmail. Grant it to NPS_Integration.',
    );
  }
  if (contact.emailOptOut) return refuse('EMAIL_OPTED_OUT', 'The contact opted out of all email.');
  if (askedRecently(contact.lastSurveyedAt, now, gap)) {
    return refuse('CONTACT_ASKED_RECENTLY', `The contact was ${askedOn(contact.lastSurveyedAt, gap)}`);
  }
  if (!mayBeMailed(email)) {
    return refuse('NOT_ON_ALLOW_LIST', 'This org is a sandbox and the address is not on MAIL_ALLOWLIST.');
  }
  return { ...contact, email };
}

function askedRecently(last: Date | null, now: Date, gap: number): last is Date {
  return last !== null && utcDay(now) - utcDay(last) < gap;
}

function askedOn(last: Date, gap: number): string {
  return `asked on ${utcDate(last)}; ${gap} days must lie between surveys.`;
}

/** A blackout passes: the survey is decided again on the day after. */
function later({ to, reason }: Blackout, contact: ContactFacts): Refusal {
  const notBefore = dateOfDay(dayOfDate(to) + 1);
  return { send: false, code: 'BLACKOUT', reason: `Nobody is asked until ${to}: ${reason}.`, notBefore, contact };
}

function no(code: SuppressionCode, reason: string, contact?: ContactFacts): Refusal {
  return { send: false, code, reason, ...(contact && { contact }) };
}
