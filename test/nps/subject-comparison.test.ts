import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareSubjects, LEAST_SENT, type SubjectRecord } from '../../src/nps/subject-comparison.ts';

const record = (answered: number, sent: number): SubjectRecord => ({ sent, answered, unproven: 0 });
const anyRecord = fc
  .integer({ min: 0, max: 2000 })
  .chain((sent) => fc.integer({ min: 0, max: sent }).map((answered) => record(answered, sent)));

describe('two subjects', () => {
  it.each([
    [
      record(99, 99),
      record(0, 5000),
      'too-few',
      'Not enough data yet: 100 mails with each subject must have arrived; 99 have with A, 5000 with B.',
    ],
    [record(0, 0), record(0, 0), 'too-few', /0 have with A, 0 with B/],
    [
      record(20, 100),
      record(30, 100),
      'no-difference',
      /^No difference can be told: B lies between -5\.\d and \+2\d\.\d percentage points from A \(p = 0\.1\d\d\)\.$/,
    ],
    [record(0, 100), record(0, 100), 'no-difference', /p = 1\.000/],
    [
      record(100, 500),
      record(150, 500),
      'difference',
      /^B is answered more often, by 2\.9 to 1\d\.\d percentage points \(p < 0\.001\)\.$/,
    ],
    [
      record(150, 500),
      record(100, 500),
      'difference',
      /^A is answered more often, by 2\.9 to 1\d\.\d percentage points/,
    ],
  ])('%o and %o: %s', (a, b, kind, sentence) => {
    const comparison = compareSubjects({ A: a, B: b });
    expect(comparison.verdict.kind).toBe(kind);
    expect(comparison.sentence).toMatch(sentence);
  });

  it('change places, and the verdict does too; a winner has the higher rate', () => {
    fc.assert(
      fc.property(anyRecord, anyRecord, (a, b) => {
        const [there, back] = [compareSubjects({ A: a, B: b }), compareSubjects({ A: b, B: a })];
        expect(there.verdict.kind).toBe(back.verdict.kind);
        if (Math.min(a.sent, b.sent) < LEAST_SENT) expect(there.verdict.kind).toBe('too-few');
        if (there.verdict.kind !== 'difference') return;
        const isB = there.sentence.startsWith('B');
        expect(there.rates.B.rate > there.rates.A.rate).toBe(isB);
        expect(back.sentence.startsWith('A')).toBe(isB);
      }),
    );
  });

  it('that are alike seem different to less than 5 of 100 who look every month for a year', () => {
    const chance = randomFrom(20261125);
    const fooled = Array.from({ length: 600 }, () => {
      const [a, b] = [record(0, 0), record(0, 0)];
      return Array.from({ length: 12 }).some(() => {
        for (const one of [a, b]) for (let mail = 0; mail < 50; mail += 1) add(one, chance() < 0.25);
        return compareSubjects({ A: a, B: b }).verdict.kind === 'difference';
      });
    }).filter(Boolean).length;
    expect(fooled / 600).toBeLessThan(0.05);
  });
});

function add(to: SubjectRecord, isAnswered: boolean): void {
  to.sent += 1;
  if (isAnswered) to.answered += 1;
}

/** Mulberry32: the same numbers every time. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
