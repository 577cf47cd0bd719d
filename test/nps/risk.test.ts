import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountNumbers, Trend } from '../../src/nps/numbers.ts';
import { NO_RISK, type RiskSigns, riskOf } from '../../src/nps/risk.ts';
import { SCORES, type Score, segmentOf } from '../../src/nps/score.ts';

const CALM: RiskSigns = { usageFalls: false, recentlyEscalated: false, daysToRenewal: null };
const numbers = (score: Score | null, trend: Trend = 'Stable'): AccountNumbers => ({
  ...{ score, segment: score === null ? null : segmentOf(score), trend },
  ...{ rollingAverage: score, netScore: 0, responseCount: 1, lastResponseAt: null },
});

describe('an account', () => {
  it.each<[string, Score | null, Trend, Partial<RiskSigns>, string | null]>([
    ['of a detractor', 6, 'Stable', {}, 'At risk: the newest score is 6.'],
    ['of a passive', 7, 'Stable', {}, null],
    [
      'of a passive whose usage falls',
      7,
      'Stable',
      { usageFalls: true },
      'At risk: the newest score is 7 and usage falls.',
    ],
    [
      'of a passive with an escalation',
      8,
      'Stable',
      { recentlyEscalated: true },
      'At risk: the newest score is 8 and a case was escalated.',
    ],
    [
      'of a passive 90 days before the end',
      8,
      'Stable',
      { daysToRenewal: 90 },
      'At risk: the newest score is 8 and the contract ends within 90 days.',
    ],
    ['of a passive 91 days before the end', 8, 'Stable', { daysToRenewal: 91 }, null],
    [
      'of a promoter with all signs',
      9,
      'Stable',
      { usageFalls: true, recentlyEscalated: true, daysToRenewal: 1 },
      null,
    ],
    ['of a promoter whose trend declines', 9, 'Declining', {}, 'At risk: scores decline.'],
    ['of a detractor whose trend declines', 3, 'Declining', {}, 'At risk: the newest score is 3; scores decline.'],
    ['nobody answered at', null, 'Not enough data', { usageFalls: true }, null],
  ])('%s', (_, score, trend, signs, reason) => {
    expect(riskOf(numbers(score, trend), { ...CALM, ...signs })).toEqual(
      reason === null ? NO_RISK : { atRisk: true, reason },
    );
  });

  it('has a reason, short enough for its field, exactly when it is at risk, and no sign makes it safer', () => {
    const signs = fc.record({
      usageFalls: fc.boolean(),
      recentlyEscalated: fc.boolean(),
      daysToRenewal: fc.option(fc.integer({ min: 0, max: 400 })),
    });
    const trend = fc.constantFrom<Trend>('Improving', 'Stable', 'Declining', 'Not enough data');
    fc.assert(
      fc.property(fc.constantFrom(null, ...SCORES), trend, signs, (score, way, some) => {
        const { atRisk, reason } = riskOf(numbers(score, way), some);
        expect(reason !== null).toBe(atRisk);
        expect(reason?.length ?? 0).toBeLessThanOrEqual(255);
        if (riskOf(numbers(score, way), CALM).atRisk) expect(atRisk).toBe(true);
      }),
    );
  });
});
