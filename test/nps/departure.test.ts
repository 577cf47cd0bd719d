import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { DAY_MS } from '../../src/nps/days.ts';
import { type DepartureFacts, type DetractorAnswer, judgedAnswers, leftOn } from '../../src/nps/departure.ts';

const TODAY = '2026-11-28';
const stays: DepartureFacts = { accountId: 'acme', meetsCondition: false, lostRenewals: [], won: [], contractEnds: [] };

test.each<[string, Partial<DepartureFacts>, string | null]>([
  ['nobody said anything', {}, null],
  ['the churn condition holds', { meetsCondition: true }, TODAY],
  ['a renewal was lost', { lostRenewals: ['2026-10-01'] }, '2026-10-01'],
  ['two were lost: the later', { lostRenewals: ['2026-10-01', '2025-10-01'] }, '2026-10-01'],
  ['it was won again later', { lostRenewals: ['2026-10-01'], won: ['2026-10-20'] }, null],
  ['it had bought before', { lostRenewals: ['2026-10-01'], won: ['2024-05-05'] }, '2026-10-01'],
  ['the contract runs on', { lostRenewals: ['2026-10-01'], contractEnds: ['2026-12-31'] }, null],
  ['the contract ends today', { lostRenewals: ['2026-10-01'], contractEnds: [TODAY] }, null],
  ['the contract has no end', { lostRenewals: ['2026-10-01'], contractEnds: [null] }, null],
  ['the contract ended after the loss', { lostRenewals: ['2026-10-01'], contractEnds: ['2026-11-15'] }, '2026-11-15'],
  ['the contract ended before the loss', { lostRenewals: ['2026-10-01'], contractEnds: ['2026-09-30'] }, '2026-10-01'],
])('when %s', (_, facts, day) => {
  expect(leftOn({ ...stays, ...facts }, TODAY)).toBe(day);
});

describe('the answer that stands for its account', () => {
  const now = new Date(`${TODAY}T02:45:00Z`);
  const answer = (id: string, daysAgo: number, facts: Partial<DetractorAnswer> = {}): DetractorAnswer => ({
    ...{ id, accountId: 'acme', churnedOn: null },
    respondedAt: new Date(now.getTime() - daysAgo * DAY_MS),
    ...facts,
  });
  const judged = (...answers: DetractorAnswer[]) => [...judgedAnswers(answers, now)].toSorted();

  it.each([
    [
      'is the newest of those that can be judged',
      [answer('old', 300), answer('new', 120), answer('young', 40)],
      ['new'],
    ],
    ['is none while every answer is younger than 90 days', [answer('young', 89)], []],
    ['is one for each account', [answer('one', 100), answer('two', 100, { accountId: 'other' })], ['one', 'two']],
    [
      'was given before the customer left',
      [answer('before', 200, { churnedOn: '2026-06-30' }), answer('after', 100, { churnedOn: '2026-06-30' })],
      ['before'],
    ],
  ])('%s', (_, answers, expected) => {
    expect(judged(...answers)).toEqual(expected);
  });

  it('is at most one an account, whatever the order, and never one that can still change', () => {
    const answers = fc.uniqueArray(
      fc.record({
        id: fc.string({ minLength: 1 }),
        accountId: fc.constantFrom('acme', 'bolt', 'core'),
        respondedAt: fc.date({ min: new Date('2025-11-28'), max: now, noInvalidDate: true }),
        churnedOn: fc.constantFrom(null, '2026-03-01', '2026-11-01'),
      }),
      { selector: ({ id }) => id },
    );
    fc.assert(
      fc.property(answers, (given) => {
        const chosen = judgedAnswers(given, now);
        expect(judgedAnswers(given.toReversed(), now)).toEqual(chosen);
        const rows = given.filter(({ id }) => chosen.has(id));
        expect(new Set(rows.map(({ accountId }) => accountId)).size).toBe(rows.length);
        for (const { respondedAt } of rows) expect(now.getTime() - respondedAt.getTime()).toBeGreaterThan(90 * DAY_MS);
      }),
    );
  });
});
