import { withdrawalOf } from '../nps/withdrawal.ts';
import { OPT_OUT } from './answer.ts';
import { changedSince, type DecidingParts } from './decided-anew.ts';
import { holdBack, isFirst } from './first-mails.ts';
import type { Item, Log, NewItem, Receipt, Spool, SurveyRecord } from './ports.ts';
import { isReply, repliesWanted } from './replies-wanted.ts';

interface StillWantedParts extends DecidingParts {
  spool: Spool;
  log: Log;
}

const ASK_AGAIN_MS = 2_000;

/** The mails that are still to be sent, in their order: who may not be mailed by now is not. */
export async function stillWanted(items: readonly Item<'mail'>[], parts: StillWantedParts): Promise<Item<'mail'>[]> {
  const heard = await withoutOptOutsOnTheWay(items, parts);
  const [firstMails, replies] = await Promise.all([
    firstMailsWanted(heard.filter(isFirst), parts),
    repliesWanted(heard.filter(isReply), parts),
  ]);
  const wanted = new Set([...firstMails, ...replies]);
  return items.filter((item) => wanted.has(item));
}

/**
 * A first mail whose invitation is queued no more was cancelled by an admin, or gave way to a trigger that matters more:
 * it is taken out, so that it can come again if the survey does. A survey to somebody who opted out is withdrawn, and
 * says so; a renewal mail that would not be decided so any more is decided again.
 */
async function firstMailsWanted(items: readonly Item<'mail'>[], parts: StillWantedParts): Promise<Item<'mail'>[]> {
  if (items.length === 0) return [];
  const { org, spool, clock, log } = parts;
  try {
    const surveys = await org.surveys(items.map(({ payload }) => payload.surveyKey));
    const now = clock.now();
    const changed = await changedSince([...surveys.values()], parts);
    const told = items.map((item) => {
      const { surveyKey } = item.payload;
      return { item, notAsked: notAsked(item, surveys.get(surveyKey)) ?? changed.get(surveyKey) };
    });
    const withdrawn = told.flatMap(({ item, notAsked: why }) =>
      why ? [{ item, receipt: notAskedReceipt(item.accountId, why, now, now) }] : [],
    );
    if (withdrawn.length > 0) {
      const dropped = withdrawn.map(({ item }) => item);
      log.info(
        { surveys: dropped.map(({ payload }) => payload.surveyKey) },
        'Mails are not wanted any more, or not so.',
      );
      await spool.settle({ dropped, put: withdrawn.map(({ receipt }) => receipt) });
    }
    return told.flatMap(({ item, notAsked: why }) => (why ? [] : [item]));
  } catch (error) {
    await holdBack(items, 'Whether mails are still wanted cannot be read', error, parts);
    return [];
  }
}

/** Mails to accounts from which an opt-out has come that is not in Salesforce yet wait until it is. */
async function withoutOptOutsOnTheWay(
  mails: readonly Item<'mail'>[],
  { spool, clock }: StillWantedParts,
): Promise<Item<'mail'>[]> {
  const leaving = await spool.accountsAwaiting(
    'receipt',
    OPT_OUT,
    mails.map(({ accountId }) => accountId),
  );
  const [waiting = [], heard = []] = [true, false].map((isLeaving) =>
    mails.filter(({ accountId }) => leaving.has(accountId) === isLeaving),
  );
  const at = new Date(clock.now().getTime() + ASK_AGAIN_MS);
  const reason = 'Somebody of the account has just opted out; whether it is this contact is not in Salesforce yet.';
  if (waiting.length > 0)
    await spool.settle({ retry: waiting.map((item) => ({ item, at, reason, countsAsAttempt: false })) });
  return heard;
}

type NotAsked = Extract<Receipt, { kind: 'not-sent' | 'withdrawn' | 'changed' }>;

function notAsked({ payload: { surveyKey } }: Item<'mail'>, survey: SurveyRecord | undefined): NotAsked | undefined {
  if (survey?.status !== 'Queued') return { kind: 'not-sent', surveyKey };
  const withdrawal = survey.branch === null ? withdrawalOf(survey) : undefined;
  return withdrawal && { kind: 'withdrawn', surveyKey, ...withdrawal };
}

/** Tells that a survey ends with nobody asked; `at` makes it another receipt than an earlier one's. */
export function notAskedReceipt(accountId: string, payload: NotAsked, at: Date, dueAt: Date): NewItem<'receipt'> {
  return { lane: 'receipt', key: `${payload.kind}:${payload.surveyKey}:${at.getTime()}`, accountId, payload, dueAt };
}
