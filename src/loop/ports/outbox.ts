import type { Ask, OfferVariant } from '../../nps/advocacy.ts';
import type { MailEventKind, MailOutcome } from '../../nps/delivery.ts';
import type { Moment } from '../../nps/moment.ts';
import type { Caps, PacedMail } from '../../nps/pace.ts';
import type { RECOVERY, Recovery } from '../../nps/recovery.ts';
import type { RenewalBranch } from '../../nps/renewal.ts';
import type { Score } from '../../nps/score.ts';
import type { StepMail } from '../../nps/steps/mail.ts';
import type { SubjectVariant } from '../../nps/subject.ts';
import type { Withdrawal } from '../../nps/withdrawal.ts';
import type { CustomerReply, GivenAnswer } from './given.ts';

/** A lifecycle event as it was taken from the bus, before anything was decided about it. */
export interface LifecycleEvent {
  eventUuid: string;
  moment: Moment;
  accountId: string;
  contactId?: string | undefined;
  publishedAt: string;
  /** What a re-survey asks after; `answeredAt` as JSON has it. */
  recovery?: (Omit<Recovery, 'answeredAt'> & { answeredAt: string }) | undefined;
}

/** One entry of the answer lane: an answer somebody gave, or wrote in a mail, or an account whose responses deserve another look. */
export type AnswerWork =
  | { kind: 'given'; answer: GivenAnswer }
  | { kind: 'replied'; reply: CustomerReply }
  | { kind: 'review'; accountId: string; surveyKey?: string }
  /** An answer joined a Task: whether that was still open then. */
  | { kind: 'joined'; accountId: string; surveyKey: string };

export interface Person {
  name: string;
  email: string;
}

/** Who a customer hears from; `phone` as written in Salesforce. */
export interface Csm extends Person {
  phone?: string | null;
}

/** What a mail of a sequence asks for, and which choice it is about. */
export interface Proposed {
  ask?: Ask;
  choice?: string;
}

export type MailTemplate = MailOrder['template'];

/** A mail to be rendered and sent; everything it says is in here, so sending needs no look-up. */
export type MailOrder = {
  surveyKey: string;
  accountId: string;
  trigger: string;
  language: string;
  /** `timeZone` is the contact's, or else the CSM's. */
  to: Person & { firstName: string; timeZone?: string | null };
  from: Csm;
  accountName: string;
  /** When somebody asked for it once more; absent for the first. */
  again?: string;
} & (
  | { template: 'invitation'; occasion?: typeof RECOVERY }
  | { template: 'renewal'; branch: RenewalBranch }
  /** A mail that replies to an answer, as a step of its sequence. */
  | ({
      template: StepMail;
      step: string;
      orderedAt: string;
      answer: { score: Score; commented: boolean; actionsTaken: string };
    } & Proposed)
);

/** Something that happened outside and must be told to Salesforce. */
export type Receipt =
  | {
      kind: 'mail-sent';
      template: MailTemplate;
      surveyKey: string;
      sentAt: string;
      from: string;
      subject: string;
      subjectVariant?: SubjectVariant;
      /** The step of a sequence that the mail was. */
      step?: string;
      /** What the mail asked for. */
      ask?: Ask;
      offerVariant?: OfferVariant;
    }
  | { kind: 'mail-refused'; template: MailTemplate; surveyKey: string; reason: string; step?: string }
  /** The survey reaches nobody after all. */
  | { kind: 'not-sent'; surveyKey: string }
  | { kind: 'opt-out'; surveyKey: string }
  | Accepted
  /** The survey was to be sent, and nobody may be asked any more. */
  | ({ kind: 'withdrawn'; surveyKey: string } & Withdrawal)
  /** What was decided about a mail does not hold any more by the time it could leave. */
  | { kind: 'changed'; surveyKey: string; reason: string; at: string }
  | ({ kind: 'mail-event'; event: MailEventKind } & Pick<MailOutcome, 'cause'> & MailEventFacts);

/**
 * Somebody opened what a mail proposed and pressed the button. `visitor` names who did where nothing proved a person:
 * whether it counts is judged when it falls due.
 */
export type Accepted = { surveyKey: string; at: string; visitor?: string } & (
  | { kind: 'chosen'; choice: string }
  /** `promised`: they were told that the CSM will be in touch. */
  | { kind: 'ask-followed'; ask: Ask; promised: boolean }
);

