import { isRecordId, momentKey } from '../nps/moment.ts';
import { type AccountPlan, planFor, type UnsentSurvey } from './account-plan.ts';
import type { DecidingParts } from './decided-anew.ts';
import { mailKey } from './mail-order.ts';
import type {
  AccountDecisions,
  AnyNewItem,
  Clock,
  Item,
  Log,
  Org,
  Settlement,
  Spool,
  SurveyDecision,
  SurveyRecord,
  WriteOutcome,
} from './ports.ts';
import { together } from './settle-together.ts';
import { retryLater } from './worker.ts';

export interface InviteParts extends DecidingParts {
  spool: Spool;
  log: Log;
  /** Tags of the languages there are words for. */
  languages: readonly string[];
}

/** Decides events, account by account, and commits the decisions before any mail. */
export async function invite(items: Item<'event'>[], parts: InviteParts): Promise<void> {
  const { org, spool, clock, log, mayBeMailed, languages } = parts;
  const keys = [...new Set(items.map(({ payload }) => momentKey(payload.moment)))];
  const accountIds = [...new Set(items.map(({ accountId }) => accountId).filter(isRecordId))];
  const [triggers, settings, decided, facts] = await Promise.all([
    org.triggers(),
    org.settings(),
    org.surveys(keys, accountIds),
    org.accountFacts(accountIds),
  ]);
  const known = { triggers, settings, decided, unsent: await notMailedYet(decided, spool), mayBeMailed, languages };
  const plans = [...Map.groupBy(items, ({ accountId }) => accountId)].map(([accountId, events]) =>
    planFor(events, facts.get(accountId), { ...known, now: clock.now() }),
  );

  const outcomes = await writeOrExplain(
    plans.filter(({ write }) => write.decisions.length > 0),
    org,
  );
  const settlements = plans.map((plan) => {
    const { accountId: account, decisions } = plan.write;
    for (const { moment, outcome: decision } of decisions) {
      log.info({ account, trigger: moment.trigger, decision }, 'A lifecycle moment was decided.');
    }
    return settlementOf(plan, outcomes.get(plan) ?? { written: true }, clock);
  });
  await spool.settle(together(settlements));
}

/**
 * Whether a mail left is known to the outbox, not to the org; the account's mails stand still while it is held here. What
 * somebody asked to be sent once more gives way to nothing.
 */
async function notMailedYet(decided: ReadonlyMap<string, SurveyRecord>, spool: Spool): Promise<UnsentSurvey[]> {
  const queued = [...decided.values()].filter(
    (survey): survey is UnsentSurvey =>
      survey.status === 'Queued' && survey.asked !== null && survey.resendAskedAt === null,
  );
  const keyOf = ({ key }: SurveyRecord) => mailKey({ surveyKey: key, template: 'invitation' });
  const fates = await spool.fates('mail', queued.map(keyOf));
  return queued.filter((survey) => fates.get(keyOf(survey)) === 'waiting');
}

/**
 * Commits decisions. Where the org refuses the account's or contact's date for good, nobody may be asked: the 90 days
 * could not be kept. The surveys are then stored alone, failed, with the org's reason.
 */
async function writeOrExplain(plans: readonly AccountPlan[], org: Org): Promise<Map<AccountPlan, WriteOutcome>> {
  const first = await org.writeDecisions(plans.map(({ write }) => write));
  const outcomes = new Map<AccountPlan, WriteOutcome>(
    plans.map((plan, index) => [plan, first[index] ?? { written: true }]),
  );
  const refused = [...outcomes].flatMap(([plan, outcome]) =>
    !outcome.written && !outcome.transient && plan.write.decisions.some(isQueued)
      ? [{ plan, failed: failedDecisions(plan, outcome.reason) }]
      : [],
  );
  if (refused.length === 0) return outcomes;
  const second = await org.writeDecisions(refused.map(({ failed }) => failed));
  for (const [index, { plan, failed }] of refused.entries()) {
    plan.write = failed;
    outcomes.set(plan, second[index] ?? { written: true });
  }
  return outcomes;
}

const isQueued = ({ outcome }: SurveyDecision): boolean => outcome.status === 'Queued';

/** What should have given way stays as it is. */
function failedDecisions({ write, givingWay }: AccountPlan, reason: string): AccountDecisions {
  const decisions = write.decisions.filter(({ surveyKey }) => !givingWay.has(surveyKey));
  return {
    accountId: write.accountId,
    contactDates: [],
    decisions: decisions.map((decision) =>
      isQueued(decision) ? { ...decision, outcome: { status: 'Failed', code: 'NOT_WRITABLE', reason } } : decision,
    ),
  };
}

function settlementOf({ items, write, mails }: AccountPlan, outcome: WriteOutcome, clock: Clock): Settlement {
  if (outcome.written) {
    const failed = write.decisions.some(({ outcome: { status } }) => status === 'Failed');
    const put: AnyNewItem[] = failed ? [] : mails;
    return { done: items, put };
  }
  if (outcome.transient) return { retry: items.map((item) => retryLater(item, outcome.reason, clock)) };
  return { dead: items.map((item) => ({ item, reason: outcome.reason })) };
}
