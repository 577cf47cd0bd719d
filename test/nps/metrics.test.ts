import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY_MS } from '../../src/nps/days.ts';
import { type FollowedAnswer, type MetricKey, metricRows } from '../../src/nps/metrics.ts';
import { SCORES, type Score, segmentOf } from '../../src/nps/score.ts';
import { DEFAULT_SETTINGS } from '../../src/nps/settings.ts';

const DAY_0 = new Date('2026-06-01T10:00:00Z');
const on = (day: number) => new Date(DAY_0.getTime() + day * DAY_MS);
let made = 0;
const answer = (score: Score, facts: Partial<FollowedAnswer> = {}): FollowedAnswer => ({
  ...{ id: `answer ${made++}`, accountId: 'acme', contactId: 'ann', score, segment: segmentOf(score) },
  ...{ respondedAt: DAY_0, acknowledged: false, customerReplied: false, followedUpAt: null, resolved: false },
  ...{ churn: { judged: false, left: false }, ask: null, askDone: false, recoveryOf: null },
  ...facts,
});
const NOW = on(400);
const metric = (key: MetricKey, answers: FollowedAnswer[]) => {
  const found = metricRows(answers, DEFAULT_SETTINGS.targets, NOW).find((row) => row.key === key);
  return [found?.value, found?.count];
};
const judged = (left: boolean) => answer(3, { churn: { judged: true, left } });
const closed = (facts: Partial<FollowedAnswer> = {}) => answer(2, { followedUpAt: on(1), resolved: true, ...facts });
const was = answer(3);

test.each<[MetricKey, string, FollowedAnswer[], number | null, number]>([
  ['detractor-replies', 'nothing to count', [answer(9, { acknowledged: true })], null, 0],
  [
    'detractor-replies',
    'those written to',
    [
      answer(2, { acknowledged: true, customerReplied: true }),
      answer(3, { acknowledged: true }),
      answer(4, { acknowledged: true }),
      answer(5, { customerReplied: true }),
    ],
    33.3,
    3,
  ],
  ['retention', 'the judged', [judged(false), judged(false), judged(true), answer(1)], 66.7, 3],
  [
    'reviews',
    'either kind of review',
    [
      answer(9, { ask: 'G2 Review', askDone: true }),
      answer(9, { ask: 'AppExchange Review' }),
      answer(9, { ask: 'Referral', askDone: true }),
    ],
    50,
    2,
  ],
  [
    'referrals',
    'referrals alone',
    [answer(9, { ask: 'Referral' }), answer(9, { ask: 'Case Study', askDone: true })],
    0,
    1,
  ],
  [
    'passive-to-promoter',
    'the next answer of the same person',
    [
      answer(7),
      answer(9, { respondedAt: on(100) }),
      answer(3, { respondedAt: on(200) }),
      answer(8, { contactId: 'ben' }),
      answer(8, { contactId: 'ben', respondedAt: on(100) }),
      answer(8, { contactId: null }),
      answer(10, { contactId: null, respondedAt: on(100) }),
    ],
    50,
    2,
  ],
  [
    'score-change',
    'after less before',
    [was, answer(7, { recoveryOf: was.id }), answer(9, { recoveryOf: 'gone' })],
    4,
    1,
  ],
  [
    'loop-closure',
    'followed up and resolved',
    [closed(), answer(1, { resolved: true }), answer(1, { followedUpAt: on(1) }), answer(8)],
    33.3,
    3,
  ],
  [
    'escalated-again',
    'within 90 days after the follow-up',
    [
      closed(),
      answer(4, { respondedAt: on(91) }),
      closed({ accountId: 'bolt' }),
      answer(4, { accountId: 'bolt', respondedAt: on(92) }),
      closed({ accountId: 'core' }),
      answer(8, { accountId: 'core', respondedAt: on(20) }),
    ],
    33.3,
    3,
  ],
  [
    'escalated-again',
    'what was followed up 90 days ago, not what may still go wrong',
    [
      closed({ respondedAt: on(309), followedUpAt: on(310) }),
      closed({ accountId: 'bolt', respondedAt: on(310), followedUpAt: on(311) }),
      answer(4, { accountId: 'bolt', respondedAt: on(320) }),
    ],
    0,
    1,
  ],
])('%s counts %s', (key, _, answers, value, count) => {
  expect(metric(key, answers)).toEqual([value, count]);
});

test('each stands beside the target of the settings', () => {
  const rows = metricRows([], { ...DEFAULT_SETTINGS.targets, retention: null }, NOW);
  expect(rows.map(({ key, target, higherIsBetter }) => [key, target, higherIsBetter])).toEqual([
    ['detractor-replies', 40, true],
    ['retention', null, true],
    ['reviews', 25, true],
    ['referrals', 15, true],
    ['passive-to-promoter', 20, true],
    ['score-change', 2, true],
    ['loop-closure', 80, true],
    ['escalated-again', 10, false],
  ]);
});

test('no rate leaves 0 to 100, none is of nothing, and the order of answers does not matter', () => {
  const answers = fc.array(
    fc
      .record({
        score: fc.constantFrom(...SCORES),
        accountId: fc.constantFrom('acme', 'bolt'),
        contactId: fc.constantFrom(null, 'ann', 'ben'),
        day: fc.integer({ min: 0, max: 360 }),
        acknowledged: fc.boolean(),
        customerReplied: fc.boolean(),
        resolved: fc.boolean(),
        askDone: fc.boolean(),
        ask: fc.constantFrom(null, 'G2 Review', 'Referral'),
      })
      .map(({ score, day, ...facts }) => answer(score, { ...facts, respondedAt: on(day), followedUpAt: on(day + 1) })),
  );
  fc.assert(
    fc.property(answers, (given) => {
      const rows = metricRows(given, DEFAULT_SETTINGS.targets, NOW);
      for (const { unit, value, count } of rows) {
        expect(value === null).toBe(count === 0);
        if (unit === 'Percent' && value !== null) expect(value >= 0 && value <= 100).toBe(true);
      }
      const same = (keys: MetricKey[]) => (row: { key: MetricKey }) => keys.includes(row.key);
      const timeless = same(['detractor-replies', 'reviews', 'referrals', 'loop-closure', 'escalated-again']);
      expect(metricRows(given.toReversed(), DEFAULT_SETTINGS.targets, NOW).filter(timeless)).toEqual(
        rows.filter(timeless),
      );
    }),
  );
});
