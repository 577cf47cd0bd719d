import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toSecond, utcDate, utcDay } from '../../src/nps/days.ts';

describe('days', () => {
  it('begin at midnight UTC', () => {
    expect(utcDay(new Date('1970-01-01T23:59:59.999Z'))).toBe(0);
    expect(utcDay(new Date('1970-01-02T00:00:00Z'))).toBe(1);
    expect(utcDay(new Date('1969-12-31T23:59:59.999Z'))).toBe(-1);
  });

  it('are written as Salesforce writes a Date', () => {
    expect(utcDate(new Date('2026-02-28T23:59:59.999Z'))).toBe('2026-02-28');
  });

  it('agree, as a number and as a date', () => {
    const moments = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(moments, (at) => {
        expect(new Date(`${utcDate(at)}T00:00:00Z`).getTime()).toBe(utcDay(at) * 86_400_000);
      }),
    );
  });

  it('lose what Salesforce does not keep of a moment', () => {
    expect(toSecond(new Date('2026-11-22T10:00:00.999Z'))).toEqual(new Date('2026-11-22T10:00:00Z'));
    expect(toSecond(new Date('2026-11-22T10:00:00.000Z'))).toEqual(new Date('2026-11-22T10:00:00Z'));
  });
});
