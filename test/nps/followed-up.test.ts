import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Act, firstFollowUp } from '../../src/nps/followed-up.ts';

const ANSWERED = new Date('2027-01-04T12:00:00Z');
const hoursIn = (hours: number) => new Date(ANSWERED.getTime() + hours * 3_600_000);
const response = { id: 'response', accountId: 'Acme', contactId: 'Ann', joined: [] };
const act = (facts: Partial<Act>): Act => ({
  ...{ kind: 'call', at: hoursIn(1), responseId: null, accountId: 'Acme', contactId: null },
  ...{ taskKind: null, outcome: null },
  ...facts,
});
const task = (outcome: string | null) => act({ kind: 'task', responseId: 'response', outcome });

describe('an answer is followed up by', () => {
  it.each([
    ['our task, completed with an outcome', task('Spoke with Customer')],
    ['a call that nobody answered, which is an outcome, too', task('No Answer')],
    ['a logged call with the contact', act({ contactId: 'Ann' })],
    ['a logged call about the account', act({})],
    ['a mail on record to the contact', act({ kind: 'mail', accountId: null, contactId: 'Ann' })],
    ['a mail on record about the account', act({ kind: 'mail' })],
  ])('%s', (_, one) => {
    expect(firstFollowUp(response, ANSWERED, [one])).toEqual(hoursIn(1));
  });

  it.each([
    ['our task, completed without an outcome', task(null)],
    ['our task, closed because nobody has to do it any more', task('Not Needed')],
    ['somebody else\u2019s task with an outcome', act({ kind: 'task', outcome: 'Spoke with Customer' })],
    ['the task of another answer', { ...task('Spoke with Customer'), responseId: 'other' }],
    ['a call with somebody else at the account', act({ contactId: 'Ben' })],
    ['a call about another account', act({ accountId: 'Globex' })],
    ['a call before the answer', act({ at: hoursIn(-1) })],
  ])('%s: no', (_, one) => {
    expect(firstFollowUp(response, ANSWERED, [one])).toBeNull();
  });

  it('the task of another answer, where that stands for this one, too', () => {
    const other = { ...task('Spoke with Customer'), responseId: 'other', taskKind: 'Call' };
    const joined = [{ kind: 'call', due: '2027-01-05', priority: 'High' as const }];
    expect(firstFollowUp({ ...response, joined }, ANSWERED, [other])).toEqual(hoursIn(1));
    expect(firstFollowUp({ ...response, joined }, ANSWERED, [{ ...other, taskKind: 'Product' }])).toBeNull();
  });

  it('the first of all that was done, in whatever order it is told', () => {
    const acts = fc.array(fc.integer({ min: -50, max: 50 }).map((hours) => act({ at: hoursIn(hours) })));
    fc.assert(
      fc.property(acts, (all) => {
        const after = all.filter(({ at }) => at > ANSWERED).map(({ at }) => at.getTime());
        const first = firstFollowUp(response, ANSWERED, all);
        expect(first?.getTime()).toBe(after.length > 0 ? Math.min(...after) : undefined);
        expect(firstFollowUp(response, ANSWERED, all.toReversed())).toEqual(first);
      }),
    );
  });
});
