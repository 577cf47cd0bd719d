import type { Interval } from './proportions.ts';

/** What can be said of two numbers of one kind, `one - other`, at 95 %. */
export type Difference =
  | { kind: 'too-few'; least: number }
  | { kind: 'difference' | 'no-difference'; difference: number; interval: Interval; p: number };

/** From twelve on, a share's 95 % interval is never wider than half of all that is possible, whatever the share. */
export const LEAST_TO_TELL = 12;

export const LEVEL = 0.05;

export const TOO_FEW: Difference = { kind: 'too-few', least: LEAST_TO_TELL };
