import type { Difference } from '../difference.ts';
import { type NetPromoter, netPromoter, netPromoterChange, type SegmentCounts } from '../net-promoter.ts';
import { liesIn, type Quarter } from '../quarter.ts';
import { SCORES, segmentOf } from '../score.ts';
import { type BoardAnswer, oldestFirst } from './facts.ts';

/** The score of a quarter. */
export interface QuarterScore extends NetPromoter {
  quarter: string;
}

/** What others in the industry have, and who says so. */
export interface Benchmark {
  score: number;
  source: string;
}

/** A benchmark without a source is none: nobody could say what it is worth. */
export function benchmarkFrom(score: number | null, source: string | null): Benchmark | null {
  return score === null || source === null ? null : { score, source };
}

/** The number, and what it is compared with. */
export interface ScoreCard extends NetPromoter {
  /** How many people gave each score, 0 to 10. */
  distribution: readonly number[];
  /** Against the quarter before, and the same quarter a year ago. */
  before: { quarter: string; score: number | null; change: Difference };
  yearAgo: { quarter: string; score: number | null; change: Difference };
  benchmark: Benchmark | null;
  /** This quarter and those before it, the oldest first. */
  quarters: readonly QuarterScore[];
}

const A_YEAR = 4;

/** `quarters` are this one and those before it, the newest first, a year and one quarter of them at least. */
export function scoreCard(
  answers: readonly BoardAnswer[],
  quarters: readonly Quarter[],
  benchmark: Benchmark | null,
): ScoreCard {
  const scored = quarters.map((quarter) => ({ quarter, counts: segmentCounts(peopleOf(answers, quarter)) }));
  const [now, before] = scored;
  const yearAgo = scored[A_YEAR];
  if (!now || !before || !yearAgo) throw new Error('A score card takes five quarters at least.');
  const people = peopleOf(answers, now.quarter);
  const against = ({ quarter, counts }: typeof now) => ({
    quarter: quarter.name,
    score: netPromoter(counts).score,
    change: netPromoterChange(now.counts, counts),
  });
  return {
    ...netPromoter(now.counts),
    distribution: SCORES.map((score) => people.filter((one) => one.score === score).length),
    before: against(before),
    yearAgo: against(yearAgo),
    benchmark,
    quarters: scored.map(({ quarter, counts }) => ({ quarter: quarter.name, ...netPromoter(counts) })).toReversed(),
  };
}

/** The newest answer of each person in a quarter: nobody counts twice, however often they answered. */
export function peopleOf(answers: readonly BoardAnswer[], quarter: Quarter): BoardAnswer[] {
  const inTurn = oldestFirst(answers.filter(({ respondedAt }) => liesIn(quarter, respondedAt)));
  return [...new Map(inTurn.map((answer) => [answer.contactId ?? answer.key, answer])).values()];
}

export function segmentCounts(people: readonly Pick<BoardAnswer, 'score'>[]): SegmentCounts {
  const counts: SegmentCounts = { Promoter: 0, Passive: 0, Detractor: 0 };
  for (const { score } of people) counts[segmentOf(score)] += 1;
  return counts;
}
