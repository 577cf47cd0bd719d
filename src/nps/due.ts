import { DateTime, IANAZone } from 'luxon';

/** When a company works: minutes after midnight by ISO weekday (1 = Monday), closed where absent; holidays as YYYY-MM-DD. */
export interface BusinessCalendar {
  hours: ReadonlyMap<number, { opens: number; closes: number }>;
  holidays: ReadonlySet<string>;
}

export const ALWAYS_OPEN: BusinessCalendar = {
  hours: new Map([1, 2, 3, 4, 5, 6, 7].map((weekday) => [weekday, { opens: 0, closes: 1440 }])),
  holidays: new Set(),
};

const DAYS_TO_LOOK_AHEAD = 366;

/**
 * When an answer must have been followed up: so many elapsed hours after it, moved to the next business hour of the
 * owner's zone when that falls outside. A calendar that never opens leaves the hours as they are.
 */
export function followUpDue(respondedAt: Date, hours: number, zone: string, calendar: BusinessCalendar): Date {
  const due = DateTime.fromJSDate(respondedAt, { zone: IANAZone.isValidZone(zone) ? zone : 'utc' }).plus({ hours });
  for (let ahead = 0; ahead < DAYS_TO_LOOK_AHEAD; ahead += 1) {
    const day = due.startOf('day').plus({ days: ahead });
    const open = calendar.holidays.has(day.toISODate() ?? '') ? undefined : calendar.hours.get(day.weekday);
    if (!open) continue;
    const opens = atMinute(day, open.opens);
    const closes = atMinute(day, open.closes);
    if (due <= opens) return opens.toJSDate();
    if (due < closes) return due.toJSDate();
  }
  return due.toJSDate();
}

/** The day of a moment on the wall calendar of a zone, as Task.ActivityDate wants it (YYYY-MM-DD). */
export function dateIn(zone: string, at: Date): string {
  const there = DateTime.fromJSDate(at, { zone: IANAZone.isValidZone(zone) ? zone : 'utc' });
  return there.toISODate() ?? at.toISOString().slice(0, 10);
}

/** A moment on the wall clock of a zone, for people: "2027-01-05 14:00". */
export function timeIn(zone: string, at: Date): string {
  return DateTime.fromJSDate(at, { zone: IANAZone.isValidZone(zone) ? zone : 'utc' }).toFormat('yyyy-MM-dd HH:mm');
}

/** By the wall clock, so that nine o'clock stays nine o'clock on the day the clocks change. */
function atMinute(day: DateTime, minute: number): DateTime {
  return minute >= 1440 ? day.plus({ days: 1 }) : day.set({ hour: Math.floor(minute / 60), minute: minute % 60 });
}
