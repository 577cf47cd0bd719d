import type { Privacy } from './consent.ts';
import { chooseContact } from './contact-choice.ts';
import { dateOfDay, dayOfDate, utcDate, utcDay } from './days.ts';
import type { Recovery } from './recovery.ts';
import { accountRefusal, askedRecently, no, waiting } from './refusal.ts';
import { type AnswerOnRecord, type RenewalBranch, renewalBranch } from './renewal.ts';
import { blackoutOn, type Settings } from './settings.ts';

/** What a moment leads to. A renewal mail asks nothing: days between surveys and leaving surveys do not concern it. */
export type TriggerKind = 'Survey' | 'Renewal Mail';

/** A lifecycle trigger as an admin configured it. */
export interface TriggerRule {
  name: string;
  kind: TriggerKind;
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
  /** For how many days a moment waits that comes too soon after another survey, or a renewal mail for what still follows a Detractor's answer; 0: not at all. */
  waitDays: number;
  /** What is wrong with its record, in a sentence; such a trigger asks nobody and stops no other. */
  problem: string | null;
}

/** A person a survey could go to. `emailOptOut` is null when field-level security hides it from the service. */
export interface ContactFacts {
  id: string;
  name: string;
  firstName: string;
  email: string | null;
  /** What the language field of the settings holds; null where there is none. */
  language: string | null;
  /** What the time zone field of the settings holds; null where there is none. */
  timeZone: string | null;
  privacy: Privacy;
  surveyOptOut: boolean;
  emailOptOut: boolean | null;
  bounced: boolean;
  lastSurveyedAt: Date | null;
  /** Roles at the account, in the org's own words. */
  roles: readonly string[];
  /** The account's primary contact. */
  primary: boolean;
  /** Day of the last activity (YYYY-MM-DD). */
  lastActiveOn: string | null;
}

/** A user who could be the customer's contact person. */
export interface UserFacts {
  id: string;
  name: string;
  email: string | null;
  active: boolean;
  timeZone: string;
  /** As written in Salesforce, for mails that offer a call. */
  phone: string | null;
  /** Who stands in for them when they are gone; absent when Salesforce names nobody. */
  manager?: UserFacts;
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
  /** The trigger it was surveyed for, where that was decided together with what is decided now. */
  lastSurveyedFor?: string;
  /** Who looks after the account, first choice first. */
  csmCandidates: readonly UserFacts[];
  contacts: readonly ContactFacts[];
  /** Its counted answers. */
  answers: readonly AnswerOnRecord[];
}

