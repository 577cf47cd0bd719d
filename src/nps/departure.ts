import { DAY_MS, utcDate, utcDay } from './days.ts';

/** What an account shows of whether its customer left; dates are YYYY-MM-DD. */
export interface DepartureFacts {
  accountId: string;
  /** The account meets the settings' churn condition. */
  meetsCondition: boolean;
  /** The close dates of its lost renewals. */
  lostRenewals: readonly string[];
  /** The close dates of everything it bought. */
  won: readonly string[];
  /** The last days of its activated contracts; null for one without an end. */
  contractEnds: readonly (string | null)[];
}

/**
 * The day (YYYY-MM-DD) a customer left, or null for one who has not. Who meets the churn condition left today, because
 * nobody said when. Who lost a renewal, bought nothing since and has no contract that runs on left on the later of the day
 * it was lost and the last day of their contracts.
 */
export function leftOn(facts: DepartureFacts, today: string): string | null {
  const { meetsCondition, lostRenewals, won, contractEnds } = facts;
  if (meetsCondition) return today;
  const lost = lostRenewals.toSorted().at(-1);
  if (lost === undefined || won.some((date) => date >= lost)) return null;
  if (contractEnds.some((end) => end === null || end >= today)) return null;
  return [lost, ...contractEnds.filter((end) => end !== null)].toSorted().at(-1) ?? null;
}

/** A detractor's counted answer, with when the customer left, if they did (YYYY-MM-DD). */
export interface DetractorAnswer {
  id: string;
  accountId: string;
  respondedAt: Date;
  churnedOn: string | null;
}

/** Within how many days after an answer churn is laid at its door, and so how old an answer must be to be judged. */
export const CHURN_DAYS = 90;

/** The midnight (UTC) before which answers can be judged: 90 whole days have passed since their day. */
export function judgedBefore(now: Date): Date {
  return new Date((utcDay(now) - CHURN_DAYS) * DAY_MS);
}

/**
 * The ids of the answers that stand for their accounts where churn after a detractor's answer is counted: of each account
 * the newest that can be judged and was given before the customer left, so that each account counts once.
 */
export function judgedAnswers(answers: readonly DetractorAnswer[], now: Date): Set<string> {
  const latest = judgedBefore(now);
  const judgeable = answers.filter(
    ({ respondedAt, churnedOn }) => respondedAt < latest && (churnedOn === null || utcDate(respondedAt) <= churnedOn),
  );
  const newest = new Map(judgeable.toSorted(byTime).map(({ accountId, id }) => [accountId, id]));
  return new Set(newest.values());
}

/** Two answers of one second are told apart by their ids, so that every night chooses the same. */
function byTime(one: DetractorAnswer, other: DetractorAnswer): number {
  return one.respondedAt.getTime() - other.respondedAt.getTime() || (one.id < other.id ? -1 : 1);
}
