import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Customer, lifetimeOf } from '../../src/nps/lifetime.ts';
import { SCORES, type Score } from '../../src/nps/score.ts';

const SPAN = { from: new Date('2025-01-01T00:00:00Z'), until: new Date('2027-01-01T00:00:00Z') };
const DAY = 86_400_000;
const day = (offset: number) => new Date(SPAN.from.getTime() + offset * DAY);

function customer(scores: [Score, number][], churned?: number, revenue: number | null = 1000): Customer {
  return {
    ...{ revenue, churnedAt: churned === undefined ? null : day(churned) },
    scores: scores.map(([score, at]) => ({ score, at: day(at) })),
  };
}

describe('a lifetime', () => {
  it('is the years in the segment over the departures from it', () => {
    // Ten detractors, a year each, five of whom left after half of it: 7.5 years, 5 departures.
    const stayed = Array.from({ length: 5 }, () => customer([[3, 0]], undefined, 3000));
    const left = Array.from({ length: 5 }, () => customer([[6, 0]], 182.5, 1000));
    const told = lifetimeOf('Detractor', [...stayed, ...left], SPAN);
    expect(told).toMatchObject({ accounts: 10, churned: 5, years: 7.5, lifetime: 1.5, revenue: 2000, value: 3000 });
    // exp(1.959964 / sqrt(5)) = 2.4024
    expect(told.lifetimeInterval?.from).toBeCloseTo(1.5 / 2.4024, 3);
    expect(told.valueInterval?.to).toBeCloseTo(3000 * 2.4024, 0);
  });

  it.each<[string, Customer, number, number]>([
    ['for a year after an answer', customer([[2, 0]]), 1, 0],
    [
      'until the next answer',
      customer([
        [2, 0],
        [9, 73],
      ]),
      0.2,
      0,
    ],
    [
      'from the next answer on',
      customer([
        [9, 0],
        [2, 365],
      ]),
      1,
      0,
    ],
    ['not before the span', customer([[2, -292]]), 0.2, 0],
    ['not after it', customer([[2, 657]]), 0.2, 0],
    ['until it leaves', customer([[2, 0]], 73), 0.2, 1],
    [
      'and leaves as what it was then',
      customer(
        [
          [2, 0],
          [9, 73],
        ],
        100,
      ),
      0.2,
      0,
    ],
    ['and not, once it has left', customer([[2, 100]], 50), 0, 0],
    ['and is none of the others', customer([[8, 0]], 50), 0, 0],
  ])('an account is in the segment %s', (_, one, years, churned) => {
    const told = lifetimeOf('Detractor', [one], SPAN);
    expect(told.years).toBeCloseTo(years, 9);
    expect(told.churned).toBe(churned);
  });

  it('is not told while fewer than five left, nor its worth while no revenue is known', () => {
    const four = Array.from({ length: 4 }, () => customer([[3, 0]], 10));
    expect(lifetimeOf('Detractor', four, SPAN)).toMatchObject({ churned: 4, lifetime: null, value: null });
    const five = Array.from({ length: 5 }, () => customer([[3, 0]], 10, null));
    expect(lifetimeOf('Detractor', five, SPAN)).toMatchObject({ revenue: null, revenueOf: 0, value: null });
    expect(lifetimeOf('Detractor', five, SPAN).lifetime).toBeGreaterThan(0);
  });

  it('shares every day of an account among the segments, and none twice', () => {
    const score = fc.constantFrom(...SCORES);
    const answers = fc.array(fc.tuple(score, fc.integer({ min: -400, max: 800 })), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(answers, fc.option(fc.integer({ min: -50, max: 900 }), { nil: undefined }), (scores, churned) => {
        const all = (['Promoter', 'Passive', 'Detractor'] as const).map((segment) =>
          lifetimeOf(segment, [customer(scores, churned)], SPAN),
        );
        expect(all.reduce((sum, { years }) => sum + years, 0)).toBeLessThanOrEqual(2 + 1e-9);
        expect(all.reduce((sum, one) => sum + one.churned, 0)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
