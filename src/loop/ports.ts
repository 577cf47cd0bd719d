import type { BusinessCalendar } from '../nps/due.ts';
import type { AccountFacts, SuppressionCode, TriggerRule, UserFacts } from '../nps/eligibility.ts';
import type { Moment } from '../nps/moment.ts';
import type { AccountNumbers, CountedAnswer } from '../nps/numbers.ts';
import type { Response } from '../nps/response.ts';
import type { Score, Segment } from '../nps/score.ts';
import type { DetractorTask } from '../nps/task.ts';
import type { Evidence } from '../nps/verdict.ts';

/**
 * What the loop needs from the world, in its own words. The edges (`salesforce`, `mail`, `spool`, `web`) implement
 * these; only `app.ts` knows which edge stands behind which name.
 */

/** `now` is the programme's time, which the sandbox can move; `wall` is the machine's, for leases and token ages. */
export interface Clock {
  now(): Date;
  wall(): Date;
}

export interface Log {
  debug(facts: object, sentence: string): void;
  info(facts: object, sentence: string): void;
  warn(facts: object, sentence: string): void;
  error(facts: object, sentence: string): void;
}

// ---- the outbox -----------------------------------------------------------------------------------------------------

/** A lifecycle event as it was taken from the bus, before anything was decided about it. */
export interface LifecycleEvent {
  eventUuid: string;
  moment: Moment;
  accountId: string;
  contactId?: string | undefined;
  publishedAt: string;
}

/** An answer as it was given on the page. */
export interface GivenAnswer {
  surveyKey: string;
  accountId: string;
  trigger: string;
  language: string;
  score: Score;
  verbatim: string;
  evidence: Evidence;
  answeredAt: string;
}

/** One entry of the answer lane: an answer somebody gave, or an account whose responses deserve another look. */
export type AnswerWork =
  | { kind: 'given'; answer: GivenAnswer }
  | { kind: 'review'; accountId: string; surveyKey?: string };

export interface Person {
  name: string;
  email: string;
}

export type MailTemplate = MailOrder['template'];

/** A mail to be rendered and sent; everything it says is in here, so sending needs no look-up. */
export type MailOrder = {
  surveyKey: string;
  accountId: string;
  trigger: string;
  language: string;
  to: Person & { firstName: string };
  from: Person;
  accountName: string;
} & (
  | { template: 'invitation' }
  /** A mail that replies to an answer. */
  | { template: 'acknowledgment' | 'thank-you'; answer: { score: Score; commented: boolean } }
);

/** Something that happened outside and must be told to Salesforce. */
export type Receipt =
  | { kind: 'mail-sent'; template: MailTemplate; surveyKey: string; sentAt: string; from: string }
  | { kind: 'mail-refused'; template: MailTemplate; surveyKey: string; reason: string }
  | { kind: 'opt-out'; surveyKey: string };

export interface LanePayloads {
  event: LifecycleEvent;
  answer: AnswerWork;
  mail: MailOrder;
  receipt: Receipt;
}

export type Lane = keyof LanePayloads;

/** What is put into a lane. `key` comes from the fact itself: the same fact put twice is one item. */
export interface NewItem<L extends Lane = Lane> {
  lane: L;
  key: string;
  accountId: string;
  payload: LanePayloads[L];
  dueAt: Date;
}

export type AnyNewItem = { [L in Lane]: NewItem<L> }[Lane];

export interface Item<L extends Lane = Lane> extends NewItem<L> {
  id: number;
  /** How many times it was claimed before and given back. */
  attempts: number;
}

/** What became of claimed items, told in one transaction. */
export interface Settlement {
  done?: readonly Item[];
  retry?: readonly { item: Item; at: Date; reason: string; countsAsAttempt: boolean }[];
  dead?: readonly { item: Item; reason: string }[];
  put?: readonly AnyNewItem[];
}

/** A link was fetched, or its page ran its script: evidence for the verdict, kept for some days, never a score. */
export interface LinkHit {
  surveyKey: string;
  score: Score | null;
  kind: 'fetched' | 'page-ran' | 'posted';
  /** A salted hash of address and browser, so that two visitors can be told apart but not known. */
  visitor: string;
  at: Date;
}

