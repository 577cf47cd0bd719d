import { dayOfDate, utcDay } from '../nps/days.ts';
import { type BusinessCalendar, followUpDue } from '../nps/due.ts';
import { hasJoined, type JoinedTask } from '../nps/joined-tasks.ts';
import type { CountedAnswer, Trend } from '../nps/numbers.ts';
import { explanation, type RoutingFacts, route, ruleNotice } from '../nps/routing.ts';
import { taskKey } from '../nps/task.ts';
import { type Owners, taskOwner } from '../nps/task-owner.ts';
import { counts } from '../nps/verdict.ts';
import { answerTask, newestFirst } from './answer-task.ts';
import type { Answered } from './answered.ts';
import { noticeTo } from './notice.ts';
import type { AccountRecord, AnswerFacts, Notice, ResponseChange } from './ports.ts';

/** What an answer is routed by, besides itself. */
interface RoutedBy extends Pick<AnswerFacts, 'routing' | 'taskKeys' | 'openKinds'> {
  /** Kinds of the Tasks that answers of the same change make, in lower case. */
  newKinds: ReadonlySet<string>;
  /** Answers whose joining of a Task is looked at. */
  joinedLately: ReadonlySet<string>;
  /** Everything that counts for the account, this answer included. */
  counted: readonly CountedAnswer[];
  trend: Trend;
  calendar: BusinessCalendar;
  now: Date;
}

/** What routing comes to for one answer. */
export interface Routing extends Pick<ResponseChange, 'tasks' | 'followUpDue' | 'joined' | 'notice'> {
  /** Another answer of the same change makes a Task that this one is to join, once it is there. */
  joinsLater: boolean;
  /** It joins a Task with this change. */
  joins: boolean;
}

/**
 * The Tasks an answer asks for that are not there yet, and until when somebody must have acted: a later comment may ask
 * for more and sooner, and never gives more time. Where a Task of the kind is open at the account, the answer joins it;
 * right after, that is believed only while the Task is open: it may have been closed before the flow looked for it.
 * Whom a rule notifies is told with the write that makes or joins its Task; of several rules the first has its way.
 */
export function routed(answered: Answered, by: RoutedBy): Routing {
  const { key, response, before, isTest, account } = answered;
  const isOpen = ({ kind }: { kind: string }) => by.openKinds.get(account.id)?.has(kind.toLowerCase()) ?? false;
  const joined = (before?.joined ?? []).filter((one) => !by.joinedLately.has(key) || isOpen(one));
  const nothing = { tasks: [], followUpDue: null, joined, notice: null, joinsLater: false, joins: false };
  if (isTest || !counts(response.verdict)) return nothing;
  const since = response.correctedAt ?? response.respondedAt;
  const owners = ownersAround(answered, by);

  const followUps = route(by.routing.rules, routingFacts(answered, by)).map((one) => {
    const { kind, label, priority, ownerRole, ownerName, dueHours, notifyRole, notifyName } = one.rule;
    const owner = taskOwner(ownerRole, ownerName, owners);
    const dueAt = followUpDue(since, dueHours, owner.zone, by.calendar);
    const because = [explanation(one), ...(owner.reason === null ? [] : [owner.reason])];
    const purpose = { kind, label, priority, dueAt, zone: owner.zone, because };
    const task = answerTask(answered, by.counted, owner.id, purpose);
    const notified = notifyRole && taskOwner(notifyRole, notifyName, owners);
    const notice = notified && noticeTo(notified, answered, dueAt, (about) => ruleNotice(one, about));
    return { kind, dueAt, task, notice };
  });
  const missing = followUps.filter(({ kind }) => !by.taskKeys.has(taskKey(kind, key)) && !hasJoined(joined, kind));
  const comes = ({ kind }: { kind: string }) => by.newKinds.has(kind.toLowerCase());
  const asJoined = ({ kind, task }: (typeof missing)[number]): JoinedTask => {
    return { kind, due: task.ActivityDate, priority: task.Priority };
  };
  const ready = missing.filter((one) => isOpen(one) || !comes(one));
  const notice = ready.map((one) => one.notice).find((one) => one !== null) ?? null;
  return {
    tasks: ready.filter((one) => !isOpen(one)).map(({ task }) => task),
    joined: [...joined, ...ready.filter(isOpen).map(asJoined)],
    joinsLater: ready.length < missing.length,
    joins: ready.some(isOpen),
    notice: isSameNotice(notice, before?.notified) ? null : notice,
    followUpDue:
      followUps.length > 0
        ? earliest([...(before?.followUpDue ? [before.followUpDue] : []), ...followUps.map(({ dueAt }) => dueAt)])
        : null,
  };
}

/** Everybody a Task about an answer could go to. */
export function ownersAround({ survey, account }: Answered, { routing }: Pick<AnswerFacts, 'routing'>): Owners {
  return {
    ...routing.owners,
    asker: survey?.csm ?? null,
    csmCandidates: account.csmCandidates,
    accountOwner: account.owner,
  };
}

function routingFacts({ key, response, contactId, trigger, account, sentiment }: Answered, by: RoutedBy): RoutingFacts {
  const earlierOfTheSame = by.counted
    .filter((answer) => answer.key !== key && answer.contactId !== null && answer.contactId === contactId)
    .filter(({ respondedAt }) => respondedAt < response.respondedAt);
  const [previous] = newestFirst(earlierOfTheSame);
  return {
    score: response.score,
    previousScore: previous?.score ?? null,
    comment: response.verbatim,
    sentiment,
    trigger,
    trend: by.trend,
    revenue: account.revenue,
    daysToRenewal: daysToRenewal(account, by.now),
    meets: account.meets,
  };
}

/** Whole UTC days to the next end of a contract of the account; null when none is known. */
export function daysToRenewal({ renewsOn }: AccountRecord, now: Date): number | null {
  return renewsOn === null ? null : dayOfDate(renewsOn) - utcDay(now);
}

/** Where the org refused a Task, its rule is gone through again every night. */
function isSameNotice(one: Notice | null, other: Notice | null | undefined): boolean {
  return one?.userId === other?.userId && one?.text === other?.text;
}

function earliest(dates: readonly Date[]): Date {
  return new Date(Math.min(...dates.map((date) => date.getTime())));
}
