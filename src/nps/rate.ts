import { type Difference, LEAST_TO_TELL, LEVEL, TOO_FEW } from './difference.ts';
import {
  differenceInterval,
  fisherExact,
  type Interval,
  type Proportion,
  shareOf,
  wilsonInterval,
} from './proportions.ts';

/** A share that was counted, 0 to 1, with its 95 % interval (Wilson). */
export interface Rate extends Proportion {
  /** Null while there are too few to say anything: half of all that is possible would lie in its interval. */
  share: number | null;
  interval: Interval;
}

export function rateOf({ hits, of }: Proportion): Rate {
  const proportion = { hits, of };
  return {
    ...proportion,
    share: of < LEAST_TO_TELL ? null : shareOf(proportion),
    interval: wilsonInterval(proportion),
  };
}

/** Counts those of whom something is true among all that are asked about. */
export function rateAmong<T>(all: readonly T[], isTrue: (one: T) => boolean): Rate {
  return rateOf({ hits: all.filter(isTrue).length, of: all.length });
}

/**
 * By how much `one` lies above `other` (-1 to 1): told by Fisher's exact test where the interval (Newcombe) agrees.
 */
export function rateDifference(one: Proportion, other: Proportion): Difference {
  if (Math.min(one.of, other.of) < LEAST_TO_TELL) return TOO_FEW;
  const p = fisherExact(one, other);
  const interval = differenceInterval(one, other);
  const isTold = p < LEVEL && (interval.from > 0 || interval.to < 0);
  const difference = shareOf(one) - shareOf(other);
  return { kind: isTold ? 'difference' : 'no-difference', difference, interval, p };
}
