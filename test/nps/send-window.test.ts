import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { isOpen, nextOpening, sendWindowOf, zoneOf } from '../../src/nps/send-window.ts';

const WORKING_HOURS = { days: [1, 2, 3, 4, 5], from: 480, until: 1080 };

describe('a send window', () => {
  it.each([
    ['Mon-Fri 08:00-18:00', WORKING_HOURS],
    ['mon-fri 8:00 - 18:00', WORKING_HOURS],
    ['Sat-Mon 09:30-24:00', { days: [1, 6, 7], from: 570, until: 1440 }],
    ['Mon,Wed, Fri 00:00-00:30', { days: [1, 3, 5], from: 0, until: 30 }],
    ['Tue 10:00-11:00', { days: [2], from: 600, until: 660 }],
    ['Mon-Fri', undefined],
    ['08:00-18:00', undefined],
    ['Mon-Fry 08:00-18:00', undefined],
    ['Mon-Fri 18:00-08:00', undefined],
    ['Mon-Fri 08:00-08:00', undefined],
    ['Mon-Fri 08:60-18:00', undefined],
    ['Mon-Fri 08:00-24:01', undefined],
    ['', undefined],
  ])('"%s"', (words, window) => {
    expect(sendWindowOf(words)).toEqual(window);
  });

  it.each([
    ['inside it', '2026-11-25T10:00:00+01:00', 'Europe/Berlin', '2026-11-25T10:00:00+01:00'],
    ['early in the morning', '2026-11-25T05:00:00+01:00', 'Europe/Berlin', '2026-11-25T08:00:00+01:00'],
    ['on its last second', '2026-11-25T17:59:59+01:00', 'Europe/Berlin', '2026-11-25T17:59:59+01:00'],
    ['on its end', '2026-11-25T18:00:00+01:00', 'Europe/Berlin', '2026-11-26T08:00:00+01:00'],
    ['on Friday evening', '2026-11-27T20:00:00-05:00', 'America/New_York', '2026-11-30T08:00:00-05:00'],
    [
      'over the weekend that ends summer time',
      '2026-10-24T12:00:00+02:00',
      'Europe/Berlin',
      '2026-10-26T08:00:00+01:00',
    ],
    ['over the weekend that begins it', '2027-03-13T12:00:00-05:00', 'America/New_York', '2027-03-15T08:00:00-04:00'],
    ['in a zone of half hours', '2026-11-25T00:00:00Z', 'Asia/Kolkata', '2026-11-25T08:00:00+05:30'],
  ])('%s', (_, at, zone, opens) => {
    expect(nextOpening(new Date(at), zone, WORKING_HOURS)).toEqual(new Date(opens));
  });

  it('that the clocks jump into opens when they have; one that they jump over waits for the next day', () => {
    const saturday = new Date('2027-03-27T12:00:00+01:00');
    const daily = { days: [1, 2, 3, 4, 5, 6, 7], from: 150, until: 240 };
    expect(nextOpening(saturday, 'Europe/Berlin', daily)).toEqual(new Date('2027-03-28T03:30:00+02:00'));
    expect(nextOpening(saturday, 'Europe/Berlin', { ...daily, until: 180 })).toEqual(
      new Date('2027-03-29T02:30:00+02:00'),
    );
  });

  it('is open when it opens, was closed before, and opens within eight days, whatever zone and season', () => {
    const window = fc
      .record({
        days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        from: fc.integer({ min: 0, max: 1380 }),
        length: fc.integer({ min: 60, max: 1440 }),
      })
      .map(({ days, from, length }) => ({ days, from, until: Math.min(1440, from + length) }));
    const zone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC');
    const at = fc.date({ min: new Date('2026-01-01'), max: new Date('2028-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(
        at,
        zone,
        window,
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        (now, name, hours, part) => {
          const opens = nextOpening(now, name, hours);
          expect(isOpen(opens, name, hours)).toBe(true);
          const wait = opens.getTime() - now.getTime();
          expect(wait).toBeGreaterThanOrEqual(0);
          expect(wait).toBeLessThanOrEqual(15 * 86_400_000);
          if (wait > 0 && !skipsTheOpening(opens, name)) {
            expect(isOpen(new Date(now.getTime() + Math.floor(wait * part)), name, hours)).toBe(false);
          }
        },
      ),
    );
  });
});

/** On the two days a year on which the clocks change, an opening may be an hour off. */
function skipsTheOpening(at: Date, zone: string): boolean {
  const day = DateTime.fromJSDate(at, { zone }).startOf('day');
  return day.offset !== day.plus({ days: 1 }).offset;
}

describe('a time zone', () => {
  it('is the first that is one', () => {
    expect(zoneOf('Europe/Berlin', 'America/New_York')).toBe('Europe/Berlin');
    expect(zoneOf('Berlin', null, undefined, '', 'America/New_York')).toBe('America/New_York');
    expect(zoneOf(null, 'nowhere')).toBe('UTC');
  });
});
