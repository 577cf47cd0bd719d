import { replyTaskKey } from '../nps/reply-task.ts';
import { type AnswerPlan, changeOf, currentAccountOf } from './account-change.ts';
import { surveyKeyOf } from './answered.ts';
import type { ChangeFacts } from './change-facts.ts';
import { repliesIn } from './customer-replies.ts';
import type { AccountChange, Clock, Item, Log, Org, Settlement, Spool, WriteOutcome } from './ports.ts';
import { together } from './settle-together.ts';
import { stepsUnderWay } from './under-way.ts';
import { retryLater } from './worker.ts';

interface WriteBackParts {
  org: Org;
  spool: Spool;
  clock: Clock;
  log: Log;
}

const SEQUENCES_WAIT =
  'Salesforce does not tell what happened since these answers, so their sequences wait. Check what NPS Integration may read of Case, Opportunity, Task and Contact.';

/** Writes answers back: per account one all-or-nothing change, and the mails and surveys that follow once it is written. */
export async function writeBack(items: Item<'answer'>[], { org, spool, clock, log }: WriteBackParts): Promise<void> {
  const surveyKeys = [...new Set(items.map(surveyKeyOf).filter((key) => key !== undefined))];
  const [answerFacts, calendar, sequences, offerings, hits] = await Promise.all([
    org.answerFacts({
      surveyKeys,
      accountIds: [...new Set(items.map(({ accountId }) => accountId))],
      taskKeys: repliesIn(items).map(replyTaskKey),
    }),
    org.calendar(),
    org.sequences(),
    org.offerings(),
    spool.hits(surveyKeys),
  ]);
  const sightings = Map.groupBy(hits, ({ surveyKey }) => surveyKey);
  const underWay = await stepsUnderWay(answerFacts.responses.values(), sequences, spool);
  const setup = { calendar, sequences, offerings };
  const facts: ChangeFacts = { ...answerFacts, ...setup, underWay, hits: sightings, now: clock.now() };

  if (facts.accountEvents === null) log.warn({ answers: items.length }, SEQUENCES_WAIT);
  const byAccount = Map.groupBy(items, (item) => currentAccountOf(item, facts));
  const orphans = byAccount.get(undefined) ?? [];
  const plans = [...byAccount].flatMap(([account, ofAccount]) =>
    account ? [changeOf(account, ofAccount, facts)] : [],
  );
  // Before the write: a crash in between repeats both, the outbox knows the mail, and a look at nothing finds nothing.
  await spool.put(plans.flatMap(({ first }) => first));
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

function changesSomething({ responses, replies, numbers, risk, revenue }: AccountChange): boolean {
  return responses.length > 0 || replies.length > 0 || [numbers, risk, revenue].some((one) => one !== undefined);
}

/**
 * What is refused for good is tried once more: a contact or a user that was there when it was read may be gone by the
 * time it is written, and the next look knows.
 */
function settlementOf({ items, mails, events, again }: AnswerPlan, outcome: WriteOutcome, clock: Clock): Settlement {
  if (outcome.written) return { done: items, put: [...mails, ...events, ...again] };
  const isFirstTry = items.some(({ attempts }) => attempts === 0);
  if (outcome.transient || isFirstTry) return { retry: items.map((item) => retryLater(item, outcome.reason, clock)) };
  return { dead: items.map((item) => ({ item, reason: outcome.reason })) };
}

function report({ change }: AnswerPlan, outcome: WriteOutcome, log: Log): void {
  const facts = {
    account: change.accountId,
    responses: change.responses.map(({ key, response }) => ({ key, verdict: response.verdict })),
  };
  if (!outcome.written) log.error({ ...facts, ...outcome }, 'Answers of an account could not be written.');
  else if (outcome.without)
    log.warn({ ...facts, without: outcome.without }, 'Answers of an account were written in part.');
  else if (change.responses.length > 0) log.info(facts, 'Answers of an account were written.');
}
