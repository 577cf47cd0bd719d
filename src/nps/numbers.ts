import { DAY_MS } from './days.ts';
import { type Score, type Segment, segmentOf } from './score.ts';

const RECENT_DAYS = 90;

/** An answer that counts: confirmed or accepted, not a test, not void. `contactId` is null when nobody is known. */
export interface CountedAnswer {
  key: string;
  score: Score;
  contactId: string | null;
  respondedAt: Date;
}

export type Trend = 'Improving' | 'Stable' | 'Declining' | 'Not enough data';

/** What stands on the Account; everything can be rebuilt from its counted answers alone. */
export interface AccountNumbers {
  score: Score | null;
  segment: Segment | null;
  /** Mean score of the window, two decimals, rounded half up; null when nobody answered. */
  rollingAverage: number | null;
  /** % promoters - % detractors (-100..100) over each contact's newest answer of the window. */
  netScore: number | null;
  trend: Trend;
  responseCount: number;
  lastResponseAt: Date | null;
}

/**
 * An account's numbers as `data-model.md` defines them. Score, segment and last response are those of the newest
 * counted answer whatever its age; everything else looks back `windowDays` from `now`.
 */
export function accountNumbers(answers: readonly CountedAnswer[], now: Date, windowDays: number): AccountNumbers {
  const oldestFirst = answers.toSorted(byTime);
  const newest = oldestFirst.at(-1);
  const windowStart = now.getTime() - windowDays * DAY_MS;
  const inWindow = oldestFirst.filter((answer) => answer.respondedAt.getTime() >= windowStart);
  return {
    score: newest?.score ?? null,
    segment: newest ? segmentOf(newest.score) : null,
    rollingAverage: meanToTwoDecimals(inWindow),
    netScore: netScore(inWindow),
    trend: trend(inWindow, now),
    responseCount: inWindow.length,
    lastResponseAt: newest?.respondedAt ?? null,
  };
}

/** The newest counted answer of one contact, or undefined. */
export function newestAnswerOf(contactId: string, answers: readonly CountedAnswer[]): CountedAnswer | undefined {
  return answers
    .filter((answer) => answer.contactId === contactId)
    .toSorted(byTime)
    .at(-1);
}

/** Two answers of one second are told apart by their keys, so that everybody who rebuilds gets the same order. */
function byTime(one: CountedAnswer, other: CountedAnswer): number {
  return one.respondedAt.getTime() - other.respondedAt.getTime() || (one.key < other.key ? -1 : 1);
}

const sum = (answers: readonly CountedAnswer[]) => answers.reduce((total, { score }) => total + score, 0);

/** In whole hundredths, because binary fractions would round 8.125 and 8.375 differently. */
function meanToTwoDecimals(answers: readonly CountedAnswer[]): number | null {
  if (answers.length === 0) return null;
  return Math.floor((200 * sum(answers) + answers.length) / (2 * answers.length)) / 100;
}

function netScore(oldestFirst: readonly CountedAnswer[]): number | null {
  const newestByContact = new Map(oldestFirst.map((answer) => [answer.contactId ?? answer.key, answer]));
  const people = [...newestByContact.values()];
  if (people.length === 0) return null;
  const promoters = people.filter(({ score }) => segmentOf(score) === 'Promoter').length;
  const detractors = people.filter(({ score }) => segmentOf(score) === 'Detractor').length;
  const rounded = Math.round((100 * (promoters - detractors)) / people.length);
  return rounded === 0 ? 0 : rounded;
}

function trend(oldestFirst: readonly CountedAnswer[], now: Date): Trend {
  const recentStart = now.getTime() - RECENT_DAYS * DAY_MS;
  const ofLast90Days = oldestFirst.filter((answer) => answer.respondedAt.getTime() >= recentStart).length;
  const split = oldestFirst.length - Math.max(ofLast90Days, 2);
  if (oldestFirst.length < 3 || split <= 0) return 'Not enough data';

  const earlier = oldestFirst.slice(0, split);
  const recent = oldestFirst.slice(split);
  // mean(recent) - mean(earlier), times twice both counts: whole numbers compare exactly
  const change = 2 * (sum(recent) * earlier.length - sum(earlier) * recent.length);
  const half = recent.length * earlier.length;
  const below = recent.filter(({ score }) => score * earlier.length < sum(earlier)).length;
  const above = recent.filter(({ score }) => score * earlier.length > sum(earlier)).length;
  if (change <= -half && below >= 2) return 'Declining';
  if (change >= half && above >= 2) return 'Improving';
  return 'Stable';
}
