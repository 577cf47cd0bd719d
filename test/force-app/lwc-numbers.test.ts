import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { netPromoter } from '../../src/nps/net-promoter.ts';
import { accountNumbers } from '../../src/nps/numbers.ts';
import { type Score, type Segment, segmentOf } from '../../src/nps/score.ts';

/** An answer as the components know it. */
interface Shown {
  key: string;
  contactId: string | null;
  segment: Segment;
  respondedAt: string;
}

/** What the components compute with; it runs in a browser, so it is JavaScript without types. */
interface Shipped {
  newestOfEach(answers: readonly Shown[]): Shown[];
  countsOf(answers: readonly Shown[]): Record<Segment, number>;
  netPromoter(counts: Record<Segment, number>): { n: number; score: number | null; from: number; to: number };
}

const file = new URL('../../force-app/main/default/lwc/npsAnswers/npsAnswers.js', import.meta.url).href;
const shipped = (await import(file)) as Shipped;

const NOW = new Date('2026-11-23T09:00:00Z');
const people = fc.record({ Promoter: fc.nat(400), Passive: fc.nat(400), Detractor: fc.nat(400) });
const answers = fc.uniqueArray(
  fc.record({
    key: fc.stringMatching(/^[0-9a-f]{4}$/),
    contactId: fc.option(fc.constantFrom('jane', 'john', 'ann')),
    score: fc.integer({ min: 0, max: 10 }).map((score) => score as Score),
    respondedAt: fc.date({ min: new Date('2026-01-01'), max: NOW, noInvalidDate: true }),
  }),
  { selector: ({ key }) => key },
);

describe('the numbers the components show are those of the service', () => {
  it('the score of so many people, and its interval', () => {
    fc.assert(
      fc.property(people, (counts) => {
        const { n, score, interval } = netPromoter(counts);
        expect(shipped.netPromoter(counts)).toEqual({ n, score, ...interval });
      }),
    );
  });

  it('whose newest answer it is, of two in the same second as well', () => {
    fc.assert(
      fc.property(answers, (given) => {
        const shown = given.map(({ score, respondedAt, ...answer }) => ({
          ...answer,
          segment: segmentOf(score),
          respondedAt: respondedAt.toISOString(),
        }));
        const { score } = shipped.netPromoter(shipped.countsOf(shipped.newestOfEach(shown)));
        expect(score === null ? null : Math.round(score) || 0).toBe(accountNumbers(given, NOW, 365).netScore);
      }),
    );
  });
});
