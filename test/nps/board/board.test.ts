import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BoardInput, boardOf } from '../../../src/nps/board/board.ts';
import type { BoardAccount, BoardAnswer, BoardFacts } from '../../../src/nps/board/facts.ts';
import { peopleIn } from '../../../src/nps/net-promoter.ts';
import { quarterCalled } from '../../../src/nps/quarter.ts';
import { SCORES, segmentOf } from '../../../src/nps/score.ts';

const NOW = new Date('2027-02-10T09:00:00Z');
const START = new Date('2025-01-01T00:00:00Z').getTime();
const DAY = 86_400_000;
const HOUR = 3_600_000;

const quarter = quarterCalled('2026-Q4', 'UTC');
if (!quarter) throw new Error('There is such a quarter.');

const STANDING: BoardFacts['standing'] = {
  ...{ atRisk: [], segments: [], openTasks: 0, overdueTasks: 0, sequencesRunning: 0 },
};

function answer(given: Partial<BoardAnswer>): BoardAnswer {
  return {
    ...{ key: 'a', accountId: 'acme', contactId: 'dana', score: 3, respondedAt: new Date('2026-10-05T10:00:00Z') },
    ...{ themes: [], hasActions: false, resolved: false, invited: false, recommended: false },
    ...{ followUpDue: null, firstFollowUpAt: null },
    ...given,
  };
}

function board(answers: BoardAnswer[], accounts: Record<string, BoardAccount> = {}, more: Partial<BoardInput> = {}) {
  const facts = { answers, accounts: new Map(Object.entries(accounts)), renewals: [], standing: STANDING };
  const surveys = { sent: 0, answered: 0, counted: 0, detractors: 0 };
  const rest = { company: 'Acme', zone: 'UTC', now: NOW, surveys, benchmark: null, revenueField: 'Paid__c' };
  return boardOf({ ...rest, facts, quarter: quarter as NonNullable<typeof quarter>, ...more });
}

describe('the score of a quarter', () => {
  it('counts a person once, with the newest answer, and everybody nobody knows', () => {
    const { score } = board([
      answer({ key: 'b', score: 9, respondedAt: new Date('2026-12-01T00:00:00Z') }),
      answer({ key: 'a', score: 2 }),
      answer({ key: 'c', score: 7, contactId: null }),
      answer({ key: 'd', score: 7, contactId: null }),
      answer({ key: 'e', score: 0, contactId: 'eve', respondedAt: new Date('2026-09-30T23:59:59Z') }),
    ]);
    expect(score.counts).toEqual({ Promoter: 1, Passive: 2, Detractor: 0 });
    expect(score.before.score).toBe(-100);
  });
});

describe('the follow-up of detractors', () => {
  it('is in time until it is due, and not judged before that', () => {
    const at = (hours: number) => new Date(NOW.getTime() + hours * HOUR);
    const { followUp } = board([
      answer({ key: 'a', followUpDue: at(-2), firstFollowUpAt: at(-2) }),
      answer({ key: 'b', followUpDue: at(-2), firstFollowUpAt: at(-1) }),
      answer({ key: 'c', followUpDue: at(-2) }),
      answer({ key: 'd', followUpDue: at(+2) }),
      answer({ key: 'e', followUpDue: at(+2), firstFollowUpAt: at(-1) }),
      answer({ key: 'f', firstFollowUpAt: at(-1), resolved: true }),
      answer({ key: 'g', resolved: true }),
      answer({ key: 'h', score: 9, followUpDue: at(-2) }),
    ]);
    expect(followUp.slaKept).toMatchObject({ hits: 2, of: 4 });
    expect(followUp.loopClosed).toMatchObject({ hits: 1, of: 7 });
  });
});

describe('churn of detractors', () => {
  it.each([
    ['90 days later counts', '2026-07-01', '2026-09-29', 1, 1],
    ['91 days later does not', '2026-07-01', '2026-09-30', 0, 1],
    ['before the answer makes it none to judge', '2026-07-01', '2026-06-30', 0, 0],
    ['that can still come is not judged', '2026-11-20', null, 0, 0],
  ])('%s', (_, on, churnedOn, hits, of) => {
    const respondedAt = new Date(`${on}T22:00:00Z`);
    const firstFollowUpAt = new Date(respondedAt.getTime() + 24 * HOUR);
    const { churn } = board([answer({ respondedAt, firstFollowUpAt })], {
      acme: { revenue: null, churnedOn },
    }).outcomes;
    expect(churn.within24Hours).toMatchObject({ hits, of });
  });
});

const answers = fc.uniqueArray(
  fc.record({
    key: fc.uuid(),
    accountId: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    contactId: fc.option(fc.constantFrom('k', 'l', 'm', 'n')),
    score: fc.constantFrom(...SCORES),
    respondedAt: fc.integer({ min: 0, max: 729 }).map((day) => new Date(START + day * DAY)),
    invited: fc.boolean(),
    recommended: fc.boolean(),
    hours: fc.option(fc.integer({ min: 0, max: 200 })),
  }),
  { maxLength: 60, selector: ({ key }) => key },
);

describe('a summary', () => {
  it('counts whatever it counts among those it may count, and is the same in any order', () => {
    fc.assert(
      fc.property(answers, (given) => {
        const all = given.map(({ hours, ...one }) =>
          answer({
            ...one,
            firstFollowUpAt: hours === null ? null : new Date(one.respondedAt.getTime() + hours * HOUR),
          }),
        );
        const told = board(all);
        const { churn, advocacy } = told.outcomes;
        const thisYear = all.filter(({ respondedAt }) => respondedAt.getUTCFullYear() === 2026);
        const promoters = thisYear.filter(({ score }) => segmentOf(score) === 'Promoter');
        expect(advocacy.invited.of + advocacy.uninvited.of).toBe(promoters.length);
        const judged = [churn.within24Hours, churn.within48Hours, churn.later, churn.never];
        const unhappy = new Set(
          thisYear
            .filter(
              ({ score, respondedAt }) => segmentOf(score) === 'Detractor' && respondedAt < new Date('2026-11-12'),
            )
            .map(({ accountId }) => accountId),
        );
        expect(judged.reduce((sum, { of }) => sum + of, 0)).toBe(unhappy.size);
        expect(told.score.distribution.reduce((sum, count) => sum + count, 0)).toBe(peopleIn(told.score.counts));
        expect(told.score.quarters).toHaveLength(8);
        expect(board(all.toReversed())).toEqual(told);
      }),
      { numRuns: 50 },
    );
  });
});