export interface Spool {
  /** Resolves once everything is on disk. Items whose lane and key are known already are left as they are. */
  put(items: readonly AnyNewItem[]): Promise<void>;
  /** Stores events and the replay position behind them in one transaction. */
  take(items: readonly NewItem<'event'>[], position: { topic: string; replayId: Buffer }): Promise<void>;
  position(topic: string): Promise<Buffer | undefined>;
  forgetPosition(topic: string): Promise<void>;
  /** Takes up to `limit` due items whose accounts nobody else holds, oldest first, and holds those accounts. */
  claim<L extends Lane>(lane: L, limit: number): Promise<Item<L>[]>;
  settle(settlement: Settlement): Promise<void>;
  observe(hit: LinkHit): Promise<void>;
  hits(surveyKeys: readonly string[]): Promise<LinkHit[]>;
  /** True for exactly one caller per tick and fire time, across all replicas. */
  isFirstToFire(tick: string, at: Date): Promise<boolean>;
  /** Items due or being worked on, by lane; what `/readyz` calls not idle. */
  pending(): Promise<Record<Lane, number>>;
  dead(): Promise<{ lane: Lane; key: string; reason: string; at: Date }[]>;
  /** Remembers the org this spool belongs to; refuses another one with a sentence. */
  bindToOrg(orgId: string): Promise<void>;
  /** Drops settled items and hits older than `before`. */
  prune(before: Date): Promise<void>;
  /** Called whenever items were stored in a lane, so that its worker need not poll. */
  onPut(listener: (lane: Lane) => void): void;
  close(): Promise<void>;
}

// ---- Salesforce -----------------------------------------------------------------------------------------------------

export interface Organization {
  id: string;
  name: string;
  isSandbox: boolean;
}

/** A lifecycle trigger with what its mails and pages say; texts may hold merge fields. */
export interface Trigger extends TriggerRule {
  contextSentence: string;
  openQuestion: string;
  subject: string;
}

/** One decision about one moment, as it is kept on the survey. */
export interface SurveyDecision {
  surveyKey: string;
  moment: Moment;
  accountId: string | null;
  contactId: string | null;
  csmId: string | null;
  language: string;
  outcome:
    | { status: 'Queued' }
    | { status: 'Suppressed' | 'Failed'; code: SuppressionCode | 'NOT_WRITABLE'; reason: string };
}

/** The decisions about one account, committed together with the day it was asked. */
export interface AccountDecisions {
  accountId: string | null;
  decisions: SurveyDecision[];
  /** When the account and its contact are asked now; absent when nobody is. */
  asked?: { at: Date; contactId: string };
}

/** What became of one all-or-nothing write. A transient failure is worth another try, any other is for good. */
export type WriteOutcome = { written: true; without?: string } | { written: false; transient: boolean; reason: string };

/** A survey as it stands, with the people its mails go between. */
export interface SurveyRecord {
  id: string;
  key: string;
  status: string;
  accountId: string | null;
  accountName: string;
  contact: (Person & { id: string; firstName: string }) | null;
  csm: UserFacts | null;
  trigger: string;
  language: string;
  isTest: boolean;
}

/** A response as it stands in Salesforce. */
export interface ResponseRecord extends Response {
  id: string;
  key: string;
  accountId: string;
  contactId: string | null;
  isTest: boolean;
  acknowledgedWith: string | null;
  followUpDue: Date | null;
}

/** Everything needed to write answers of some accounts back. */
export interface AnswerFacts {
  /** Surveys by key. */
  surveys: ReadonlyMap<string, SurveyRecord>;
  /** The named responses by key, whatever their verdict. */
  responses: ReadonlyMap<string, ResponseRecord>;
  /** What counts already, by account. */
  counted: ReadonlyMap<string, readonly CountedAnswer[]>;
  accounts: ReadonlyMap<string, AccountRecord>;
  taskKeys: ReadonlySet<string>;
}

export interface AccountRecord {
  id: string;
  name: string;
  url: string;
  csmCandidates: readonly UserFacts[];
  numbers: AccountNumbers;
}

/** What one account's answers change, written all or nothing. */
export interface AccountChange {
  accountId: string;
  responses: readonly ResponseChange[];
  /** Absent when the account shows these numbers already. */
  numbers?: AccountNumbers;
  contacts: readonly { id: string; score: Score; segment: Segment }[];
}

export interface ResponseChange {
  key: string;
  response: Response;
  /** The survey this answers, and whether it is answered for good or still waits for a verdict. */
  survey: { id: string; answered: boolean } | null;
  contactId: string | null;
  csmId: string | null;
  trigger: string;
  followUpDue: Date | null;
  task: (DetractorTask & { ownerId: string | null }) | null;
}

