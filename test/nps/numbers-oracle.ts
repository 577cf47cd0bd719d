import type { AccountNumbers, CountedAnswer } from '../../src/nps/numbers.ts';

const DAY_MS = 86_400_000;

/**
 * The definitions of `data-model.md`, "What the numbers mean", word by word and as slowly as they read: what the
 * product's own arithmetic is compared with.
 */
export function numbersByTheBook(answers: readonly CountedAnswer[], now: Date): AccountNumbers {
  const daysAgo = ({ respondedAt }: CountedAnswer) => (now.getTime() - respondedAt.getTime()) / DAY_MS;
  const newestFirst = [...answers].sort(
    (one, other) =>
      other.respondedAt.getTime() - one.respondedAt.getTime() ||
      (one.key === other.key ? 0 : one.key < other.key ? 1 : -1),
  );
  const window = newestFirst.filter((answer) => daysAgo(answer) <= 365);
  const newest = newestFirst[0];
  return {
    score: newest ? newest.score : null,
    segment: newest ? segment(newest.score) : null,
    rollingAverage: window.length > 0 ? halfUp(100n * total(window), BigInt(window.length), 2) : null,
    netScore: net(window),
    trend: trend(window, window.filter((answer) => daysAgo(answer) <= 90).length),
    responseCount: window.length,
    lastResponseAt: newest ? newest.respondedAt : null,
  };
}

function segment(score: number) {
  return score <= 6 ? 'Detractor' : score <= 8 ? 'Passive' : 'Promoter';
}

function total(answers: readonly CountedAnswer[]): bigint {
  return answers.reduce((sum, { score }) => sum + BigInt(score), 0n);
}

/** Rounds a fraction to a whole number, halves up, and shifts it by `decimals`. */
function halfUp(numerator: bigint, denominator: bigint, decimals: number): number {
  const doubled = 2n * numerator + denominator;
  const divisor = 2n * denominator;
  const floor = doubled / divisor - (doubled % divisor < 0n ? 1n : 0n);
  return Number(floor) / 10 ** decimals;
}

function net(newestFirst: readonly CountedAnswer[]): number | null {
  const seen = new Set<string>();
  const people = newestFirst.filter(({ contactId, key }) => {
    const person = contactId ?? `nobody:${key}`;
    if (seen.has(person)) return false;
    seen.add(person);
    return true;
  });
  if (people.length === 0) return null;
  const share = (name: string) => people.filter(({ score }) => segment(score) === name).length;
  return halfUp(BigInt(100 * (share('Promoter') - share('Detractor'))), BigInt(people.length), 0);
}

function trend(newestFirst: readonly CountedAnswer[], ofLast90Days: number): AccountNumbers['trend'] {
  const recent = newestFirst.slice(0, ofLast90Days < 2 ? 2 : ofLast90Days);
  const earlier = newestFirst.slice(recent.length);
  if (newestFirst.length < 3 || recent.length === 0 || earlier.length === 0) return 'Not enough data';
  const [r, e] = [BigInt(recent.length), BigInt(earlier.length)];
  const difference = 2n * (total(recent) * e - total(earlier) * r);
  const below = recent.filter(({ score }) => BigInt(score) * e < total(earlier)).length;
  const above = recent.filter(({ score }) => BigInt(score) * e > total(earlier)).length;
  if (difference <= -(r * e) && below >= 2) return 'Declining';
  if (difference >= r * e && above >= 2) return 'Improving';
  return 'Stable';
}
