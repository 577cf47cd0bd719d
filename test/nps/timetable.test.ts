import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everyDayAt, everyHourAt, everyMinutes, lastFireTime } from '../../src/nps/timetable.ts';

const at = (time: string) => new Date(`2026-11-18T${time}Z`);
const DAYS_AGO = new Date('2026-11-15T00:00:00Z');

describe('a timetable', () => {
  it.each([
    ['every five minutes', everyMinutes(5), '12:04:59', '12:00:00'],
    ['every five minutes, at the very moment', everyMinutes(5), '12:05:00', '12:05:00'],
    ['every hour at seven past', everyHourAt(7), '12:06:59', '11:07:00'],
    ['every hour at seven past, after it', everyHourAt(7), '12:59:59', '12:07:00'],
    ['every day at half past two, after it', everyDayAt(2, 30), '12:00:00', '02:30:00'],
  ])('fires %s', (_, timetable, until, fired) => {
    expect(lastFireTime(timetable, DAYS_AGO, at(until))).toEqual(at(fired));
  });

  it('fires on the day before what comes later today', () => {
    expect(lastFireTime(everyDayAt(14, 30), DAYS_AGO, at('12:00:00'))).toEqual(new Date('2026-11-17T14:30:00Z'));
  });

  it('does not fire twice for one time', () => {
    expect(lastFireTime(everyHourAt(7), at('12:07:00'), at('13:06:59'))).toBeUndefined();
  });

  it('fires once in every period, however often it is looked at', () => {
    const timetables = fc.oneof(
      fc.constantFrom(5, 10, 15).map(everyMinutes),
      fc.nat(59).map(everyHourAt),
      fc.tuple(fc.nat(23), fc.nat(59)).map(([hour, minute]) => everyDayAt(hour, minute)),
    );
    const looks = fc.array(fc.integer({ min: 1, max: 40 * 60_000 }), { minLength: 100, maxLength: 200 });
    fc.assert(
      fc.property(timetables, looks, (timetable, steps) => {
        const fired: number[] = [];
        let looked = DAYS_AGO;
        for (const step of steps) {
          const now = new Date(looked.getTime() + Math.min(step, timetable.period));
          const time = lastFireTime(timetable, looked, now);
          if (time) fired.push(time.getTime());
          looked = now;
        }
        const gaps = fired.slice(1).map((time, index) => time - (fired[index] ?? 0));
        expect(gaps.every((gap) => gap === timetable.period)).toBe(true);
      }),
    );
  });
});
