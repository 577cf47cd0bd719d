import { withdrawalOf } from '../nps/withdrawal.ts';
import { OPT_OUT } from './answer.ts';
import { holdBack, isInvitation } from './invitations.ts';
import type { Clock, Item, Log, NewItem, Org, Receipt, Spool, SurveyRecord } from './ports.ts';

interface StillWantedParts {
  org: Org;
  spool: Spool;
  clock: Clock;
  log: Log;
}

const ASK_AGAIN_MS = 2_000;

/**
 * The mails that are still to be sent. An invitation whose survey is queued no more was cancelled by an admin, or gave
 * way to a trigger that matters more: it is taken out, so that it can come again if the survey does. One to somebody
 * who opted out is withdrawn, and its survey says so. An opt-out that Salesforce was not told yet is waited for.
 */
export async function stillWanted(items: readonly Item<'mail'>[], parts: StillWantedParts): Promise<Item<'mail'>[]> {
  const invitations = items.filter(isInvitation);
  const others = items.filter((item) => !isInvitation(item));
  if (invitations.length === 0) return others;
  const { org, spool, clock, log } = parts;
  const heard = await withoutOptOutsOnTheWay(invitations, parts);
  try {
    const surveys = await org.surveys(heard.map(({ payload }) => payload.surveyKey));
    const told = heard.map((item) => ({ item, notAsked: notAsked(item, surveys.get(item.payload.surveyKey)) }));
    const now = clock.now();
    const withdrawn = told.flatMap(({ item, notAsked: why }) =>
      why ? [{ item, receipt: notAskedReceipt(item.accountId, why, now, now) }] : [],
    );
    if (withdrawn.length > 0) {
      const dropped = withdrawn.map(({ item }) => item);
      log.info({ surveys: dropped.map(({ payload }) => payload.surveyKey) }, 'Invitations are not wanted any more.');
      await spool.settle({ dropped, put: withdrawn.map(({ receipt }) => receipt) });
    }
    const wanted = new Set(told.flatMap(({ item, notAsked: why }) => (why ? [] : [item])));
    return items.filter((item) => !isInvitation(item) || wanted.has(item));
  } catch (error) {
    await holdBack(heard, 'Whether invitations are still wanted cannot be read', error, parts);
    return others;
  }
}

/** Mails to accounts from which an opt-out has come that is not in Salesforce yet wait until it is. */
async function withoutOptOutsOnTheWay(
  invitations: Item<'mail'>[],
  { spool, clock }: StillWantedParts,
): Promise<Item<'mail'>[]> {
  const leaving = await spool.accountsAwaiting(
    'receipt',
    OPT_OUT,
    invitations.map(({ accountId }) => accountId),
  );
  const [waiting = [], heard = []] = [true, false].map((isLeaving) =>
    invitations.filter(({ accountId }) => leaving.has(accountId) === isLeaving),
  );
  const at = new Date(clock.now().getTime() + ASK_AGAIN_MS);
  const reason = 'Somebody of the account has just opted out; whether it is this contact is not in Salesforce yet.';
  if (waiting.length > 0)
    await spool.settle({ retry: waiting.map((item) => ({ item, at, reason, countsAsAttempt: false })) });
  return heard;
}

type NotAsked = Extract<Receipt, { kind: 'not-sent' | 'withdrawn' }>;

function notAsked({ payload: { surveyKey } }: Item<'mail'>, survey: SurveyRecord | undefined): NotAsked | undefined {
  if (survey?.status !== 'Queued') return { kind: 'not-sent', surveyKey };
  const withdrawal = withdrawalOf(survey);
  return withdrawal && { kind: 'withdrawn', surveyKey, ...withdrawal };
}

/** Tells that a survey ends with nobody asked; `at` makes it another receipt than an earlier one's. */
export function notAskedReceipt(accountId: string, payload: NotAsked, at: Date, dueAt: Date): NewItem<'receipt'> {
  return { lane: 'receipt', key: `${payload.kind}:${payload.surveyKey}:${at.getTime()}`, accountId, payload, dueAt };
}
