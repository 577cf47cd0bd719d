import { DAY_MS, HOUR_MS, MINUTE_MS } from './days.ts';

/** When something is done by the clock, in UTC: once in each period, so long after it begins. Milliseconds. */
export interface Timetable {
  period: number;
  after: number;
}

/** At each full hour and every so many minutes after it, of which an hour is made up. */
export const everyMinutes = (minutes: number): Timetable => ({ period: minutes * MINUTE_MS, after: 0 });

export const everyHourAt = (minute: number): Timetable => ({ period: HOUR_MS, after: minute * MINUTE_MS });

export const everyDayAt = (hour: number, minute: number): Timetable => ({
  period: DAY_MS,
  after: hour * HOUR_MS + minute * MINUTE_MS,
});

/** The newest time of a timetable after `from`, up to `until`; undefined when there is none. */
export function lastFireTime({ period, after }: Timetable, from: Date, until: Date): Date | undefined {
  const newest = new Date(Math.floor((until.getTime() - after) / period) * period + after);
  return newest > from ? newest : undefined;
}
