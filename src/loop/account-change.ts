import { type AccountNumbers, accountNumbers, type CountedAnswer, type Trend } from '../nps/numbers.ts';
import { replyTaskKey } from '../nps/reply-task.ts';
import { type Risk, riskOf } from '../nps/risk.ts';
import { themesOf } from '../nps/themes.ts';
import { counts } from '../nps/verdict.ts';
import { type Answered, answeredIn, ownerFor, surveyKeyOf } from './answered.ts';
import type { ChangeFacts } from './change-facts.ts';
import { contactsAfter, countedAfter } from './counted-after.ts';
import { loggedReply, repliesIn } from './customer-replies.ts';
import { followUp, type NextStep } from './follow-up.ts';
import type { AccountChange, AccountRecord, Item, NewItem, ResponseChange } from './ports.ts';
import { withRequest } from './requests.ts';
import { daysToRenewal, type Routing, routed } from './route.ts';

/** What the answers of one account lead to. */
export interface AnswerPlan {
  items: Item<'answer'>[];
  change: AccountChange;
  mails: NewItem<'mail'>[];
  events: NewItem<'event'>[];
  /** What must be in the outbox before the change is written: mails asked for once more, and looks at what was joined. */
  first: (NewItem<'mail'> | NewItem<'answer'>)[];
  /** Responses to be looked at again once the change is written. */
  again: NewItem<'answer'>[];
}

/** An answer with what comes of it. */
interface Followed {
  one: Answered;
  routing: Routing;
  next: NextStep;
}

/** Accounts are merged and contacts move: what the survey says now is worth more than what its link said then. */
export function currentAccountOf(
  item: Item<'answer'>,
  { surveys, responses, accounts }: ChangeFacts,
): AccountRecord | undefined {
  const key = surveyKeyOf(item) ?? '';
  const ids = [responses.get(key)?.accountId, surveys.get(key)?.accountId, item.accountId];
  return ids.map((id) => (id ? accounts.get(id) : undefined)).find((account) => account !== undefined);
}

/** What the answers of one account lead to, rebuilt from its responses as they stand and as they will. */
export function changeOf(account: AccountRecord, items: Item<'answer'>[], facts: ChangeFacts): AnswerPlan {
  const answered = answeredIn(items, account, facts).map((one) => withRequest(one, facts));
  const counted = countedAfter(answered, facts.counted.get(account.id) ?? []);
  const numbers = accountNumbers(counted, facts.now, facts.rollingWindowDays);
  const risk = riskOf(numbers, { ...account, daysToRenewal: daysToRenewal(account, facts.now) });
  const followed = followedInTurn(answered, items, { counted, trend: numbers.trend, facts });
  return {
    items,
    change: {
      accountId: account.id,
      responses: followed.map((one) => responseChange(one, facts)),
      replies: repliesIn(items)
        .filter((reply) => !facts.taskKeys.has(replyTaskKey(reply)))
        .map((reply) => loggedReply(reply, ownerFor(facts.surveys.get(reply.surveyKey)?.csm, account), facts)),
      ...(!isSame(numbers, account.numbers) && { numbers }),
      ...(!isSame(risk, account.risk) && { risk }),
      ...(account.revenue !== account.reportedRevenue && { revenue: account.revenue }),
      contacts: contactsAfter(answered, counted),
    },
    mails: followed.flatMap(({ next }) => next.mails),
    events: followed.flatMap(({ next }) => next.events),
    first: [
      ...answered.flatMap(({ fulfilled }) => fulfilled?.mails ?? []),
      ...followed.flatMap(({ one, routing }) => (routing.joins ? [lookAgain('joined', one, facts.now)] : [])),
    ],
    again: followed.flatMap(({ one, routing, next }) =>
      routing.joinsLater || next.hasMoreDue ? [lookAgain('review', one, facts.now, next.course.done.length)] : [],
    ),
  };
}

/** One answer after the other, because each knows of the Tasks and asks of those before: of a kind the account has one. */
function followedInTurn(
  answered: readonly Answered[],
  items: readonly Item<'answer'>[],
  { counted, trend, facts }: { counted: readonly CountedAnswer[]; trend: Trend; facts: ChangeFacts },
): Followed[] {
  const newKinds = new Set<string>();
  const asks = new Map(facts.asks);
  const joinedLately = new Set(items.flatMap(({ payload }) => (payload.kind === 'joined' ? [payload.surveyKey] : [])));
  return answered.map((one) => {
    const routing = routed(one, { ...facts, counted, trend, newKinds, joinedLately });
    const next = followUp(one, counted, { ...facts, asks }, routing);
    for (const { NPS_Kind__c } of routing.tasks) newKinds.add(NPS_Kind__c.toLowerCase());
    const { id } = one.account;
    if (next.asks) asks.set(id, [...(asks.get(id) ?? []), { log: next.asks, completed: null }]);
    return { one, routing, next };
  });
}

function responseChange({ one, routing, next }: Followed, facts: ChangeFacts): ResponseChange {
  const { key, response, before, account, survey, contactId, trigger, sentiment, csm, fulfilled, repliedAt } = one;
  const { course, notice, asks, firstFollowUpAt, addsStepDone } = next;
  return {
    key,
    response,
    survey: survey ? { id: survey.id, answered: counts(response.verdict) } : null,
    ...(survey && { recoveryOf: survey.recovery?.of ?? null }),
    contactId,
    csmId: csm?.id ?? null,
    trigger,
    revenue: before?.revenue ?? account.revenue,
    sentiment,
    themes: themesOf(response.verbatim, facts.themes),
    repliedAt,
    followUpDue: routing.followUpDue,
    joined: routing.joined,
    tasks: [...routing.tasks, ...next.tasks],
    course,
    notice,
    asks,
    firstFollowUpAt,
    addsStepDone,
    request: fulfilled && { askedAt: fulfilled.askedAt, paused: fulfilled.paused, result: fulfilled.result },
  };
}

/** Within one moment a look after each step is another look. */
function lookAgain(kind: 'review' | 'joined', { key, account }: Answered, now: Date, steps = 0): NewItem<'answer'> {
  return {
    lane: 'answer',
    key: `${kind}:again:${key}:${now.getTime()}:${steps}`,
    accountId: account.id,
    payload: { kind, accountId: account.id, surveyKey: key },
    dueAt: now,
  };
}

function isSame<T extends AccountNumbers | Risk>(one: T, other: T): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
