import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AnswerAtHand, type OrderedFor, whyNotMailed } from '../../src/nps/last-look.ts';
import { SCORES } from '../../src/nps/score.ts';

const answer: fc.Arbitrary<AnswerAtHand> = fc.record({
  score: fc.constantFrom(...SCORES),
  counts: fc.boolean(),
  paused: fc.boolean(),
  stopped: fc.boolean(),
  email: fc.constantFrom(null, 'ann@acme.example', 'ben@acme.example'),
  optedOut: fc.boolean(),
  bounced: fc.boolean(),
});
const order: fc.Arbitrary<OrderedFor> = fc.record({
  score: fc.constantFrom(...SCORES),
  email: fc.constantFrom('ann@acme.example', 'Ben@acme.example'),
  isAskedFor: fc.boolean(),
});

describe('the last look before a mail about an answer leaves', () => {
  it('lets nothing go to who wants none, to a dead or another address, about another score, or about a void answer', () => {
    fc.assert(
      fc.property(order, answer, (ordered, found) => {
        if (whyNotMailed(ordered, found) !== undefined) return;
        expect(found).toMatchObject({ counts: true, optedOut: false, bounced: false, score: ordered.score });
        expect(found.email?.toLowerCase()).toBe(ordered.email.toLowerCase());
        if (!ordered.isAskedFor) expect(found).toMatchObject({ paused: false, stopped: false });
      }),
    );
  });

  it('says why in a sentence', () => {
    fc.assert(
      fc.property(order, fc.option(answer, { nil: undefined }), (ordered, found) => {
        expect(whyNotMailed(ordered, found) ?? 'It may.').toMatch(/^[A-Z].*\.$/);
      }),
    );
  });
});