/** What the mail provider tells about one mail. */
export interface MailEventFacts {
  surveyKey: string;
  template: MailTemplate;
  /** The address the mail went to; may be empty. */
  email: string;
  /** The provider's or the receiving server's words, without addresses; may be empty. */
  reason: string;
  at: string;
}

/** Somebody asks for something on a record. */
export interface Command {
  eventUuid: string;
  command: string;
  recordId: string;
  /** The account of the record, where it is worked on while its account is held. */
  accountId?: string;
}

export interface LanePayloads {
  event: LifecycleEvent;
  command: Command;
  reply: CustomerReply;
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

/** What became of an item: it waits to be worked off or is being worked on, is settled, or needs a person. */
export type Fate = 'waiting' | 'done' | 'dead';

/** What became of claimed items, told in one transaction. */
export interface Settlement {
  done?: readonly Item[];
  retry?: readonly { item: Item; at: Date; reason: string; countsAsAttempt: boolean }[];
  dead?: readonly { item: Item; reason: string }[];
  /** Taken out as if they had never been put: the same fact may come again. */
  dropped?: readonly Item[];
  put?: readonly AnyNewItem[];
}

/** A link was fetched, or its page ran its script: evidence for the verdict, kept for some days, never a score. */
export interface LinkHit {
  surveyKey: string;
  /** Which of the survey's links, by the letter in its token. */
  link: string;
  kind: 'fetched' | 'page-ran' | 'posted';
  /** A salted hash of address and browser, so that two visitors can be told apart but not known. */
  visitor: string;
  at: Date;
}

export interface Spool {
  /** Resolves once everything is on disk. Items whose lane and key are known already are left as they are. */
  put(items: readonly AnyNewItem[]): Promise<void>;
  /** Stores events and the replay position behind them in one transaction. */
  take(
    items: readonly (NewItem<'event'> | NewItem<'command'>)[],
    position: { topic: string; replayId: Buffer },
  ): Promise<void>;
  position(topic: string): Promise<Buffer | undefined>;
  forgetPosition(topic: string): Promise<void>;
  /** Takes up to `limit` due items whose accounts nobody else holds, oldest first, and holds those accounts. */
  claim<L extends Lane>(lane: L, limit: number): Promise<Item<L>[]>;
  settle(settlement: Settlement): Promise<void>;
  /** Those of the accounts that have an item in the lane which is not settled and whose key begins so. */
  accountsAwaiting(lane: Lane, keyStart: string, accountIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** What became of the lane's items with these keys; a key that is not known, or not any more, is not there. */
  fates(lane: Lane, keys: readonly string[]): Promise<ReadonlyMap<string, Fate>>;
  /**
   * When each of these mails may leave under hourly caps, all replicas counted together: those that may now have `now`
   * and count as left, the others a later time, to be asked again then.
   */
  depart(mails: readonly PacedMail[], caps: Caps): Promise<Date[]>;
  observe(hit: LinkHit): Promise<void>;
  hits(surveyKeys: readonly string[]): Promise<LinkHit[]>;
  /** True for exactly one caller per tick and fire time, across all replicas. */
  isFirstToFire(tick: string, at: Date): Promise<boolean>;
  /** Items due or being worked on, by lane; what `/readyz` calls not idle. */
  pending(): Promise<Record<Lane, number>>;
  dead(): Promise<{ lane: Lane; key: string; reason: string; at: Date }[]>;
  /** Remembers the org this spool belongs to; refuses another one with a sentence. */
  bindToOrg(orgId: string): Promise<void>;
  /** Which installation this is among those that might share an org: made once, the same for all its replicas. */
  installationId(): Promise<string>;
  /** Lets this installation send mails until then, by the machine's time; the heartbeat renews it. */
  renewLease(until: Date): Promise<void>;
  endLease(): Promise<void>;
  holdsLease(): Promise<boolean>;
  /**
   * Drops done items and hits older than `before`. Dead ones stay: somebody's answer may be in them. A mail stays until
   * the receipt of the same key is written: the org would have it sent again.
   */
  prune(before: Date): Promise<void>;
  /** Called whenever items were stored in a lane, so that its worker need not poll. */
  onPut(listener: (lane: Lane) => void): void;
  close(): Promise<void>;
}
