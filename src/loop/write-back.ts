import { type BusinessCalendar, followUpDue } from '../nps/due.ts';
import { canBeWrittenFrom, type UserFacts } from '../nps/eligibility.ts';
import { type AccountNumbers, accountNumbers, type CountedAnswer, newestAnswerOf } from '../nps/numbers.ts';
import { type Response, withAnswer } from '../nps/response.ts';
import { segmentOf } from '../nps/score.ts';
import { detractorTask, detractorTaskKey } from '../nps/task.ts';
import { counts, laterVerdict, quarantineIsOver } from '../nps/verdict.ts';
import { type Answered, firstMail } from './follow-up.ts';
import type {
  AccountChange,
  AccountRecord,
  AnswerFacts,
  Clock,
  Item,
  LinkHit,
  Log,
  NewItem,
  Org,
  ResponseChange,
  Settlement,
  Spool,
  WriteOutcome,
} from './ports.ts';
import { together } from './settle-together.ts';
import { retryLater } from './worker.ts';

interface WriteBackParts {
  org: Org;
  spool: Spool;
  clock: Clock;
  log: Log;
}

interface Facts extends AnswerFacts {
  calendar: BusinessCalendar;
  quarantineMinutes: number;
  hits: ReadonlyMap<string, LinkHit[]>;
  now: Date;
}

/** What the answers of one account lead to. */
interface Plan {
  items: Item<'answer'>[];
  change: AccountChange;
  mails: NewItem<'mail'>[];
}

/** Writes answers back: per account one all-or-nothing change, and the first follow-up mails once it is written. */
export async function writeBack(items: Item<'answer'>[], { org, spool, clock, log }: WriteBackParts): Promise<void> {
  const surveyKeys = [...new Set(items.map(surveyKeyOf).filter((key) => key !== undefined))];
  const [answerFacts, calendar, { quarantineMinutes }, hits] = await Promise.all([
    org.answerFacts({ surveyKeys, accountIds: [...new Set(items.map(({ accountId }) => accountId))] }),
    org.calendar(),
    org.settings(),
    spool.hits(surveyKeys),
  ]);
  const facts: Facts = {
    ...answerFacts,
    calendar,
    quarantineMinutes,
    now: clock.now(),
    hits: Map.groupBy(hits, ({ surveyKey }) => surveyKey),
  };

  const byAccount = Map.groupBy(items, (item) => currentAccountOf(item, facts));
  const orphans = byAccount.get(undefined) ?? [];
  const plans = [...byAccount].flatMap(([account, ofAccount]) => (account ? [planFor(account, ofAccount, facts)] : []));
  const writes = plans.filter(({ change }) => changesSomething(change));
  const outcomes = await org.writeAnswers(writes.map(({ change }) => change));
  const outcomeOf = new Map(writes.map((plan, index) => [plan, outcomes[index]]));

  const settlements = plans.map((plan) => {
    const outcome = outcomeOf.get(plan) ?? { written: true };
    report(plan, outcome, log);
    return settlementOf(plan, outcome, clock);
  });
  await spool.settle(together(settlements));
  if (orphans.length > 0) {
    const reason = 'The account of this answer no longer exists in Salesforce. Restore it, then run the answer again.';
    log.error({ answers: orphans.length, surveys: orphans.map(surveyKeyOf) }, reason);
    await spool.settle({ dead: orphans.map((item) => ({ item, reason })) });
  }
}

function surveyKeyOf({ payload }: Item<'answer'>): string | undefined {
  return payload.kind === 'given' ? payload.answer.surveyKey : payload.surveyKey;
}

function triggerOf({ payload }: Item<'answer'>): string | undefined {
  return payload.kind === 'given' ? payload.answer.trigger : undefined;
}

/** Accounts are merged and contacts move: what the survey says now is worth more than what its link said then. */
function currentAccountOf(item: Item<'answer'>, { surveys, responses, accounts }: Facts): AccountRecord | undefined {
  const key = surveyKeyOf(item) ?? '';
  const ids = [responses.get(key)?.accountId, surveys.get(key)?.accountId, item.accountId];
  return ids.map((id) => (id ? accounts.get(id) : undefined)).find((account) => account !== undefined);
}

