import { DateTime, IANAZone } from 'luxon';

/** Days and hours in which invitations are sent, in the contact's time. */
export interface SendWindow {
  /** ISO weekdays, 1 is Monday. */
  days: readonly number[];
  /** Minutes after midnight; the last minute is not in it any more. */
  from: number;
  until: number;
}

const DAY_NAMES = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const SHAPE = /^([a-z]{3}(?:-[a-z]{3})?(?:,\s*[a-z]{3}(?:-[a-z]{3})?)*)\s+(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})$/;
const DAY_MINUTES = 1440;

/** Reads `Mon-Fri 08:00-18:00` or `Mon,Wed,Fri 9:00-12:30`; nothing when it says no days or no time between them. */
export function sendWindowOf(words: string): SendWindow | undefined {
  const [all, spans = '', ...times] = SHAPE.exec(words.trim().toLowerCase()) ?? [];
  if (all === undefined) return undefined;
  const days = spans.split(',').flatMap((span) => daysOf(span.trim()));
  const [fromHour = 0, fromMinute = 0, untilHour = 0, untilMinute = 0] = times.map(Number);
  const [from, until] = [fromHour * 60 + fromMinute, untilHour * 60 + untilMinute];
  const isTime = fromMinute < 60 && untilMinute < 60 && from < until && until <= DAY_MINUTES;
  return isTime && !days.includes(0) ? { days: [...new Set(days)].sort(), from, until } : undefined;
}

/** The weekdays of `fri` or `fri-mon`; 0 stands for a day that is none. */
function daysOf(span: string): number[] {
  const [first = 0, last = first] = span.split('-').map((name) => DAY_NAMES.indexOf(name) + 1);
  if (first === 0 || last === 0) return [0];
  const length = ((last - first + 7) % 7) + 1;
  return Array.from({ length }, (_, index) => ((first - 1 + index) % 7) + 1);
}

/** Whether a mail may leave at a moment, by the clock on the wall of a time zone. */
export function isOpen(at: Date, zone: string, { days, from, until }: SendWindow): boolean {
  const local = DateTime.fromJSDate(at, { zone });
  const minute = local.hour * 60 + local.minute;
  return days.includes(local.weekday) && minute >= from && minute < until;
}

/**
 * The first moment from `at` on at which the window is open: `at` itself, or a day's opening. On a day whose clocks go
 * forward over the opening the window opens when they have; a window they skip whole does not open on that day.
 */
export function nextOpening(at: Date, zone: string, window: SendWindow): Date {
  if (isOpen(at, zone, window)) return at;
  const today = DateTime.fromJSDate(at, { zone }).startOf('day');
  const opening = { hour: Math.floor(window.from / 60), minute: window.from % 60 };
  for (let ahead = 0; ; ahead += 1) {
    const opens = today.plus({ days: ahead }).set(opening).toJSDate();
    if (opens > at && isOpen(opens, zone, window)) return opens;
  }
}

/** The first of some names that is a time zone; UTC when none is. */
export function zoneOf(...names: readonly (string | null | undefined)[]): string {
  return names.find((name): name is string => Boolean(name) && IANAZone.isValidZone(name ?? '')) ?? 'UTC';
}
