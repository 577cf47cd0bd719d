import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { ALWAYS_OPEN, type BusinessCalendar, dateIn, followUpDue } from '../../src/nps/due.ts';

const NINE_TO_FIVE = { opens: 9 * 60, closes: 17 * 60 };
const weekdays = (...days: number[]) => new Map(days.map((day) => [day, NINE_TO_FIVE]));
const OFFICE: BusinessCalendar = { hours: weekdays(1, 2, 3, 4, 5), holidays: new Set() };
const NEVER_OPEN: BusinessCalendar = { hours: new Map(), holidays: new Set() };

const at = (local: string, zone: string) => DateTime.fromISO(local, { zone }).toJSDate();
const dueIn = (zone: string, local: string, calendar = OFFICE) =>
  DateTime.fromJSDate(followUpDue(at(local, zone), 24, zone, calendar), { zone }).toFormat("yyyy-MM-dd'T'HH:mm");

describe('a follow-up is due', () => {
  it.each([
    ['after 24 hours within business hours', '2026-11-17T10:30', '2026-11-18T10:30'],
    ['at the next opening when 24 hours later is the evening', '2026-11-17T20:00', '2026-11-19T09:00'],
    ['at the opening when 24 hours later is early', '2026-11-17T06:00', '2026-11-18T09:00'],
    ['at the opening itself', '2026-11-17T09:00', '2026-11-18T09:00'],
    ['on the next day when 24 hours later is closing time', '2026-11-17T17:00', '2026-11-19T09:00'],
    ['on Monday for an answer of Friday', '2026-11-20T11:00', '2026-11-23T09:00'],
    ['on Monday for an answer of Sunday morning, before opening', '2026-11-22T08:00', '2026-11-23T09:00'],
  ])('%s', (_, answered, due) => {
    expect(dueIn('America/New_York', answered)).toBe(due);
  });

  it('after the holidays, however many', () => {
    const closed = { ...OFFICE, holidays: new Set(['2026-12-24', '2026-12-25', '2026-12-28']) };
    expect(dueIn('Europe/Berlin', '2026-12-23T10:00', closed)).toBe('2026-12-29T09:00');
  });

  it.each([
    ['spring, when a day has 23 hours', '2026-03-28T10:00', '2026-03-29T11:00'],
    ['autumn, when a day has 25 hours', '2026-10-24T10:00', '2026-10-25T09:00'],
  ])('24 elapsed hours later in %s', (_, answered, due) => {
    expect(dueIn('Europe/Berlin', answered, { ...OFFICE, hours: weekdays(1, 2, 3, 4, 5, 6, 7) })).toBe(due);
  });

  it('at nine by the wall clock on the day the clocks change', () => {
    const sundays = { ...OFFICE, hours: weekdays(7) };
    expect(dueIn('Europe/Berlin', '2026-03-25T10:00', sundays)).toBe('2026-03-29T09:00');
    expect(dueIn('Europe/Berlin', '2026-10-21T10:00', sundays)).toBe('2026-10-25T09:00');
  });

  it("by the owner's day, not by anybody else's", () => {
    const answered = new Date('2026-11-19T22:00:00Z');
    expect(followUpDue(answered, 24, 'Asia/Tokyo', OFFICE)).toEqual(at('2026-11-23T09:00', 'Asia/Tokyo'));
    expect(followUpDue(answered, 24, 'America/Los_Angeles', OFFICE)).toEqual(new Date('2026-11-20T22:00:00Z'));
  });

  it.each([
    ['never opens', NEVER_OPEN],
    ['is always open', ALWAYS_OPEN],
  ])('after exactly 24 hours when the calendar %s', (_, calendar) => {
    const answered = new Date('2026-11-20T22:17:43Z');
    expect(followUpDue(answered, 24, 'Asia/Kathmandu', calendar)).toEqual(new Date('2026-11-21T22:17:43Z'));
  });

  it('by UTC when the zone is unknown', () => {
    const answered = new Date('2026-11-17T02:00:00Z');
    expect(followUpDue(answered, 24, 'Mars/Olympus', OFFICE)).toEqual(new Date('2026-11-18T09:00:00Z'));
  });

  it('at the first open quarter of an hour from 24 hours on, in any zone and week', () => {
    const QUARTER_MS = 900_000;
    const zones = ['UTC', 'America/New_York', 'Europe/Berlin', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia'];
    const hours = fc
      .tuple(fc.integer({ min: 24, max: 60 }), fc.integer({ min: 61, max: 96 }))
      .map(([opens, closes]) => ({ opens: opens * 15, closes: closes * 15 }));
    const week = fc.dictionary(fc.constantFrom('1', '2', '3', '4', '5', '6', '7'), hours, { minKeys: 1 });
    const quarters = fc.integer({ min: 0, max: 366 * 96 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), week, quarters, fc.boolean(), (zone, days, quarter, nextDayIsHoliday) => {
        const answered = new Date(Date.UTC(2026, 0, 1) + quarter * QUARTER_MS);
        const holidays = nextDayIsHoliday ? [dateIn(zone, new Date(answered.getTime() + 96 * QUARTER_MS))] : [];
        const calendar = {
          hours: new Map(Object.entries(days).map(([day, times]) => [Number(day), times])),
          holidays: new Set(holidays),
        };
        const isOpen = (there: DateTime) => {
          const times = calendar.holidays.has(there.toFormat('yyyy-MM-dd'))
            ? undefined
            : calendar.hours.get(there.weekday);
          const minute = there.hour * 60 + there.minute;
          return times !== undefined && minute >= times.opens && minute < times.closes;
        };
        let expected = DateTime.fromJSDate(answered, { zone }).plus({ hours: 24 });
        while (!isOpen(expected)) expected = expected.plus({ minutes: 15 });
        expect(followUpDue(answered, 24, zone, calendar)).toEqual(expected.toJSDate());
      }),
      { numRuns: 60 },
    );
  });
});

describe('the date of a moment', () => {
  it.each([
    ['Pacific/Kiritimati', '2026-11-23'],
    ['America/Los_Angeles', '2026-11-22'],
    ['Mars/Olympus', '2026-11-22'],
  ])('in %s is %s', (zone, date) => {
    expect(dateIn(zone, new Date('2026-11-22T12:00:00Z'))).toBe(date);
  });
});
