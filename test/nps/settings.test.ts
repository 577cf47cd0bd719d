import { describe, expect, it } from 'vitest';
import { blackoutOn, isExcluded } from '../../src/nps/settings.ts';

describe('an excluded domain', () => {
  it.each([
    ['ann@acme.example', true],
    ['ann@ACME.example', true],
    ['ann@eu.acme.example', true],
    ['ann@notacme.example', false],
    ['acme.example@other.example', false],
  ])('keeps %s out: %s', (email, excluded) => {
    expect(isExcluded(email, ['acme.example'])).toBe(excluded);
  });
});

describe('a blackout', () => {
  const span = { from: '2026-12-20', to: '2027-01-05', reason: 'Holidays' };
  it.each([
    ['2026-12-19', undefined],
    ['2026-12-20', span],
    ['2027-01-05', span],
    ['2027-01-06', undefined],
  ])('on %s is %j', (date, blackout) => {
    expect(blackoutOn(date, [span])).toEqual(blackout && { until: '2027-01-05', reason: 'Holidays' });
  });

  const yearly = [
    { from: '12-20', to: '01-05', reason: 'Holidays' },
    { from: '02-01', to: '02-29', reason: 'Tax season' },
    { from: '12-31', to: '12-31', reason: 'Year end' },
  ];
  it.each([
    ['2026-12-19', undefined],
    ['2026-12-20', '2027-01-05'],
    ['2026-12-31', '2027-01-05'],
    ['2031-01-05', '2031-01-05'],
    ['2031-01-06', undefined],
    ['2027-02-28', '2027-02-28'],
    ['2027-03-01', undefined],
    ['2028-02-29', '2028-02-29'],
  ])('that comes every year holds on %s until %s', (date, until) => {
    expect(blackoutOn(date, yearly)?.until).toBe(until);
  });
});
