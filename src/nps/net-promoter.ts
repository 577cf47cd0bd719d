import { type Difference, LEAST_TO_TELL, LEVEL, TOO_FEW } from './difference.ts';
import { bothTails } from './normal.ts';
import { type Interval, Z95 } from './proportions.ts';
import type { Segment } from './score.ts';

/** How many people answered as what. */
export type SegmentCounts = Record<Segment, number>;

/** A Net Promoter Score, -100 to 100, with the 95 % interval it lies in; null where nobody answered. */
export interface NetPromoter {
  counts: SegmentCounts;
  n: number;
  score: number | null;
  interval: Interval;
}

const SCALE = 100;

/**
 * The score of a sample, not rounded. Its interval is the adjusted Wald interval of a difference of two shares of one
 * multinomial sample (variance p + d - (p - d)² over n), with one promoter and one detractor added, so that it holds in
 * small samples and never shrinks to nothing where all say the same.
 * Source: D. G. Bonett, R. M. Price, Journal of Educational and Behavioral Statistics 37 (2012), 479-488.
 */
export function netPromoter(counts: SegmentCounts, z = Z95): NetPromoter {
  const n = peopleIn(counts);
  if (n === 0) return { counts, n, score: null, interval: { from: -SCALE, to: SCALE } };
  const { centre, variance } = adjusted(counts);
  const reach = z * Math.sqrt(variance);
  return {
    counts,
    n,
    score: (SCALE * (counts.Promoter - counts.Detractor)) / n,
    interval: { from: SCALE * Math.max(-1, centre - reach), to: SCALE * Math.min(1, centre + reach) },
  };
}

/**
 * By how many points the score of `now` lies above that of `before`, two samples of different people or times. Interval
 * and p come from the two adjusted estimates, so that p is under 5 % exactly where the 95 % interval leaves out zero.
 * Source: R. M. Price, D. G. Bonett, Computational Statistics & Data Analysis 45 (2004), 449-456.
 */
export function netPromoterChange(now: SegmentCounts, before: SegmentCounts, z = Z95): Difference {
  const [later, earlier] = [netPromoter(now), netPromoter(before)];
  if (later.score === null || earlier.score === null || Math.min(later.n, earlier.n) < LEAST_TO_TELL) return TOO_FEW;
  const [one, other] = [adjusted(now), adjusted(before)];
  const centre = one.centre - other.centre;
  const deviation = Math.sqrt(one.variance + other.variance);
  const p = bothTails(centre / deviation);
  return {
    kind: p < LEVEL ? 'difference' : 'no-difference',
    difference: later.score - earlier.score,
    p,
    interval: {
      from: SCALE * Math.max(-2, centre - z * deviation),
      to: SCALE * Math.min(2, centre + z * deviation),
    },
  };
}

export function peopleIn({ Promoter, Passive, Detractor }: SegmentCounts): number {
  return Promoter + Passive + Detractor;
}

/** Estimate and variance of the score, -1 to 1, with one promoter and one detractor more than there are. */
function adjusted(counts: SegmentCounts): { centre: number; variance: number } {
  const n = peopleIn(counts) + 2;
  const [promoters, detractors] = [(counts.Promoter + 1) / n, (counts.Detractor + 1) / n];
  const centre = promoters - detractors;
  return { centre, variance: (promoters + detractors - centre * centre) / n };
}
