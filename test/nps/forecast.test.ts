import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ASSUMED_DETRACTORS,
  ASSUMED_RESPONSE_RATE,
  ENOUGH,
  expected,
  ratesOf,
  roughly,
} from '../../src/nps/forecast.ts';

describe('rates', () => {
  it("are the org's own from thirty on", () => {
    expect(ratesOf({ sent: 60, answered: 15, counted: 40, detractors: 4 })).toEqual({
      response: { value: 0.25, of: 60, assumed: false },
      detractors: { value: 0.1, of: 40, assumed: false },
    });
  });

  it('are assumed, each by itself, while there are fewer, and say so', () => {
    expect(ratesOf({ sent: ENOUGH - 1, answered: 29, counted: ENOUGH, detractors: 30 })).toEqual({
      response: { value: ASSUMED_RESPONSE_RATE, of: 29, assumed: true },
      detractors: { value: 1, of: 30, assumed: false },
    });
    expect(ratesOf({ sent: 0, answered: 0, counted: 0, detractors: 0 }).detractors.value).toBe(ASSUMED_DETRACTORS);
  });

  it('never promise more answers than surveys, nor more Tasks than answers', () => {
    const part = fc.integer({ min: 0, max: 500 });
    fc.assert(
      fc.property(part, part, part, part, part, (surveys, sent, answered, counted, detractors) => {
        const rates = ratesOf({
          ...{ sent, answered: Math.min(answered, sent), counted },
          detractors: Math.min(detractors, counted),
        });
        const { answers, tasks } = expected(surveys, rates);
        expect(answers).toBeLessThanOrEqual(surveys);
        expect(tasks).toBeLessThanOrEqual(answers);
        expect(tasks).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('an expectation', () => {
  it.each([
    [0, '0'],
    [0.1, 'under 1'],
    [0.5, 'about 1'],
    [2.4, 'about 2'],
    [117.6, 'about 118'],
  ])('of %d reads as "%s"', (value, words) => {
    expect(roughly(value)).toBe(words);
  });
});
