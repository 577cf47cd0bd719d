import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AnswerOnRecord, RENEWAL_TEMPLATES, renewalBranch } from '../../src/nps/renewal.ts';

const NOW = new Date('2027-03-10T12:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
const circumstances = { now: NOW, windowDays: 365 };

const answer = (
  contactId: string,
  segment: AnswerOnRecord['segment'],
  days: number,
  sequence: AnswerOnRecord['sequence'] = 'is over',
): AnswerOnRecord => ({ contactId, segment, respondedAt: daysAgo(days), sequence });

describe('a renewal mail to Ann', () => {
  it.each<[string, AnswerOnRecord[], object]>([
    ['who is a promoter', [answer('Ann', 'Promoter', 30)], { branch: 'Accomplishments' }],
    ['who is a passive', [answer('Ann', 'Passive', 30)], { branch: 'Check-In' }],
    ['who is a detractor', [answer('Ann', 'Detractor', 30)], { branch: 'Issue Acknowledgment' }],
    ['whom nobody asked', [], { branch: 'Neutral' }],
    ['who answered on the last day of the window', [answer('Ann', 'Promoter', 365)], { branch: 'Accomplishments' }],
    ['who answered a day before the window', [answer('Ann', 'Promoter', 366)], { branch: 'Neutral' }],
    [
      'who has come round',
      [answer('Ann', 'Detractor', 90), answer('Ann', 'Promoter', 10)],
      { branch: 'Accomplishments' },
    ],
    [
      'who is happy, while a colleague is not',
      [answer('Ann', 'Promoter', 90), answer('Ben', 'Detractor', 10)],
      { branch: 'Issue Acknowledgment' },
    ],
    [
      'who is unhappy, while a colleague has been happy since',
      [answer('Ann', 'Detractor', 90), answer('Ben', 'Promoter', 10)],
      { branch: 'Issue Acknowledgment' },
    ],
    [
      'whose colleague was unhappy before another was happy',
      [answer('Ben', 'Detractor', 90), answer('Cem', 'Promoter', 10)],
      { branch: 'Accomplishments' },
    ],
    [
      'who is a detractor whose sequence runs',
      [answer('Ann', 'Detractor', 5, 'runs')],
      { waitsFor: 'The sequence after the Detractor answer of 2027-03-05 still runs.' },
    ],
    [
      'whose colleague’s sequence was paused',
      [answer('Ben', 'Detractor', 5, 'is paused'), answer('Ann', 'Promoter', 1)],
      { waitsFor: 'The sequence after the Detractor answer of 2027-03-05 is paused.' },
    ],
    ['whose promoter sequence runs', [answer('Ann', 'Promoter', 1, 'runs')], { branch: 'Accomplishments' }],
  ])('%s', (_who, answers, outcome) => {
    expect(renewalBranch(answers, 'Ann', circumstances)).toEqual(outcome);
  });

  const anyAnswer = fc.record({
    contactId: fc.constantFrom('Ann', 'Ben', null),
    segment: fc.constantFrom('Promoter', 'Passive', 'Detractor'),
    respondedAt: fc.integer({ min: 0, max: 800 }).map(daysAgo),
    sequence: fc.constantFrom('is over', 'is over', 'runs', 'is paused'),
  });

  it('never praises while the newest answer, or her own newest, is no promoter’s, and never speaks into a running sequence', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(anyAnswer, { maxLength: 6 }), (answers) => {
        const found = renewalBranch(answers, 'Ann', circumstances);
        const recent = answers.filter(({ respondedAt }) => respondedAt >= daysAgo(365));
        const last = (all: AnswerOnRecord[]) => Math.max(...all.map(({ respondedAt }) => respondedAt.getTime()));
        const own = recent.filter(({ contactId }) => contactId === 'Ann');
        const newest = [recent, own].flatMap((all) => all.filter((one) => one.respondedAt.getTime() === last(all)));
        const unfinished = recent.some(({ segment, sequence }) => segment === 'Detractor' && sequence !== 'is over');
        expect('waitsFor' in found).toBe(unfinished);
        if (!('branch' in found)) return;
        seen.add(found.branch);
        expect(found.branch === 'Neutral').toBe(recent.length === 0);
        const segments = newest.map(({ segment }) => segment);
        if (found.branch === 'Accomplishments') expect(segments).toContain('Promoter');
        if (found.branch === 'Issue Acknowledgment') expect(segments).toContain('Detractor');
        const isAlike = new Set(segments).size === 1;
        if (found.branch === 'Accomplishments' && isAlike) expect(segments[0]).toBe('Promoter');
      }),
      { numRuns: 2_000, seed: 6 },
    );
    expect([...seen].toSorted()).toEqual(Object.keys(RENEWAL_TEMPLATES).toSorted());
  });

  it('says the same in whatever order the answers are read', () => {
    const distinct = fc.uniqueArray(anyAnswer, {
      maxLength: 6,
      selector: ({ respondedAt }) => respondedAt.getTime(),
    });
    const pair = distinct.chain((answers) =>
      fc.tuple(
        fc.constant(answers),
        fc.shuffledSubarray(answers, { minLength: answers.length, maxLength: answers.length }),
      ),
    );
    fc.assert(
      fc.property(pair, ([answers, shuffled]) => {
        const [one, other] = [answers, shuffled].map((all) => renewalBranch(all, 'Ann', circumstances));
        expect('branch' in (one ?? {})).toBe('branch' in (other ?? {}));
        if (one && 'branch' in one) expect(other).toEqual(one);
      }),
      { numRuns: 500, seed: 6 },
    );
  });
});
