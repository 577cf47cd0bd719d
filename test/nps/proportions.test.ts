import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceInterval, fisherExact, shareOf, wilsonInterval, Z99 } from '../../src/nps/proportions.ts';

const proportion = fc
  .integer({ min: 1, max: 400 })
  .chain((of) => fc.record({ hits: fc.integer({ min: 0, max: of }), of: fc.constant(of) }));

describe('a share', () => {
  // Newcombe 1998 (857-872), table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('%i of %i lies in the interval that Newcombe published', (hits, of, from, to) => {
    const interval = wilsonInterval({ hits, of });
    expect(interval.from).toBeCloseTo(from, 4);
    expect(interval.to).toBeCloseTo(to, 4);
  });

  it('lies in its interval, which is wider the surer it must be; of nothing all is possible', () => {
    fc.assert(
      fc.property(proportion, (one) => {
        const [usual, surer] = [wilsonInterval(one), wilsonInterval(one, Z99)];
        expect(usual.from).toBeLessThanOrEqual(shareOf(one) + 1e-12);
        expect(usual.to).toBeGreaterThanOrEqual(shareOf(one) - 1e-12);
        expect(surer.from).toBeLessThanOrEqual(usual.from + 1e-12);
        expect(surer.to).toBeGreaterThanOrEqual(usual.to - 1e-12);
        expect(surer.from).toBeGreaterThanOrEqual(0);
        expect(surer.to).toBeLessThanOrEqual(1);
      }),
    );
    expect(wilsonInterval({ hits: 0, of: 0 })).toEqual({ from: 0, to: 1 });
  });
});

describe('a difference', () => {
  // Newcombe 1998 (873-890), table II, method 10.
  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [0, 10, 0, 10, -0.2775, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
  ])('of %i/%i and %i/%i lies in the interval that Newcombe published', (hits, of, otherHits, otherOf, from, to) => {
    const interval = differenceInterval({ hits, of }, { hits: otherHits, of: otherOf });
    expect(interval.from).toBeCloseTo(from, 4);
    expect(interval.to).toBeCloseTo(to, 4);
  });

  it('is the other way round when the two change places', () => {
    fc.assert(
      fc.property(proportion, proportion, (one, other) => {
        const [there, back] = [differenceInterval(one, other), differenceInterval(other, one)];
        expect(there.from).toBeCloseTo(-back.to, 10);
        expect(there.to).toBeCloseTo(-back.from, 10);
      }),
    );
  });
});

describe("Fisher's exact test", () => {
  it.each([
    // Fisher, The Design of Experiments (1935): the lady who tastes tea, 3 of 4 cups and all of them.
    [3, 4, 1, 4, 0.4857],
    [4, 4, 0, 4, 0.02857],
    // Fisher's twins (convictions), as R's fisher.test documents them.
    [2, 17, 10, 13, 0.0005367],
    [1, 10, 11, 14, 0.002759],
    [5, 10, 5, 10, 1],
  ])('finds %i/%i against %i/%i as likely as published', (hits, of, otherHits, otherOf, p) => {
    expect(fisherExact({ hits, of }, { hits: otherHits, of: otherOf })).toBeCloseTo(p, 4);
  });

  it('gives a probability, whichever of the two and whether hits or misses are counted', () => {
    const misses = ({ hits, of }: { hits: number; of: number }) => ({ hits: of - hits, of });
    fc.assert(
      fc.property(proportion, proportion, (one, other) => {
        const p = fisherExact(one, other);
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(fisherExact(other, one)).toBeCloseTo(p, 9);
        expect(fisherExact(misses(one), misses(other))).toBeCloseTo(p, 9);
      }),
    );
  });
});
