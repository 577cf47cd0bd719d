import { withReply } from '../nps/customer-reply.ts';
import type { BusinessCalendar } from '../nps/due.ts';
import { canBeWrittenFrom, type UserFacts } from '../nps/eligibility.ts';
import { type AccountNumbers, accountNumbers, type CountedAnswer, newestAnswerOf } from '../nps/numbers.ts';
import type { Offerings } from '../nps/offerings.ts';
import { replyTaskKey } from '../nps/reply-task.ts';
import { type Response, withAnswer } from '../nps/response.ts';
import { type Risk, riskOf } from '../nps/risk.ts';
import { type Segment, segmentOf } from '../nps/score.ts';
import { sentimentOf } from '../nps/sentiment.ts';
import type { Sequence } from '../nps/sequence.ts';
import { themesOf } from '../nps/themes.ts';
import { counts, laterVerdict, quarantineIsOver } from '../nps/verdict.ts';
import { lastWrittenTo, loggedReply, repliesIn } from './customer-replies.ts';
import { type Answered, followUp, type NextStep } from './follow-up.ts';
import type {
  AccountChange,
  AccountRecord,
  AnswerFacts,
  GivenAnswer,
  Item,
  LinkHit,
  NewItem,
  ResponseChange,
} from './ports.ts';
import { withRequest } from './requests.ts';
import { daysToRenewal, routed } from './route.ts';

/** Everything a change is made from. */
export interface ChangeFacts extends AnswerFacts {
  calendar: BusinessCalendar;
  hits: ReadonlyMap<string, LinkHit[]>;
  sequences: ReadonlyMap<Segment, Sequence>;
  offerings: Offerings;
  now: Date;
}

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

/** The survey an item is about; none when an account's numbers are looked at again. */
export function surveyKeyOf({ payload }: Item<'answer'>): string | undefined {
  if (payload.kind === 'review' || payload.kind === 'joined') return payload.surveyKey;
  return payload.kind === 'given' ? payload.answer.surveyKey : payload.reply.surveyKey;
}

