import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { netPromoter, netPromoterChange, peopleIn, type SegmentCounts } from '../../src/nps/net-promoter.ts';
import { bothTails } from '../../src/nps/normal.ts';

const counts = (Promoter: number, Passive: number, Detractor: number): SegmentCounts => ({
  Promoter,
  Passive,
  Detractor,
});
const some = fc.nat({ max: 300 });
const anyCounts = fc.record({ Promoter: some, Passive: some, Detractor: some });
const turned = ({ Promoter, Passive, Detractor }: SegmentCounts) => counts(Detractor, Passive, Promoter);

describe('a Net Promoter Score', () => {
  it.each([
    // (P - D) / (n + 2) ± 1.959964 * sqrt((p + d - (p - d)²) / (n + 2)), by hand
    [50, 30, 20, 30, 14.1, 44.7],
    [6, 3, 1, 50, -1.3, 84.6],
    [0, 10, 0, 0, -23.1, 23.1],
    [10, 0, 0, 100, 52.1, 100],
    [400, 300, 300, 10, 4.8, 15.1],
  ])('of %i, %i and %i is %d, and lies between %d and %d', (promoters, passives, detractors, score, from, to) => {
    const told = netPromoter(counts(promoters, passives, detractors));
    expect(told.score).toBeCloseTo(score, 9);
    expect(told.interval.from).toBeCloseTo(from, 1);
    expect(told.interval.to).toBeCloseTo(to, 1);
  });

  it('of nobody is nothing, and everything is possible', () => {
    expect(netPromoter(counts(0, 0, 0))).toMatchObject({ n: 0, score: null, interval: { from: -100, to: 100 } });
  });

  it('lies in its interval, which never is empty, stays on the scale and turns with the segments', () => {
    fc.assert(
      fc.property(anyCounts, (given) => {
        const { score, interval, n } = netPromoter(given);
        if (score === null) {
          expect(n).toBe(0);
          return;
        }
        expect(interval.from).toBeLessThan(interval.to);
        expect(interval.from).toBeLessThanOrEqual(score + 1e-9);
        expect(interval.to).toBeGreaterThanOrEqual(score - 1e-9);
        expect(Math.abs(interval.from)).toBeLessThanOrEqual(100);
        expect(Math.abs(interval.to)).toBeLessThanOrEqual(100);
        const back = netPromoter(turned(given));
        expect(back.score).toBeCloseTo(-score, 9);
        expect(back.interval.from).toBeCloseTo(-interval.to, 9);
      }),
    );
  });

  it.each([
    [10, 0.89],
    [20, 0.93],
    [40, 0.94],
  ])('of %i covers the truth in 95 of 100 samples, and never in fewer than %d', (n, worst) => {
    const truths = [0.1, 0.3, 0.5, 0.7, 0.9].flatMap((p) =>
      [0.05, 0.1, 0.3, 0.5].filter((d) => p + d <= 1).map((d) => coverage(n, p, d)),
    );
    expect(Math.min(...truths)).toBeGreaterThan(worst);
    expect(truths.reduce((sum, each) => sum + each, 0) / truths.length).toBeGreaterThan(0.95);
  });
});

/** How likely a sample of n from shares p and d has an interval that holds their score: all samples, weighted. */
function coverage(n: number, p: number, d: number): number {
  const logFactorial = (k: number) => Array.from({ length: k }, (_, i) => Math.log(i + 1)).reduce((a, b) => a + b, 0);
  const power = (share: number, k: number) => (k === 0 ? 0 : k * Math.log(share));
  const logs = Array.from({ length: n + 1 }, (_, k) => logFactorial(k));
  const log = (k: number) => logs[k] ?? 0;
  let covered = 0;
  for (let promoters = 0; promoters <= n; promoters += 1) {
    for (let detractors = 0; promoters + detractors <= n; detractors += 1) {
      const passives = n - promoters - detractors;
      const likelihood = Math.exp(
        log(n) -
          log(promoters) -
          log(detractors) -
          log(passives) +
          power(p, promoters) +
          power(d, detractors) +
          power(Math.max(0, 1 - p - d), passives),
      );
      const { from, to } = netPromoter(counts(promoters, passives, detractors)).interval;
      if (100 * (p - d) >= from - 1e-9 && 100 * (p - d) <= to + 1e-9) covered += likelihood;
    }
  }
  return covered;
}

describe('a change of the score', () => {
  it('is told when it is more than chance', () => {
    // 45/162 - 0/162 over the root of both variances: z = 3.40
    const change = netPromoterChange(counts(90, 25, 45), counts(50, 60, 50));
    expect(change).toMatchObject({ kind: 'difference', difference: 28.125 });
    if (change.kind === 'too-few') throw new Error('There are enough.');
    expect(change.p).toBeCloseTo(0.0027, 3);
    expect(change.interval.from).toBeCloseTo(9.6, 1);
    expect(change.interval.to).toBeCloseTo(46, 1);
  });

  it('of fewer than twelve on either side is not told', () => {
    expect(netPromoterChange(counts(11, 0, 0), counts(0, 0, 300))).toEqual({ kind: 'too-few', least: 12 });
    expect(netPromoterChange(counts(12, 0, 0), counts(0, 0, 12))).toMatchObject({
      kind: 'difference',
      difference: 200,
    });
  });

  it('is none between a sample and itself, turns with the samples, and agrees with its interval', () => {
    fc.assert(
      fc.property(anyCounts, anyCounts, (one, other) => {
        const [there, back] = [netPromoterChange(one, other), netPromoterChange(other, one)];
        if (there.kind === 'too-few' || back.kind === 'too-few') {
          expect(Math.min(peopleIn(one), peopleIn(other))).toBeLessThan(12);
          return;
        }
        expect(there.difference).toBeCloseTo(-back.difference, 9);
        expect(there.p).toBeCloseTo(back.p, 9);
        expect(there.kind === 'difference').toBe(there.interval.from > 0 || there.interval.to < 0);
        expect(netPromoterChange(one, one)).toMatchObject({ kind: 'no-difference', difference: 0 });
      }),
    );
  });
});

describe('the tails of the normal distribution', () => {
  it.each([
    [0, 1],
    [1, 0.3173105],
    [1.959964, 0.05],
    [2.575829, 0.01],
    [-3, 0.0026998],
    [8, 0],
  ])('beyond %d on either side are %d', (z, p) => {
    expect(bothTails(z)).toBeCloseTo(p, 6);
  });
});
