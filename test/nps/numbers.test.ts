import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountNumbers, type CountedAnswer, newestAnswerOf } from '../../src/nps/numbers.ts';
import { SCORES, type Score, scoreFrom } from '../../src/nps/score.ts';
import { numbersByTheBook } from './numbers-oracle.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const DAY_MS = 86_400_000;

const daysAgo = (days: number) => new Date(NOW.getTime() - days * DAY_MS);
const answer = (days: number, score: Score, contactId: string | null = `contact ${days}`): CountedAnswer => ({
  key: `answer of ${days} days ago`,
  score,
  contactId,
  respondedAt: daysAgo(days),
});
/** One answer per score, a minute apart, so that all of them are of one day. */
const sameDay = (...scores: Score[]) => scores.map((score, index) => answer(1 + index / 1440, score));
const trendOf = (history: string) => {
  const answers = [...history.matchAll(/(\d+)@(\d+)/g)].map(([, score = '', days]) =>
    answer(Number(days), scoreFrom(score) ?? 0),
  );
  return accountNumbers(answers, NOW, 365).trend;
};

const anyHistory = fc
  .array(
    fc.record({
      score: fc.constantFrom(...SCORES),
      contactId: fc.constantFrom('Ann', 'Ben', 'Cleo', null),
      // Edges of the two windows come up often, to the millisecond.
      ago: fc.oneof(
        fc.integer({ min: 0, max: 500 * DAY_MS }),
        fc.constantFrom(0, 1, -1).chain((ms) => fc.constantFrom(90 * DAY_MS + ms, 365 * DAY_MS + ms)),
      ),
    }),
    { maxLength: 30 },
  )
  .map((rows) =>
    rows.map(({ score, contactId, ago }, index) => ({
      key: `answer ${index}`,
      score,
      contactId,
      respondedAt: new Date(NOW.getTime() - ago),
    })),
  );

describe("an account's numbers", () => {
  it('are what the definitions say, for any history', () => {
    fc.assert(
      fc.property(anyHistory, (answers) => {
        expect(accountNumbers(answers, NOW, 365)).toEqual(numbersByTheBook(answers, NOW));
      }),
      { numRuns: 1_000 },
    );
  });

  it('do not depend on the order in which answers are read', () => {
    const shuffled = anyHistory.chain((answers) =>
      fc.tuple(fc.constant(answers), fc.shuffledSubarray(answers, { minLength: answers.length })),
    );
    fc.assert(
      fc.property(shuffled, ([answers, other]) => {
        expect(accountNumbers(other, NOW, 365)).toEqual(accountNumbers(answers, NOW, 365));
      }),
    );
  });

  it('of nobody are empty, not zero', () => {
    expect(accountNumbers([], NOW, 365)).toEqual({
      score: null,
      segment: null,
      rollingAverage: null,
      netScore: null,
      trend: 'Not enough data',
      responseCount: 0,
      lastResponseAt: null,
    });
  });

  it('count an answer of exactly 365 days ago, and not one a millisecond older', () => {
    const edge = { ...answer(365, 4), respondedAt: daysAgo(365) };
    expect(accountNumbers([edge], NOW, 365).responseCount).toBe(1);
    const beyond = { ...edge, respondedAt: new Date(edge.respondedAt.getTime() - 1) };
    expect(accountNumbers([beyond], NOW, 365)).toMatchObject({
      responseCount: 0,
      rollingAverage: null,
      netScore: null,
    });
  });

  it('show the newest score whatever its age', () => {
    expect(accountNumbers([answer(800, 9), answer(700, 0)], NOW, 365)).toMatchObject({
      score: 0,
      segment: 'Detractor',
      lastResponseAt: daysAgo(700),
      responseCount: 0,
    });
  });

  it('tell two answers of one second apart by their keys', () => {
    const [early, late] = [
      { ...answer(1, 3), key: 'a' },
      { ...answer(1, 9), key: 'b' },
    ];
    expect(accountNumbers([late, early], NOW, 365).score).toBe(9);
    expect(accountNumbers([early, late], NOW, 365).score).toBe(9);
  });
});

describe('the rolling average', () => {
  it.each([
    [[8, 8, 8, 8, 8, 8, 8, 9], 8.13],
    [[8, 8, 8, 8, 8, 9, 9, 9], 8.38],
    [[10, 10, 9], 9.67],
    [[1, 0, 0], 0.33],
    [[0], 0],
    [[10], 10],
  ] as [Score[], number][])('of %j is %d, halves rounded up', (scores, average) => {
    expect(accountNumbers(sameDay(...scores), NOW, 365).rollingAverage).toBe(average);
  });
});

describe('the net score', () => {
  it.each([
    [[10, 9, 8, 6], 25],
    [[10, 10, 10], 100],
    [[0, 6, 3], -100],
    [[7, 8], 0],
    [[9, 6], 0],
    [[9, 7, 7], 33],
    [[6, 7, 7], -33],
    [[9, 7, 7, 7, 7, 7, 7, 7], 13],
  ] as [Score[], number][])('of %j is %d', (scores, net) => {
    expect(accountNumbers(sameDay(...scores), NOW, 365).netScore).toBe(net);
  });

  it("looks at each contact's newest answer only", () => {
    expect(accountNumbers([answer(9, 0, 'Ann'), answer(2, 10, 'Ann'), answer(5, 10, 'Ben')], NOW, 365).netScore).toBe(
      100,
    );
  });

  it('takes every answer of somebody unknown as a person of their own', () => {
    expect(accountNumbers([answer(9, 0, null), answer(2, 10, null)], NOW, 365).netScore).toBe(0);
  });
});

describe('the trend', () => {
  // score@days ago
  it.each([
    ['needs three answers', '9@5 2@100', 'Not enough data'],
    ['needs an earlier side', '1@5 2@6 3@7', 'Not enough data'],
    ['declines when two recent ones are lower', '4@5 4@6 9@200 9@210', 'Declining'],
    ['improves when two recent ones are higher', '9@5 9@6 4@200 4@210', 'Improving'],
    ['does not follow one low score', '0@5 9@6 9@200 9@210', 'Stable'],
    ['does not follow one high score', '10@5 3@6 3@200 3@210', 'Stable'],
    ['does not decline at half a point with one below', '8@5 7@6 8@200 8@201', 'Stable'],
    ['declines at exactly half a point with two below', '8@5 8@6 9@200 8@201', 'Declining'],
    ['improves at exactly half a point with two above', '9@5 9@6 9@200 8@201', 'Improving'],
    ['is stable just under half a point', '8@5 8@6 9@200 8@201 8@202', 'Stable'],
    ['takes the last two as recent when fewer are', '4@5 4@120 9@200', 'Declining'],
    ['takes the last two as recent when none is', '4@100 4@120 9@200', 'Declining'],
    ['counts the ninetieth day as recent', '4@5 4@20 4@90 9@200', 'Declining'],
    ['leaves out what is older than the window', '4@5 4@20 9@366', 'Not enough data'],
  ])('%s: %s', (_, history, trend) => {
    expect(trendOf(history)).toBe(trend);
  });
});

describe("a contact's newest answer", () => {
  it('is found in any order, and is nobody else’s', () => {
    const answers = [answer(9, 1, 'Ann'), answer(2, 2, 'Ann'), answer(5, 3, 'Ann'), answer(1, 4, 'Ben')];
    expect(newestAnswerOf('Ann', answers)?.score).toBe(2);
    expect(newestAnswerOf('Cleo', answers)).toBeUndefined();
  });
});
