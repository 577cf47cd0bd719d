import type { Advocacy, AskEntry } from '../../nps/advocacy.ts';
import type { Chosen } from '../../nps/choices.ts';
import type { UserFacts } from '../../nps/eligibility.ts';
import type { Act } from '../../nps/followed-up.ts';
import type { JoinedTask } from '../../nps/joined-tasks.ts';
import type { AccountNumbers, CountedAnswer } from '../../nps/numbers.ts';
import type { ReplyTask } from '../../nps/reply-task.ts';
import type { Requested } from '../../nps/request.ts';
import type { Response } from '../../nps/response.ts';
import type { Risk } from '../../nps/risk.ts';
import type { RoutingRule } from '../../nps/routing.ts';
import type { Score, Segment } from '../../nps/score.ts';
import type { Sentiment, SentimentWords } from '../../nps/sentiment.ts';
import type { Course } from '../../nps/sequence.ts';
import type { FollowUpTask } from '../../nps/task.ts';
import type { Owners } from '../../nps/task-owner.ts';
import type { Theme } from '../../nps/themes.ts';
import type { SurveyRecord } from './org.ts';

/** A response as it stands in Salesforce. */
export interface ResponseRecord extends Response {
  id: string;
  key: string;
  accountId: string;
  contactId: string | null;
  isTest: boolean;
  /** Something about it could not be written when it was last tried. */
  isIncomplete: boolean;
  /** What the account paid a year when it answered. */
  revenue: number | null;
  followUpDue: Date | null;
  /** Tasks of other answers that stand for this one, too. */
  joined: readonly JoinedTask[];
  /** When somebody first acted on it, as far as it was noticed. */
  firstFollowUpAt: Date | null;
  /** Who was notified of it last, and of what. */
  notified: Notice | null;
  /** Where it stands in its sequence. */
  course: Course;
  /** What people set on it: whether the sequence is paused, when the customer replied, what was done, and that it helped. */
  paused: boolean;
  repliedAt: Date | null;
  actionsTaken: string;
  resolved: boolean;
  /** What somebody asks of the service about it. */
  requested: Requested | null;
  /** What the customer chose from a mail. */
  chosen: Chosen | null;
  advocacy: Advocacy;
}

/** What somebody in the org is told under their bell. */
export interface Notice {
  userId: string;
  text: string;
}

/** What happened last at an account that tells against going on with a sequence. */
export interface AccountEvents {
  /** When a case of high priority was opened. */
  caseAt: Date | null;
  /** The day (YYYY-MM-DD) an opportunity was lost. */
  lostOn: string | null;
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
  /** What all the responses of each account were asked. */
  asks: ReadonlyMap<string, readonly Advocacy[]>;
  /** Keys of the Tasks that the named responses have, open or not, and of the named Tasks that are there. */
  taskKeys: ReadonlySet<string>;
  /** Kinds of the Tasks about answers that are open, in lower case, by account. */
  openKinds: ReadonlyMap<string, ReadonlySet<string>>;
  routing: Routing;
  /** By account, and by contact: read where one of the named responses is in a sequence. Events are null when the org refuses to tell: sequences then wait. */
  accountEvents: ReadonlyMap<string, AccountEvents> | null;
  contacts: ReadonlyMap<string, { optedOut: boolean; bounced: boolean }>;
  /** What was done for these accounts and contacts since the first of the responses was given. */
  acts: readonly Act[];
  /** How long an answer without proof waits. Settings that cannot be used hold up no answer: their defaults do. */
  quarantineMinutes: number;
  /** How many days back answers count. */
  rollingWindowDays: number;
  /** What comments are tagged with. */
  themes: readonly Theme[];
  sentimentWords: SentimentWords;
}

/** What admins say about who follows up, with the people and queues they name. */
export interface Routing {
  rules: readonly RoutingRule[];
  owners: Pick<Owners, 'fallback' | 'executive' | 'users' | 'queues'>;
}

export interface AccountRecord {
  id: string;
  name: string;
  url: string;
  csmCandidates: readonly UserFacts[];
  owner: UserFacts | null;
  /** What it pays a year by the settings' field, in the org's own currency. */
  revenue: number | null;
  /** What reports read of that. */
  reportedRevenue: number | null;
  /** The day (YYYY-MM-DD) on which the next of its contracts ends. */
  renewsOn: string | null;
  /** The account conditions of routing rules that it meets. */
  meets: ReadonlySet<string>;
  usageFalls: boolean;
  recentlyEscalated: boolean;
  /** As it stands. */
  risk: Risk;
  numbers: AccountNumbers;
}

/** What one account's answers change, written all or nothing. */
export interface AccountChange {
  accountId: string;
  responses: readonly ResponseChange[];
  /** Absent when the account shows these numbers already. */
  numbers?: AccountNumbers;
  /** Absent when the account shows this risk already. */
  risk?: Risk;
  /** Absent when reports read this revenue already. */
  revenue?: number | null;
  /** Replies of customers that are logged on the account. */
  replies: readonly LoggedReply[];
  /** Null for a contact none of whose answers counts any more. */
  contacts: readonly { id: string; score: Score | null; segment: Segment | null; respondedAt: Date | null }[];
}

/** A customer's mail as the completed Task that it becomes. */
export interface LoggedReply extends ReplyTask {
  surveyKey: string;
  contactId: string | null;
  ownerId: string | null;
}

export interface ResponseChange {
  key: string;
  response: Response;
  /** When the customer last wrote a mail about it; null leaves what stands there. */
  repliedAt: Date | null;
  /** The survey this answers, and whether it is answered for good or still waits for a verdict. */
  survey: { id: string; answered: boolean } | null;
  contactId: string | null;
  csmId: string | null;
  trigger: string;
  /** What the account paid a year when it answered. */
  revenue: number | null;
  /** The response this one is the recovery of; absent when the survey that would say so is not known. */
  recoveryOf?: string | null;
  followUpDue: Date | null;
  /** Tasks of other answers that stand for this one, too. */
  joined: readonly JoinedTask[];
  /** Null where nobody has acted; what the org has then stays. */
  firstFollowUpAt: Date | null;
  /** What the comment is about, as the field holds it. */
  themes: string | null;
  /** What the comment sounds like; null where nobody can tell. */
  sentiment: Sentiment | null;
  tasks: readonly (FollowUpTask & { ownerId: string | null })[];
  course: Course;
  /** Who is to be notified now, and of what. */
  notice: Notice | null;
  /** The log of asks, where one was chosen with this change. */
  asks: readonly AskEntry[] | null;
  /** A step is done with this change. */
  addsStepDone: boolean;
  /** What came of the request that was made at `askedAt`, which is blanked with that; null when there was none. */
  request: { askedAt: Date; paused: boolean; result: string } | null;
}
