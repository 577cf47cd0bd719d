import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answer, type Response, withAnswer } from '../../src/nps/response.ts';
import { SCORES, segmentOf } from '../../src/nps/score.ts';
import { counts } from '../../src/nps/verdict.ts';

const at = (second: number) => new Date(Date.UTC(2026, 10, 22, 12, 0, second));
const answer = (second: number, facts: Partial<Answer> = {}): Answer => ({
  score: 9,
  verbatim: '',
  evidence: 'gesture',
  answeredAt: at(second),
  ...facts,
});
const responseTo = (...answers: Answer[]): Response => {
  const [first = answer(0), ...later] = answers;
  return later.reduce<Response>(withAnswer, withAnswer(undefined, first));
};

const anyAnswer = fc.record({
  score: fc.constantFrom(...SCORES),
  verbatim: fc.constantFrom('', 'Slow', 'Kind'),
  evidence: fc.constantFrom('gesture', 'comment', 'script', 'bare'),
  answeredAt: fc.integer({ min: 0, max: 59 }).map(at),
});
const manyAnswers = fc.array(anyAnswer, { minLength: 1, maxLength: 8 });
/** As one lane delivers them: in the order they were given, no two of one second. */
const inOrder = fc
  .uniqueArray(anyAnswer, { minLength: 1, maxLength: 8, selector: ({ answeredAt }) => answeredAt.getTime() })
  .map((answers) => answers.toSorted((one, other) => one.answeredAt.getTime() - other.answeredAt.getTime()));

describe('a response', () => {
  it.each(SCORES)('begins with the first answer, a %i too', (score) => {
    expect(withAnswer(undefined, answer(5, { score, verbatim: 'Kind' }))).toEqual({
      score,
      segment: segmentOf(score),
      verdict: 'Confirmed',
      verdictReason: expect.any(String),
      verbatim: 'Kind',
      respondedAt: at(5),
      correctedAt: null,
      previousScore: null,
    });
  });

  it('keeps whole seconds, as Salesforce does', () => {
    const given = answer(0, { answeredAt: new Date('2026-11-22T12:00:07.891Z') });
    expect(withAnswer(undefined, given).respondedAt).toEqual(at(7));
  });

  it('keeps when it was first given and what it was before, on a correction', () => {
    expect(responseTo(answer(1, { score: 3 }), answer(30, { score: 0 }))).toMatchObject({
      score: 0,
      segment: 'Detractor',
      respondedAt: at(1),
      correctedAt: at(30),
      previousScore: 3,
    });
  });

  it('takes a comment that follows the score, without forgetting the earlier score', () => {
    expect(responseTo(answer(1, { score: 3 }), answer(2, { score: 9 }), answer(3, { verbatim: 'Kind' }))).toMatchObject(
      {
        score: 9,
        verbatim: 'Kind',
        previousScore: 3,
        correctedAt: at(3),
      },
    );
  });

  it('does not lose its comment to a correction without one', () => {
    expect(responseTo(answer(1, { score: 3, verbatim: 'Slow' }), answer(2)).verbatim).toBe('Slow');
  });

  it('is not changed by an answer older than its last correction', () => {
    const response = responseTo(answer(1, { score: 3 }), answer(30));
    expect(withAnswer(response, answer(20, { score: 5 }))).toBe(response);
  });

  it('is confirmed by the same answer with proof', () => {
    const response = responseTo(answer(1, { evidence: 'bare' }), answer(2));
    expect(response).toMatchObject({ verdict: 'Confirmed', correctedAt: null, previousScore: null });
  });

  it.each(['Confirmed', 'Accepted'] as const)('that is %s is never replaced by one without proof', (verdict) => {
    const response = { ...responseTo(answer(1)), verdict };
    expect(withAnswer(response, answer(9, { score: 1, evidence: 'script' }))).toBe(response);
  });

  it('that is void stays void, whatever comes', () => {
    const response: Response = { ...responseTo(answer(1)), verdict: 'Void' };
    fc.assert(
      fc.property(anyAnswer, (given) => {
        expect(withAnswer(response, given)).toBe(response);
      }),
    );
  });
});

describe('answers that arrive again', () => {
  it('change nothing when one is taken twice in a row', () => {
    fc.assert(
      fc.property(manyAnswers, (answers) => {
        const once = responseTo(...answers);
        expect(withAnswer(once, answers.at(-1) ?? answer(0))).toEqual(once);
      }),
    );
  });

  it('change nothing when the whole lane is replayed', () => {
    fc.assert(
      fc.property(inOrder, (answers) => {
        const once = responseTo(...answers);
        expect(answers.reduce<Response>(withAnswer, once)).toEqual(once);
      }),
    );
  });

  it('leave score, comment and whether it counts as they are when any prefix is replayed', () => {
    const facts = ({ score, verbatim, verdict, respondedAt, correctedAt, previousScore }: Response) => ({
      ...{ score, verbatim, respondedAt, correctedAt, previousScore },
      counts: counts(verdict),
    });
    fc.assert(
      fc.property(inOrder, fc.nat(8), (answers, length) => {
        const once = responseTo(...answers);
        expect(facts(answers.slice(0, length).reduce<Response>(withAnswer, once))).toEqual(facts(once));
      }),
    );
  });

  it('never take away that a response counts', () => {
    fc.assert(
      fc.property(manyAnswers, anyAnswer, (answers, more) => {
        const response = responseTo(...answers);
        fc.pre(counts(response.verdict));
        expect(counts(withAnswer(response, more).verdict)).toBe(true);
      }),
    );
  });

  it('leave the segment that belongs to the score', () => {
    fc.assert(
      fc.property(manyAnswers, (answers) => {
        const { score, segment } = responseTo(...answers);
        expect(segment).toBe(segmentOf(score));
      }),
    );
  });
});
