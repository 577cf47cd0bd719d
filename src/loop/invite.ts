import { type AccountFacts, type Decision, decide } from '../nps/eligibility.ts';
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
  found: AccountFacts | undefined,
  { triggers, settings, decided, parts }: Known,
): Plan {
  const now = parts.clock.now();
  const plan: Plan = { items: events, write: { accountId: found?.id ?? null, decisions: [] }, mails: [] };
  let account = found;
  for (const { payload: event } of byPriority(events, triggers)) {
    const surveyKey = momentKey(event.moment);
    const survey = decided.get(surveyKey);
    if (survey?.status === 'Queued') plan.mails.push(...resumedMail(survey, now));
    const isDecided = survey && !isDueAgain(survey, now);
    if (isDecided || plan.write.decisions.some((decision) => decision.surveyKey === surveyKey)) continue;

    const trigger = triggers.get(event.moment.trigger.toLowerCase());
    const decision = decide({
      trigger,
      triggerName: event.moment.trigger,
      account,
      contactId: event.contactId,
      happenedAt: new Date(event.publishedAt),
      now,
      mayBeMailed: parts.mayBeMailed,
      settings,
    });
    plan.write.decisions.push(surveyDecision(surveyKey, event, trigger, account, decision));
    if (!decision.send || !account) continue;
    account = { ...account, lastSurveyedAt: now };
    plan.write.asked = { at: now, contactId: decision.contact.id };
    const { contact, csm } = decision;
    const { id: accountId, name: accountName } = account;
    const invited = {
      surveyKey,
      accountId,
      accountName,
      trigger: event.moment.trigger,
      language: LANGUAGE,
      contact,
      csm,
    };
    plan.mails.push(invitation(invited, now));
  }
  return plan;
}

/** Two triggers that meet at one account: the one that matters more is decided first, and the gap stops the other. */
function byPriority(events: readonly Item<'event'>[], triggers: Known['triggers']): Item<'event'>[] {
  const priorityOf = ({ payload }: Item<'event'>) =>
    triggers.get(payload.moment.trigger.toLowerCase())?.priority ?? Number.POSITIVE_INFINITY;
  return events.toSorted((one, other) => priorityOf(one) - priorityOf(other) || one.id - other.id);
}

function surveyDecision(
  surveyKey: string,
  event: LifecycleEvent,
  trigger: Trigger | undefined,
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
