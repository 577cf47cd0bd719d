import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateOfDay, dayOfDate } from '../../src/nps/days.ts';
import { dueDates } from '../../src/nps/due-moments.ts';

const today = dayOfDate('2026-11-22');

describe('the dates that are due', () => {
  it.each([
    ['45 days after the start', 45, null, { from: '2026-10-01', to: '2026-10-08' }],
    ['75 days before the end', -75, null, { from: '2027-01-29', to: '2027-02-05' }],
    ['on the day', 0, null, { from: '2026-11-15', to: '2026-11-22' }],
    ['only since the trigger is active', 0, '2026-11-20', { from: '2026-11-20', to: '2026-11-22' }],
    ['by when they are due, not by their own day', 45, '2026-11-22', { from: '2026-10-08', to: '2026-10-08' }],
  ])('count %s', (_, offset, activeFrom, dates) => {
    expect(dueDates(offset, activeFrom, today, 7)).toEqual(dates);
  });

  it('are none before the first day of the trigger', () => {
    expect(dueDates(45, '2026-11-23', today, 7)).toBeUndefined();
  });

  it('hold exactly the anchors whose survey is due within the look-back and not before the first day', () => {
    const days = fc.integer({ min: -400, max: 400 });
    fc.assert(
      fc.property(days, fc.option(days), days, fc.integer({ min: 0, max: 30 }), (offset, first, anchor, lookBack) => {
        const activeFrom = first === null ? null : dateOfDay(today + first);
        const dates = dueDates(offset, activeFrom, today, lookBack);
        const due = anchor + offset;
        const wanted = due <= 0 && due >= -lookBack && (first === null || due >= first);
        const date = dateOfDay(today + anchor);
        expect(dates !== undefined && date >= dates.from && date <= dates.to).toBe(wanted);
      }),
    );
  });
});