function asGiven(items: readonly Item<'answer'>[], key: string): GivenAnswer | undefined {
  const answers = items.flatMap(({ payload }) => (payload.kind === 'given' ? [payload.answer] : []));
  return answers.find(({ surveyKey }) => surveyKey === key);
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
  const keys = [...new Set(items.map(surveyKeyOf).filter((key) => key !== undefined))];
  const answered = keys.flatMap((key): Answered[] => {
    const standing = facts.responses.get(key);
    const repliedAt = lastWrittenTo(standing, items, key);
    const before = standing && repliedAt ? { ...standing, repliedAt } : standing;
    const survey = facts.surveys.get(key);
    const response = judged(key, items, facts);
    const isTest = survey?.isTest ?? before?.isTest ?? false;
    const contactId = survey?.contact?.id ?? before?.contactId ?? null;
    const given = asGiven(items, key);
    const trigger = survey?.trigger ?? given?.trigger ?? '';
    const language = survey?.language ?? given?.language ?? '';
    if (!response) return [];
    const sentiment = sentimentOf(response.verbatim, language, facts.sentimentWords);
    const csm = ownerFor(survey?.csm, account);
    const people = { contactId, account, csm };
    return [
      withRequest({ key, response, before, isTest, survey, trigger, sentiment, ...people, fulfilled: null }, facts),
    ];
  });
  const counted = countedAfter(answered, facts.counted.get(account.id) ?? []);
  const numbers = accountNumbers(counted, facts.now, facts.rollingWindowDays);
  const newKinds = new Set<string>();
  const joinedLately = new Set(items.flatMap(({ payload }) => (payload.kind === 'joined' ? [payload.surveyKey] : [])));
  const followed = answered.map((one) => {
    const routing = routed(one, { ...facts, counted, trend: numbers.trend, newKinds, joinedLately });
    for (const { NPS_Kind__c } of routing.tasks) newKinds.add(NPS_Kind__c.toLowerCase());
    return { one, routing, next: followUp(one, counted, facts, routing) };
  });
  const risk = riskOf(numbers, { ...account, daysToRenewal: daysToRenewal(account, facts.now) });
  return {
    items,
    change: {
      accountId: account.id,
      responses: followed.map(({ one, routing: { tasks, followUpDue, joined }, next }) => {
        const themes = themesOf(one.response.verbatim, facts.themes);
        return {
          ...responseChange(one, next),
          repliedAt: lastWrittenTo(facts.responses.get(one.key), items, one.key),
          themes,
          followUpDue,
          joined,
          tasks: [...tasks, ...next.tasks],
        };
      }),
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

/** The response after everything that was answered; one that has waited out its quarantine gets its verdict. */
function judged(key: string, items: Item<'answer'>[], facts: ChangeFacts): Response | undefined {
  let response: Response | undefined = facts.responses.get(key);
  for (const { payload } of items) {
    if (payload.kind === 'given' && payload.answer.surveyKey === key)
      response = withAnswer(response, { ...payload.answer, answeredAt: new Date(payload.answer.answeredAt) });
    if (payload.kind === 'replied' && payload.reply.surveyKey === key)
      response = withReply(response, { ...payload.reply, at: new Date(payload.reply.at) });
  }
  if (response?.verdict !== 'Provisional') return response;
  if (!quarantineIsOver(response.correctedAt ?? response.respondedAt, facts.now, facts.quarantineMinutes))
    return response;
  const { verdict, reason } = laterVerdict(facts.hits.get(key) ?? [], facts.quarantineMinutes);
  return { ...response, verdict, verdictReason: reason };
}

/** The CSM who asked, or whoever looks after the account today when they left. */
function ownerFor(csm: UserFacts | null | undefined, account: AccountRecord): UserFacts | undefined {
  return [...(csm ? [csm] : []), ...account.csmCandidates].find(canBeWrittenFrom);
}

/** What counts once the change is written: the account's other answers as they stand, the changed ones as they will. */
function countedAfter(answered: readonly Answered[], stored: readonly CountedAnswer[]): CountedAnswer[] {
  const changed = new Set(answered.map(({ key }) => key));
  const now = answered
    .filter(({ response, isTest }) => counts(response.verdict) && !isTest)
    .map(({ key, response, contactId }) => ({
      key,
      score: response.score,
      contactId,
      respondedAt: response.respondedAt,
    }));
  return [...stored.filter(({ key }) => !changed.has(key)), ...now];
}

function responseChange(
  { key, response, before, account, survey, contactId, trigger, sentiment, csm, fulfilled }: Answered,
  { course, notice, firstFollowUpAt, addsStepDone }: NextStep,
): Omit<ResponseChange, 'tasks' | 'followUpDue' | 'joined' | 'themes' | 'repliedAt'> {
  return {
    key,
    sentiment,
    response,
    survey: survey ? { id: survey.id, answered: counts(response.verdict) } : null,
    contactId,
    csmId: csm?.id ?? null,
    trigger,
    revenue: before?.revenue ?? account.revenue,
    ...{ course, notice, firstFollowUpAt, addsStepDone },
    ...(survey && { recoveryOf: survey.recovery?.of ?? null }),
    request: fulfilled && { paused: fulfilled.paused, result: fulfilled.result },
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

function contactsAfter(answered: readonly Answered[], counted: readonly CountedAnswer[]): AccountChange['contacts'] {
  const ids = new Set(answered.map(({ survey }) => survey?.contact?.id).filter((id) => id !== undefined));
  return [...ids].flatMap((id): AccountChange['contacts'][number][] => {
    const newest = newestAnswerOf(id, counted);
    if (newest) {
      const { score, respondedAt } = newest;
      return [{ id, score, segment: segmentOf(score), respondedAt }];
    }
    // The only answer there was counts no more.
    const wasVoided = answered.some(
      ({ survey, response }) => survey?.contact?.id === id && response.verdict === 'Void',
    );
    return wasVoided ? [{ id, score: null, segment: null, respondedAt: null }] : [];
  });
}

function isSame<T extends AccountNumbers | Risk>(one: T, other: T): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
