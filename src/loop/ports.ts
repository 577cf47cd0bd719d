import type { Moment } from '../nps/moment.ts';
import type { Score, Segment } from '../nps/score.ts';

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

/** How sure we are that a person gave an answer; see `nps/verdict.ts`. */
export type Evidence = 'gesture' | 'comment' | 'script' | 'bare';

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
export type AnswerWork = { kind: 'given'; answer: GivenAnswer } | { kind: 'review'; accountId: string; surveyKey?: string };

export interface Person {
  name: string;
  email: string;
}

/** A mail to be rendered and sent; everything it says is in here, so sending needs no look-up. */
export interface MailOrder {
  template: 'invitation' | 'acknowledgment' | 'thank-you';
  surveyKey: string;
  accountId: string;
  trigger: string;
  language: string;
  to: Person & { firstName: string };
  from: Person;
  accountName: string;
  score?: Score;
}

/** Something that happened outside and must be told to Salesforce. */
export type Receipt =
  | { kind: 'mail-sent'; template: MailOrder['template']; surveyKey: string; sentAt: string; from: string }
  | { kind: 'mail-refused'; template: MailOrder['template']; surveyKey: string; reason: string }
  | { kind: 'opt-out'; surveyKey: string; at: string };

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