export interface Occasion {
  trigger: TriggerRule | undefined;
  triggerName: string;
  account: AccountFacts | undefined;
  /** The contact the event named, if any. */
  contactId: string | undefined;
  /** When the moment was first heard of. */
  happenedAt: Date;
  /** What a re-survey asks after; absent for every other occasion. */
  recovery?: Recovery | undefined;
  now: Date;
  mayBeMailed: (email: string) => boolean;
  settings: Pick<
    Settings,
    'blackouts' | 'consentCountries' | 'contactRole' | 'excludedDomains' | 'minimumGapDays' | 'rollingWindowDays'
  >;
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
  | 'PRIVACY_HIDDEN'
  | 'PRIVACY_OPTED_OUT'
  | 'NO_CONSENT'
  | 'CONTACT_ASKED_RECENTLY'
  | 'NOT_ON_ALLOW_LIST'
  | 'BLACKOUT'
  | 'SEQUENCE_RUNNING'
  | 'NO_CSM';

/** Somebody whose address is known. */
export type Reachable<T extends { email: string | null }> = T & { email: string };

export type Decision =
  /** `branch`: what a renewal mail says; a survey has none. */
  | { send: true; contact: Reachable<ContactFacts>; csm: Reachable<UserFacts>; branch?: RenewalBranch }
  /** `notBefore` (YYYY-MM-DD): not now, but decided again on that day. */
  | { send: false; code: SuppressionCode; reason: string; notBefore?: string; contact?: ContactFacts };

/** Whole UTC days that must lie between two surveys; the ninetieth day is allowed. */
export const MINIMUM_GAP_DAYS = 90;

/** Whether an occasion leads to a survey or a renewal mail, to whom and from whom; if not, why not, in a sentence people can read. */
export function decide(occasion: Occasion): Decision {
  const { trigger, account, settings, now, recovery } = occasion;
  const stopped = triggerRefusal(occasion);
  if (stopped || !trigger) return stopped ?? unknownTrigger(occasion.triggerName);
  if (!account) return no('UNKNOWN_ACCOUNT', 'The event names an account that does not exist or that is hidden.');
  const refused = accountRefusal(account, trigger, occasion);
  if (refused) return refused;

  const choice = chooseContact(contactsFor(account, occasion), occasion.contactId, {
    ...occasion,
    isAsked: trigger.kind === 'Survey',
    askedRecently: (contact) => {
      const asked = askedRecently(contact.lastSurveyedAt, trigger, occasion, 'The contact');
      return asked && { ...asked, contact, code: 'CONTACT_ASKED_RECENTLY' };
    },
  });
  if ('refused' in choice) {
    const { refused: refusal } = choice;
    if (!refusal) return no('NO_CONTACT', NO_CONTACT[recovery ? 'recovery' : 'ordinary']);
    return { ...no(refusal.code, refusal.reason, refusal.contact), ...waiting(refusal.freeOn, trigger, occasion) };
  }
  const { chosen: contact } = choice;
  const csm = account.csmCandidates.find(canBeWrittenFrom);
  if (!csm) return no('NO_CSM', 'Nobody looks after the account who is active and has an email address.', contact);
  const blackout = blackoutOn(utcDate(now), settings.blackouts);
  if (!blackout) return trigger.kind === 'Survey' ? { send: true, contact, csm } : renewal({ contact, csm }, occasion);
  return {
    ...no('BLACKOUT', `Nobody is asked until ${blackout.until}: ${blackout.reason}.`, contact),
    notBefore: dateOfDay(dayOfDate(blackout.until) + 1),
  };
}

const NO_CONTACT = {
  ordinary: 'The account has no contact.',
  recovery: 'Whoever gave the answer is no contact of the account any more.',
};

/** A re-survey is about what one person said, so nobody else is asked. */
function contactsFor({ contacts }: AccountFacts, { recovery, contactId }: Occasion): readonly ContactFacts[] {
  return recovery ? contacts.filter(({ id }) => id === contactId) : contacts;
}

/** The first person who looks after the account, is active and has an address. */
export function canBeWrittenFrom(user: UserFacts): user is Reachable<UserFacts> {
  return user.active && user.email !== null;
}

export type Refusal = Extract<Decision, { send: false }>;

/** A renewal mail that has to wait is decided again every day, as long as its trigger lets it wait. */
function renewal(people: Pick<Extract<Decision, { send: true }>, 'contact' | 'csm'>, occasion: Occasion): Decision {
  const { account, trigger, now, settings } = occasion;
  const { contact } = people;
  const found = renewalBranch(account?.answers ?? [], contact.id, { now, windowDays: settings.rollingWindowDays });
  if ('branch' in found) return { send: true, ...people, ...found };
  const refusal = no('SEQUENCE_RUNNING', found.waitsFor, contact);
  return { ...refusal, ...(trigger && waiting(utcDay(now) + 1, trigger, occasion)) };
}

function unknownTrigger(name: string): Refusal {
  return no('UNKNOWN_TRIGGER', `No NPS Trigger record is named "${name}". Add one in Setup to use it.`);
}

function triggerRefusal({ trigger, happenedAt }: Occasion): Refusal | undefined {
  if (!trigger) return undefined;
  const { name, activeFrom } = trigger;
  if (trigger.problem) return no('TRIGGER_MISCONFIGURED', trigger.problem);
  if (!trigger.active) return no('TRIGGER_INACTIVE', `The trigger ${name} is not active.`);
  if (activeFrom && utcDate(happenedAt) < activeFrom) {
    return no('BEFORE_ACTIVE_FROM', `The trigger ${name} asks from ${activeFrom} on; this was before.`);
  }
  return undefined;
}
