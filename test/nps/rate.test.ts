import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEAST_TO_TELL } from '../../src/nps/difference.ts';
import { wilsonInterval } from '../../src/nps/proportions.ts';
import { rateAmong, rateDifference, rateOf } from '../../src/nps/rate.ts';

const width = (hits: number, of: number) => {
  const { from, to } = wilsonInterval({ hits, of });
  return to - from;
};

describe('a rate', () => {
  it('is counted, and lies in its Wilson interval', () => {
    expect(rateAmong([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], (n) => n % 4 === 0)).toMatchObject({
      ...{ hits: 3, of: 12, share: 0.25 },
    });
    expect(rateOf({ hits: 81, of: 263 }).interval.from).toBeCloseTo(0.2553, 4);
  });

  it('of fewer than twelve is not told: half of all that is possible would lie in its interval', () => {
    expect(rateOf({ hits: 11, of: 11 }).share).toBeNull();
    expect(width(5, LEAST_TO_TELL - 1)).toBeGreaterThan(0.5);
    fc.assert(
      fc.property(fc.integer({ min: LEAST_TO_TELL, max: 300 }), fc.nat(), (of, any) => {
        expect(width(any % (of + 1), of)).toBeLessThan(0.5);
      }),
    );
  });
});

describe('two rates', () => {
  it.each([
    // Fisher's exact test by R 4.3: fisher.test(matrix(c(...), 2))$p.value
    [30, 40, 15, 40, 'difference', 0.375, 0.0014],
    [20, 40, 18, 40, 'no-difference', 0.05, 0.8228],
    [11, 11, 0, 40, 'too-few', undefined, undefined],
  ])('of %i/%i and %i/%i: %s', (hits, of, otherHits, otherOf, kind, difference, p) => {
    const told = rateDifference({ hits, of }, { hits: otherHits, of: otherOf });
    expect(told.kind).toBe(kind);
    if (told.kind === 'too-few' || difference === undefined || p === undefined) return;
    expect(told.difference).toBeCloseTo(difference, 9);
    expect(told.p).toBeCloseTo(p, 3);
  });
});
