import { type Candidate, decideInTurn } from '../nps/decide-in-turn.ts';
import type { AccountFacts, Decision, TriggerRule } from '../nps/eligibility.ts';
import { isRecordId, momentKey } from '../nps/moment.ts';
import type { Settings } from '../nps/settings.ts';
import { invitation, resumedMail } from './ask.ts';
import type {
  AccountDecisions,
  AnyNewItem,
  Clock,
  Item,
  LifecycleEvent,
  Log,
  NewItem,
  Org,
  Settlement,
  Spool,
  SurveyDecision,
  SurveyRecord,
  Trigger,
  WriteOutcome,
} from './ports.ts';
import { together } from './settle-together.ts';
import { retryLater } from './worker.ts';

export const LANGUAGE = 'en';

interface InviteParts {
  org: Org;
  spool: Spool;
  clock: Clock;
  log: Log;
  /** False for addresses that must not be mailed from a copy of the org. */
  mayBeMailed: (email: string) => boolean;
}

/** Everything one account's events lead to: what is committed, and the mails that may leave afterwards. */
interface Plan {
  items: Item<'event'>[];
  write: AccountDecisions;
  mails: NewItem<'mail'>[];
}

/** Decides events, one account after another in the order they came, and commits the decisions before any mail. */
export async function invite(items: Item<'event'>[], parts: InviteParts): Promise<void> {
  const { org, spool, clock, log } = parts;
  const keys = items.map(({ payload }) => momentKey(payload.moment));
  const accountIds = items.map(({ accountId }) => accountId).filter(isRecordId);
  const [triggers, settings, decided, facts] = await Promise.all([
    org.triggers(),
    org.settings(),
    org.surveys([...new Set(keys)]),
    org.accountFacts([...new Set(accountIds)]),
  ]);
  const plans = [...Map.groupBy(items, ({ accountId }) => accountId)].map(([accountId, events]) =>
    planFor(events, facts.get(accountId), { triggers, settings, decided, parts }),
  );

  const toWrite = plans.filter(({ write }) => write.decisions.length > 0);
  const outcomes = await writeOrExplain(
    toWrite.map(({ write }) => write),
    org,
  );
  const settlements = plans.map((plan) => {
    const outcome = outcomes.get(plan.write) ?? { written: true };
    for (const { moment, outcome: decision } of plan.write.decisions) {
      log.info({ account: plan.write.accountId, trigger: moment.trigger, decision }, 'A lifecycle moment was decided.');
    }
    return settlementOf(plan, outcome, clock);
  });
  await spool.settle(together(settlements));
}

interface Known {
  triggers: ReadonlyMap<string, Trigger>;
  settings: Settings;
  decided: ReadonlyMap<string, SurveyRecord>;
  parts: InviteParts;
}

function planFor(
  events: Item<'event'>[],
  account: AccountFacts | undefined,
  { triggers, settings, decided, parts }: Known,
): Plan {
  const now = parts.clock.now();
  const plan: Plan = { items: events, write: { accountId: account?.id ?? null, decisions: [] }, mails: [] };
  const candidates = new Map<string, Candidate & { event: LifecycleEvent }>();
  for (const { payload: event } of events.toSorted((one, other) => one.id - other.id)) {
    const surveyKey = momentKey(event.moment);
    const survey = decided.get(surveyKey);
    if (survey?.status === 'Queued') plan.mails.push(...resumedMail(survey, now));
    if ((survey && !isDueAgain(survey, now)) || candidates.has(surveyKey)) continue;
    const { trigger: triggerName } = event.moment;
    const trigger = triggers.get(triggerName.toLowerCase());
    const happenedAt = new Date(event.publishedAt);
    candidates.set(surveyKey, { event, trigger, triggerName, contactId: event.contactId, happenedAt });
  }

  const turns = decideInTurn([...candidates.values()], account, { now, mayBeMailed: parts.mayBeMailed, settings });
  for (const { candidate, decision } of turns) {
    const { event, trigger, triggerName } = candidate;
    const surveyKey = momentKey(event.moment);
    plan.write.decisions.push(surveyDecision(surveyKey, event, trigger, account, decision));
    if (!decision.send || !account) continue;
    plan.write.asked = { at: now, contactId: decision.contact.id };
    const { contact, csm } = decision;
    const about = { accountId: account.id, accountName: account.name, trigger: triggerName, language: LANGUAGE };
    plan.mails.push(invitation({ surveyKey, ...about, contact, csm }, now));
  }
  return plan;
}

function surveyDecision(
  surveyKey: string,
  event: LifecycleEvent,
  trigger: TriggerRule | undefined,
  account: AccountFacts | undefined,
  decision: Decision,
): SurveyDecision {
  return {
    surveyKey,
    moment: { ...event.moment, trigger: trigger?.name ?? event.moment.trigger },
    accountId: account?.id ?? null,
    contactId: decision.contact?.id ?? null,
    csmId: decision.send ? decision.csm.id : null,
    language: LANGUAGE,
    outcome: outcomeOf(decision),
  };
}

function outcomeOf(decision: Decision): SurveyDecision['outcome'] {
  if (decision.send) return { status: 'Queued' };
  const { code, reason, notBefore } = decision;
  return notBefore ? { status: 'Deferred', code, reason, notBefore } : { status: 'Suppressed', code, reason };
}

function isDueAgain({ status, notBefore }: SurveyRecord, now: Date): boolean {
  return status === 'Deferred' && notBefore !== null && notBefore <= now;
}

/**
 * Commits decisions. Where the org refuses the account's or contact's date for good, nobody may be asked: the 90 days
 * could not be kept. The surveys are then stored alone, failed, with the org's reason.
 */
async function writeOrExplain(writes: AccountDecisions[], org: Org): Promise<Map<AccountDecisions, WriteOutcome>> {
  const first = await org.writeDecisions(writes);
  const outcomes = new Map<AccountDecisions, WriteOutcome>(
    writes.map((write, index) => [write, first[index] ?? { written: true }]),
  );
  const refused = [...outcomes].flatMap(([write, outcome]) =>
    !outcome.written && !outcome.transient && write.asked
      ? [{ write, failed: failedDecisions(write, outcome.reason) }]
      : [],
  );
  if (refused.length === 0) return outcomes;
  const second = await org.writeDecisions(refused.map(({ failed }) => failed));
  for (const [index, { write, failed }] of refused.entries()) {
    write.decisions = failed.decisions;
    delete write.asked;
    outcomes.set(write, second[index] ?? { written: true });
  }
  return outcomes;
}

function failedDecisions({ accountId, decisions }: AccountDecisions, reason: string): AccountDecisions {
  return {
    accountId,
    decisions: decisions.map((decision) =>
      decision.outcome.status === 'Queued'
        ? { ...decision, outcome: { status: 'Failed', code: 'NOT_WRITABLE', reason } }
        : decision,
    ),
  };
}

function settlementOf({ items, write, mails }: Plan, outcome: WriteOutcome, clock: Clock): Settlement {
  if (outcome.written) {
    const failed = write.decisions.some(({ outcome: { status } }) => status === 'Failed');
    const put: AnyNewItem[] = failed ? [] : mails;
    return { done: items, put };
  }
  if (outcome.transient) return { retry: items.map((item) => retryLater(item, outcome.reason, clock)) };
  return { dead: items.map((item) => ({ item, reason: outcome.reason })) };
}
