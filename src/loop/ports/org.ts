import type { AskedDate } from '../../nps/asked-date.ts';
import type { BoardFacts } from '../../nps/board/facts.ts';
import type { Membership } from '../../nps/clashes.ts';
import type { BusinessCalendar } from '../../nps/due.ts';
import type { Dates, MomentSource } from '../../nps/due-moments.ts';
import type { AccountFacts, SuppressionCode, TriggerKind, TriggerRule, UserFacts } from '../../nps/eligibility.ts';
import type { SurveyHistory } from '../../nps/forecast.ts';
import type { HealthRow, ShownRow } from '../../nps/health.ts';
import type { AnswerAtHand } from '../../nps/last-look.ts';
import type { Moment } from '../../nps/moment.ts';
import type { Offerings } from '../../nps/offerings.ts';
import type { Recovery } from '../../nps/recovery.ts';
import type { RenewalBranch } from '../../nps/renewal.ts';
import type { Requested } from '../../nps/request.ts';
import type { RoutingRule } from '../../nps/routing.ts';
import type { Segment } from '../../nps/score.ts';
import type { Sequence } from '../../nps/sequence.ts';
import type { Settings } from '../../nps/settings.ts';
import type { SpokenTexts } from '../../nps/trigger-texts.ts';
import type { OptOuts } from '../../nps/withdrawal.ts';
import type { AccountChange, AnswerFacts } from './answers.ts';
import type { StoredFile } from './board.ts';
import type { Person, Receipt } from './outbox.ts';
import type { Outcomes } from './outcomes.ts';
import type { SubjectHistory } from './subjects.ts';

export interface Organization {
  id: string;
  name: string;
  /** Where the company can be written to, in one line; empty when the settings name none. */
  postalAddress: string;
  isSandbox: boolean;
  timeZone: string;
}

/** A lifecycle trigger with what its mails and pages say; texts may hold merge fields. */
export interface Trigger extends TriggerRule, SpokenTexts {
  /** Where its moments can be found without an event; null when only events bring them. */
  source: MomentSource | null;
}

/** A moment that was found in records, with whom it concerns. */
export interface DueMoment {
  moment: Moment;
  accountId: string;
  contactId: string | null;
  /** When it was first decided, for one that was deferred then. */
  since?: Date;
  recovery?: Recovery | null;
}

/** One decision about one moment, as it is kept on the survey. */
export interface SurveyDecision {
  surveyKey: string;
  kind: TriggerKind;
  moment: Moment;
  accountId: string | null;
  contactId: string | null;
  csmId: string | null;
  language: string;
  /** What it asks after, if it is a re-survey. */
  recovery?: Recovery | null;
  /** When it was asked to be sent once more; absent for the first time. */
  resendAskedAt?: Date;
  outcome:
    | { status: 'Queued'; asked: AskedDate }
    /** A renewal mail takes no date from anybody. */
    | { status: 'Queued'; branch: RenewalBranch }
    | { status: 'Deferred'; code: SuppressionCode; reason: string; notBefore: string }
    | { status: 'Suppressed' | 'Failed'; code: SuppressionCode | 'NOT_WRITABLE'; reason: string };
}

/** The decisions about one account, committed together with the day it is asked if one of them is to be sent. */
export interface AccountDecisions {
  accountId: string | null;
  decisions: SurveyDecision[];
  /** What stands from now on on contacts that a survey was meant for and that are not asked after all. */
  contactDates: { id: string; lastSurveyedAt: Date | null }[];
}

/** A survey that somebody sends to themselves: it belongs to no contact and takes no date. */
export type TestSurvey = Pick<SurveyDecision, 'surveyKey' | 'kind' | 'moment' | 'csmId' | 'language'> & {
  accountId: string;
};

/** What became of one all-or-nothing write. A transient failure is worth another try, any other is for good. */
export type WriteOutcome = { written: true; without?: string } | { written: false; transient: boolean; reason: string };

/** A survey as it stands, with the people its mails go between. */
export interface SurveyRecord extends Moment {
  id: string;
  key: string;
  status: string;
  /** What a renewal mail says; null for a survey. */
  branch: RenewalBranch | null;
  /** When a deferred survey is decided again. */
  notBefore: Date | null;
  /** When it was last asked to be sent once more; null for one that was sent once. */
  resendAskedAt: Date | null;
  accountId: string | null;
  accountName: string;
  /** `timeZone` as in ContactFacts. */
  contact: (Person & { id: string; firstName: string; timeZone: string | null }) | null;
  csm: UserFacts | null;
  language: string;
  isTest: boolean;
  /** When the moment was first decided. */
  since: Date;
  /** The date it took, as long as it keeps it. */
  asked: AskedDate | null;
  /** What it asks after, if it is a re-survey. */
  recovery: Recovery | null;
  optOuts: OptOuts;
}

/** The record on which somebody asks for something. */
export type RequestPlace = { accountId: string } & ({ surveyKey: string } | { contactId: string });

/** Somebody wants a contact's last invitation to be sent once more. */
export interface ResendRequest {
  requested: Requested;
  /** Null when none was ever sent. */
  invitation: SurveyRecord | null;
}

/** What the org shows of the service's health. */
export interface HealthFacts {
  /** Rows by key. */
  shown: ReadonlyMap<string, ShownRow>;
  /** How many responses could not be written whole. */
  writeErrors: number;
}

