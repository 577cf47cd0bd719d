/** So many of so many: answers of mails. */
export interface Proportion {
  hits: number;
  of: number;
}

export interface Interval {
  from: number;
  to: number;
}

/** Quantiles of the normal distribution, two-sided. */
export const Z95 = 1.959964;
export const Z99 = 2.575829;

/**
 * The interval a share (0 to 1) lies in, by Wilson's score method without continuity correction; of nothing it is 0 to 1.
 * Source: R. G. Newcombe, Statistics in Medicine 17 (1998), 857-872, method 3.
 */
export function wilsonInterval({ hits, of }: Proportion, z = Z95): Interval {
  if (of === 0) return { from: 0, to: 1 };
  const centre = 2 * hits + z * z;
  const reach = z * Math.sqrt(z * z + (4 * hits * (of - hits)) / of);
  const scale = 2 * (of + z * z);
  return { from: Math.max(0, (centre - reach) / scale), to: Math.min(1, (centre + reach) / scale) };
}

/**
 * The interval the difference `one - other` of two shares lies in (-1 to 1), from their Wilson intervals.
 * Source: R. G. Newcombe, Statistics in Medicine 17 (1998), 873-890, method 10.
 */
export function differenceInterval(one: Proportion, other: Proportion, z = Z95): Interval {
  const [share, otherShare] = [shareOf(one), shareOf(other)];
  const [interval, otherInterval] = [wilsonInterval(one, z), wilsonInterval(other, z)];
  const difference = share - otherShare;
  return {
    from: difference - Math.hypot(share - interval.from, otherInterval.to - otherShare),
    to: difference + Math.hypot(interval.to - share, otherShare - otherInterval.from),
  };
}

/** The share itself; of nothing it is 0. */
export function shareOf({ hits, of }: Proportion): number {
  return of === 0 ? 0 : hits / of;
}

/** Rounding must not part tables that are equally likely (as R's fisher.test does it). */
const EQUALLY_LIKELY = 1 + 1e-7;

/**
 * How likely a difference as unusual as this one is, if there is none (Fisher's exact test, two-sided: all tables with
 * the same sums that are no likelier than the one seen). It holds for any size, however small.
 */
export function fisherExact(one: Proportion, other: Proportion): number {
  const hits = one.hits + other.hits;
  const logFactorials = logFactorialsUpTo(one.of + other.of);
  const logChoose = (n: number, k: number) => at(logFactorials, n) - at(logFactorials, k) - at(logFactorials, n - k);
  const all = logChoose(one.of + other.of, hits);
  const probability = (k: number) => Math.exp(logChoose(one.of, k) + logChoose(other.of, hits - k) - all);
  const seen = probability(one.hits) * EQUALLY_LIKELY;
  let sum = 0;
  for (let k = Math.max(0, hits - other.of); k <= Math.min(hits, one.of); k += 1) {
    const likelihood = probability(k);
    if (likelihood <= seen) sum += likelihood;
  }
  return Math.min(1, sum);
}

function logFactorialsUpTo(n: number): Float64Array {
  const logs = new Float64Array(n + 1);
  for (let k = 2; k <= n; k += 1) logs[k] = at(logs, k - 1) + Math.log(k);
  return logs;
}

function at(values: Float64Array, index: number): number {
  return values[index] ?? 0;
}