function planFor(account: AccountRecord, items: Item<'answer'>[], facts: Facts): Plan {
  const keys = [...new Set(items.map(surveyKeyOf).filter((key) => key !== undefined))];
  const answered = keys.flatMap((key): Answered[] => {
    const before = facts.responses.get(key);
    const survey = facts.surveys.get(key);
    const response = judged(key, items, facts);
    const isTest = survey?.isTest ?? before?.isTest ?? false;
    const trigger = survey?.trigger ?? items.map(triggerOf).find((name) => name !== undefined) ?? '';
    return response
      ? [{ key, response, before, isTest, survey, trigger, account, csm: ownerFor(survey?.csm, account) }]
      : [];
  });
  const counted = countedAfter(answered, facts.counted.get(account.id) ?? []);
  const numbers = accountNumbers(counted, facts.now);
  return {
    items,
    change: {
      accountId: account.id,
      responses: answered.map((one) => responseChange(one, counted, facts)),
      ...(!sameNumbers(numbers, account.numbers) && { numbers }),
      contacts: contactsAfter(answered, counted),
    },
    mails: answered.flatMap((one) => firstMail(one, facts.now)),
  };
}

/** The response after everything that was answered; one that has waited out its quarantine gets its verdict. */
function judged(key: string, items: Item<'answer'>[], facts: Facts): Response | undefined {
  let response: Response | undefined = facts.responses.get(key);
  for (const { payload } of items) {
    if (payload.kind !== 'given' || payload.answer.surveyKey !== key) continue;
    response = withAnswer(response, { ...payload.answer, answeredAt: new Date(payload.answer.answeredAt) });
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
    .map(({ key, response, before, survey }) => ({
      key,
      score: response.score,
      contactId: survey?.contact?.id ?? before?.contactId ?? null,
      respondedAt: response.respondedAt,
    }));
  return [...stored.filter(({ key }) => !changed.has(key)), ...now];
}

function responseChange(
  { key, response, before, isTest, survey, trigger, account, csm }: Answered,
  counted: CountedAnswer[],
  facts: Facts,
): ResponseChange {
  const needsCall = response.segment === 'Detractor' && counts(response.verdict) && !isTest;
  const zone = csm?.timeZone ?? 'UTC';
  const due = before?.followUpDue ?? followUpDue(response.correctedAt ?? response.respondedAt, zone, facts.calendar);
  const earlierScores = counted
    .filter((answer) => answer.key !== key)
    .toSorted((one, other) => other.respondedAt.getTime() - one.respondedAt.getTime())
    .map(({ score }) => score)
    .slice(0, EARLIER_SCORES);
  const task = detractorTask({
    responseKey: key,
    accountName: account.name,
    accountUrl: account.url,
    contactName: survey?.contact?.name ?? null,
    score: response.score,
    verbatim: response.verbatim,
    trigger,
    earlierScores,
    dueAt: due,
    zone,
  });
  return {
    key,
    response,
    survey: survey ? { id: survey.id, answered: counts(response.verdict) } : null,
    contactId: survey?.contact?.id ?? before?.contactId ?? null,
    csmId: csm?.id ?? null,
    trigger,
    followUpDue: needsCall ? due : null,
    task: needsCall && !facts.taskKeys.has(detractorTaskKey(key)) ? { ...task, ownerId: csm?.id ?? null } : null,
  };
}

const EARLIER_SCORES = 5;

function contactsAfter(answered: readonly Answered[], counted: readonly CountedAnswer[]): AccountChange['contacts'] {
  const ids = new Set(answered.map(({ survey }) => survey?.contact?.id).filter((id) => id !== undefined));
  return [...ids].flatMap((id) => {
    const newest = newestAnswerOf(id, counted);
    return newest ? [{ id, score: newest.score, segment: segmentOf(newest.score) }] : [];
  });
}

function sameNumbers(one: AccountNumbers, other: AccountNumbers): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function changesSomething({ responses, numbers }: AccountChange): boolean {
  return responses.length > 0 || numbers !== undefined;
}

function settlementOf({ items, mails }: Plan, outcome: WriteOutcome, clock: Clock): Settlement {
  if (outcome.written) return { done: items, put: mails };
  if (outcome.transient) return { retry: items.map((item) => retryLater(item, outcome.reason, clock)) };
  return { dead: items.map((item) => ({ item, reason: outcome.reason })) };
}

function report({ change }: Plan, outcome: WriteOutcome, log: Log): void {
  const facts = {
    account: change.accountId,
    responses: change.responses.map(({ key, response }) => ({ key, verdict: response.verdict })),
  };
  if (!outcome.written) log.error({ ...facts, ...outcome }, 'Answers of an account could not be written.');
  else if (outcome.without)
    log.warn({ ...facts, without: outcome.without }, 'Answers of an account were written in part.');
  else if (change.responses.length > 0) log.info(facts, 'Answers of an account were written.');
}