/** The org, in the loop's words. Reads throw when Salesforce cannot be reached; writes say what became of each part. */
export interface Org extends Outcomes {
  organization(): Promise<Organization>;
  /** Every NPS Trigger record by lower-case name; cached for some seconds. */
  triggers(): Promise<ReadonlyMap<string, Trigger>>;
  /** Every NPS Routing Rule record; cached for some seconds. */
  routingRules(): Promise<readonly RoutingRule[]>;
  /** What the mails of sequences have to offer; cached for some seconds. */
  offerings(): Promise<Offerings>;
  /** What follows the answers of each segment; cached for some seconds. */
  sequences(): Promise<ReadonlyMap<Segment, Sequence>>;
  /** What admins set for the whole programme; cached for some seconds. @throws when it cannot be used */
  settings(): Promise<Settings>;
  /** How long an answer without proof waits; settings that cannot be used hold up no answer: their default does. */
  quarantineMinutes(): Promise<number>;
  calendar(): Promise<BusinessCalendar>;
  /** A trigger's moments on certain dates, by the trigger's own record. */
  dueMoments(trigger: Trigger, source: MomentSource, dates: Dates): Promise<DueMoment[]>;
  /** Stamps the accounts whose usage crossed the threshold with it and the day (YYYY-MM-DD); says how many. */
  stampUsageCrossings(threshold: number, today: string): Promise<number>;
  /** The moments that stamping would make today (YYYY-MM-DD) for a trigger with a threshold; changes nothing. */
  usageCrossings(trigger: Trigger, source: MomentSource, today: string): Promise<DueMoment[]>;
  accountFacts(accountIds: readonly string[]): Promise<ReadonlyMap<string, AccountFacts>>;
  /** Surveys by key, with those of the accounts that are queued: decided to be sent, and not told to have left. */
  surveys(keys: readonly string[], queuedAt?: readonly string[]): Promise<ReadonlyMap<string, SurveyRecord>>;
  answerFacts(wanted: {
    surveyKeys: readonly string[];
    accountIds: readonly string[];
    /** Keys of Tasks that may be there already. */
    taskKeys?: readonly string[];
  }): Promise<AnswerFacts>;
  /** Answers, and who gave them, by survey key: what a mail about them needs to know before it leaves. */
  answersAtHand(surveyKeys: readonly string[]): Promise<ReadonlyMap<string, AnswerAtHand>>;
  writeDecisions(decisions: readonly AccountDecisions[]): Promise<WriteOutcome[]>;
  writeTestSurvey(survey: TestSurvey): Promise<WriteOutcome>;
  writeAnswers(changes: readonly AccountChange[]): Promise<WriteOutcome[]>;
  writeReceipts(receipts: readonly Receipt[]): Promise<WriteOutcome[]>;
  /** What contacts are members of among the active campaigns that run on certain dates. */
  memberships(contactIds: readonly string[], dates: Dates): Promise<Membership[]>;
  /** What became of the surveys sent from `from` on and before `until`. */
  surveyHistory(from: Date, until: Date): Promise<SurveyHistory>;
  /** What became of the mails sent from `from` on and before `until`, by trigger and subject. */
  subjectHistory(from: Date, until: Date): Promise<SubjectHistory[]>;
  /** Answers given from `from` on and before `until`, and how things stand today, for a summary. */
  boardFacts(from: Date, until: Date): Promise<BoardFacts>;
  /** Stores a file, or a new version of the one with its title; answers the file's id. @throws when it is refused */
  storeFile(file: StoredFile): Promise<string>;
  /** Surveys that were decided to be sent before `before` and have no mail yet. */
  queuedSurveys(before: Date): Promise<string[]>;
  /** Surveys that failed, bounced, or were cancelled before they were sent, and still keep the date they took. */
  surveysToGiveBack(): Promise<{ surveyKey: string; accountId: string }[]>;
  /** Gives back the dates of those of these surveys that reached nobody, in the order of the keys. */
  giveDatesBack(surveyKeys: readonly string[]): Promise<WriteOutcome[]>;
  /** Deletes up to 2,000 suppressed surveys that nobody touched since `before` and that have no response; says how many. */
  deleteSuppressed(before: Date): Promise<number>;
  /** Deferred surveys whose time has come, as the moments they are about. */
  deferredMoments(now: Date): Promise<DueMoment[]>;
  /** Responses that wait for their verdict since before `before`, and those that could not be written whole. */
  provisionalResponses(before: Date): Promise<{ surveyKey: string; accountId: string }[]>;
  /** Responses whose next step, reminder or escalation is due. */
  dueSteps(now: Date): Promise<{ surveyKey: string; accountId: string }[]>;
  /** Where the responses and contacts with these record ids are, by the id in its long form, and whether a request on them is open. */
  requestsOn(recordIds: readonly string[]): Promise<ReadonlyMap<string, RequestPlace & { isOpen: boolean }>>;
  /** Where something was asked for before `before` and is not done. */
  openRequests(before: Date): Promise<RequestPlace[]>;
  /** What is asked for on a contact, and the last invitation that was sent to them or is to be; undefined when nothing is. */
  resendRequest(contactId: string): Promise<ResendRequest | undefined>;
  /** Writes what came of it on the contact. @throws when it is refused, and while Salesforce cannot be reached */
  answerResend(contactId: string, answer: { askedAt: Date; result: string }): Promise<void>;
  /** Responses given since `since` on which somebody has acted, and that do not say so yet. */
  unnoticedFollowUps(since: Date): Promise<{ surveyKey: string; accountId: string }[]>;
  incompleteResponses(): Promise<{ surveyKey: string; accountId: string }[]>;
  accountsWithResponses(): Promise<string[]>;
  healthFacts(): Promise<HealthFacts>;
  /** @throws when a row is refused; the others are written all the same */
  writeHealth(rows: readonly HealthRow[], at: Date): Promise<void>;
}
