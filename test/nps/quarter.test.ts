import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { liesIn, quarterCalled, quarterOf, quartersBefore } from '../../src/nps/quarter.ts';

const BERLIN = 'Europe/Berlin';

describe('a quarter', () => {
  it('begins and ends at midnight in the zone of the org', () => {
    expect(quarterCalled('2027-Q2', BERLIN)).toEqual({
      name: '2027-Q2',
      from: new Date('2027-03-31T22:00:00Z'),
      until: new Date('2027-06-30T22:00:00Z'),
    });
    expect(quarterOf(new Date('2027-03-31T23:00:00Z'), BERLIN).name).toBe('2027-Q2');
    expect(quarterOf(new Date('2027-03-31T23:00:00Z'), 'UTC').name).toBe('2027-Q1');
    expect(quarterCalled('2027-Q1', 'Nowhere/At_All')?.from).toEqual(new Date('2027-01-01T00:00:00Z'));
  });

  it.each(['2027', '2027-Q5', '27-Q1', '2027-Q1 ', 'last'])('is not called "%s"', (name) => {
    expect(quarterCalled(name, 'UTC')).toBeUndefined();
  });

  it('follows the one before without a gap, and is known by its name', () => {
    const moment = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(moment, fc.constantFrom('UTC', BERLIN, 'America/New_York', 'Pacific/Auckland'), (at, zone) => {
        const quarter = quarterOf(at, zone);
        expect(liesIn(quarter, at)).toBe(true);
        expect(quartersBefore(quarter, 1, zone).until).toEqual(quarter.from);
        expect(quarterCalled(quarter.name, zone)).toEqual(quarter);
        expect(quartersBefore(quarter, 4, zone).name.slice(4)).toBe(quarter.name.slice(4));
      }),
    );
  });
});