/** The org, in the loop's words. Reads throw when Salesforce cannot be reached; writes say what became of each part. */
export interface Org {
  organization(): Promise<Organization>;
  /** Every NPS Trigger record by lower-case name; cached for some seconds. */
  triggers(): Promise<ReadonlyMap<string, Trigger>>;
  calendar(): Promise<BusinessCalendar>;
  accountFacts(accountIds: readonly string[]): Promise<ReadonlyMap<string, AccountFacts>>;
  surveys(keys: readonly string[]): Promise<ReadonlyMap<string, SurveyRecord>>;
  answerFacts(wanted: { surveyKeys: readonly string[]; accountIds: readonly string[] }): Promise<AnswerFacts>;
  writeDecisions(decisions: readonly AccountDecisions[]): Promise<WriteOutcome[]>;
  writeAnswers(changes: readonly AccountChange[]): Promise<WriteOutcome[]>;
  writeReceipts(receipts: readonly Receipt[]): Promise<WriteOutcome[]>;
  /** Surveys that were decided to be sent before `before` and have no mail yet. */
  queuedSurveys(before: Date): Promise<string[]>;
  /** Responses that wait for their verdict since before `before`, and those that could not be written whole. */
  provisionalResponses(before: Date): Promise<{ surveyKey: string; accountId: string }[]>;
  incompleteResponses(): Promise<{ surveyKey: string; accountId: string }[]>;
  accountsWithResponses(): Promise<string[]>;
}

// ---- mail and pages -------------------------------------------------------------------------------------------------

/** What every mail is about. Empty first names are greeted without one. */
export interface MailFacts {
  company: string;
  account: { name: string };
  contact: { firstName: string; name: string };
  csm: Person;
  /** BCP 47 tag of the sentences that come from the org's settings. */
  language: string;
}

export interface Invitation extends MailFacts {
  subject: string;
  /** The one sentence about the trigger, names already merged in, not escaped. */
  contextSentence: string;
  /** Eleven, 0 to 10, in that order. */
  scoreLinks: readonly { score: Score; url: string }[];
  unsubscribeUrl: string;
}

/** The acknowledgment to a detractor and the thank-you to a promoter. */
export interface ReplyToAnswer extends MailFacts {
  score: Score;
  verbatimGiven: boolean;
}

export interface MailData {
  invitation: Invitation;
  acknowledgment: ReplyToAnswer;
  'thank-you': ReplyToAnswer;
}

export interface RenderedMail {
  subject: string;
  html: string;
  text: string;
}

/** Renders every mail and page a customer sees. */
export interface Stationery {
  mail<T extends keyof MailData>(template: T, data: MailData[T]): RenderedMail;
  page(name: string, data: object): string;
}

/** A mail ready for the post. `key` is told to the provider, so that its events can be matched to the survey. */
export interface Letter extends RenderedMail {
  key: string;
  from: Person;
  replyTo: Person;
  to: Person;
  headers: Record<string, string>;
  customArgs: Record<string, string>;
}

/** Resolves once the provider has accepted the letter; throws `MailRefused` for good or `MailNotAccepted` for now. */
export interface Postbox {
  send(letter: Letter): Promise<void>;
}

// ---- the answer desk, which the web pages talk to -------------------------------------------------------------------

/** A score link that was verified: its score is preselected, `question` is the trigger's open question. */
export interface OpenedLink {
  kind: 'score';
  score: Score;
  question: string;
  company: string;
  language: string;
}

export interface OpenedUnsubscribe {
  kind: 'unsubscribe';
  company: string;
  language: string;
}

export interface LinkProblem {
  problem: 'tampered' | 'expired' | 'unknown';
  company: string;
  language: string;
}

/** What the answer form said. `score` is as posted, to be judged; `verbatim` is cleaned and at most 32,000 characters. */
export interface AnswerForm {
  score: string;
  verbatim: string;
  /** A trusted press of the button was seen by the page's script. */
  gesture: boolean;
  /** The page's script ran while the page was visible. */
  script: boolean;
  visitor: string;
}

export interface GivenResult {
  score: Score;
  segment: Segment;
  question: string;
  company: string;
  language: string;
}

export interface AnswerDesk {
  /** Verifies only; records nothing and scores nothing. */
  open(token: string): OpenedLink | LinkProblem;
  saw(token: string, visitor: string, kind: 'fetched' | 'page-ran'): Promise<void>;
  /** Resolves only when the answer is durable. */
  give(token: string, form: AnswerForm): Promise<GivenResult | LinkProblem | { problem: 'bad-score' }>;
  openUnsubscribe(token: string): OpenedUnsubscribe | LinkProblem;
  /** Resolves only when the opt-out is durable. */
  unsubscribe(token: string): Promise<{ done: true; company: string; language: string } | LinkProblem>;
}
