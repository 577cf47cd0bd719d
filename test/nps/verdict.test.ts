import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SCORES } from '../../src/nps/score.ts';
import {
  counts,
  evidenceOf,
  firstVerdict,
  laterVerdict,
  quarantineIsOver,
  type Sighting,
} from '../../src/nps/verdict.ts';

const START = Date.parse('2026-11-22T12:00:00Z');
const form = { comment: '', gesture: false, script: false };
/** A visitor fetches the given links, so many seconds apart. */
const walk = (visitor: string, links: readonly (number | string)[], secondsApart: number): Sighting[] =>
  links.map((link, index) => ({
    kind: 'fetched',
    link: String(link),
    visitor,
    at: new Date(START + index * secondsApart * 1_000),
  }));

describe('the evidence of an answer', () => {
  it.each([
    [{ ...form, gesture: true, script: true, comment: 'Good' }, 'gesture'],
    [{ ...form, script: true, comment: 'Good' }, 'comment'],
    [{ ...form, script: true, comment: ' \n ' }, 'script'],
    [{ ...form, script: true }, 'script'],
    [form, 'bare'],
  ])('of %o is %s', (given, evidence) => {
    expect(evidenceOf(given)).toBe(evidence);
  });
});

describe('the first verdict', () => {
  it.each([
    ['gesture', 'Confirmed'],
    ['comment', 'Confirmed'],
    ['script', 'Provisional'],
    ['bare', 'Provisional'],
  ] as const)('on %s is %s, with a sentence why', (evidence, verdict) => {
    expect(firstVerdict(evidence)).toEqual({ verdict, reason: expect.stringMatching(/^[A-Z].+\.$/) });
  });

  it.each([
    ['Confirmed', true],
    ['Accepted', true],
    ['Provisional', false],
    ['Unresolved', false],
    ['Void', false],
  ] as const)('%s counts: %s', (verdict, does) => {
    expect(counts(verdict)).toBe(does);
  });
});

describe('the quarantine', () => {
  it.each([
    [0, false],
    [30 * 60_000 - 1, false],
    [30 * 60_000, true],
    [-1, false],
  ])('is over %i ms after the answer: %s', (later, over) => {
    expect(quarantineIsOver(new Date(START), new Date(START + later), 30)).toBe(over);
  });
});

describe('the later verdict', () => {
  it('accepts an answer nothing speaks against', () => {
    expect(laterVerdict([], 30)).toEqual({ verdict: 'Accepted', reason: expect.stringContaining('30 minutes') });
  });

  it('leaves an answer to a person when one visitor opened four links within a minute', () => {
    expect(laterVerdict(walk('gateway', [0, 1, 2, 3], 1), 30)).toEqual({
      verdict: 'Unresolved',
      reason: expect.stringContaining('scanners'),
    });
  });

  it('counts what was posted and what ran as well as what was fetched', () => {
    const [first, second, third, fourth] = walk('gateway', [7, 8, 9, 10], 5) as [
      Sighting,
      Sighting,
      Sighting,
      Sighting,
    ];
    const mixed = [first, { ...second, kind: 'posted' as const }, { ...third, kind: 'page-ran' as const }, fourth];
    expect(laterVerdict(mixed, 30).verdict).toBe('Unresolved');
  });

  it.each([
    ['three scores', walk('Ann', [7, 8, 9], 1)],
    ['one score again and again', walk('Ann', [9, 9, 9, 9, 9, 9], 1)],
    ['four scores, but not within one minute', walk('Ann', [6, 7, 8, 9], 20)],
    ['a score, a choice and an ask', walk('Ann', [9, 'c-Reliability', 'a-g2', 9], 1)],
    ['two visitors who looked at two each', [...walk('Ann', [6, 7], 1), ...walk('Ben', [8, 9], 1)]],
  ])('accepts after %s', (_, sightings) => {
    expect(laterVerdict(sightings, 30).verdict).toBe('Accepted');
  });

  it('sees a scanner that comes late, after a person had looked', () => {
    const person = walk('Ann', [9], 1);
    const scanner = walk('gateway', SCORES, 1).map((sighting) => ({
      ...sighting,
      at: new Date(sighting.at.getTime() + 600_000),
    }));
    expect(laterVerdict([...person, ...scanner], 30).verdict).toBe('Unresolved');
  });

  it('does not depend on the order of what was seen', () => {
    const sighting = fc.record({
      kind: fc.constantFrom('fetched', 'page-ran', 'posted'),
      link: fc.constantFrom(...SCORES.map(String), 'c-Reliability'),
      visitor: fc.constantFrom('Ann', 'Ben'),
      at: fc.integer({ min: 0, max: 120_000 }).map((ms) => new Date(START + ms)),
    });
    const shuffled = fc
      .array(sighting, { maxLength: 20 })
      .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        expect(laterVerdict(other, 30)).toEqual(laterVerdict(one, 30));
      }),
    );
  });
});
