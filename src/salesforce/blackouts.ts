import { z } from 'zod';
import { utcDate } from '../nps/days.ts';
import type { Blackout } from '../nps/settings.ts';
import { linesOf } from './rows.ts';

/** Two days of one kind: dates, or days of every year. */
const BLACKOUT = /^(\d{4}-\d{2}-\d{2}|\d{2}-\d{2})\s*\.\.\s*(\d{4}-\d{2}-\d{2}|\d{2}-\d{2})(?:\s+(.*))?$/;
const A_LEAP_YEAR = '2028-';

/** The days on which nobody is asked, a span a line. */
export const blackouts = z
  .string()
  .nullable()
  .transform((value, context): Blackout[] =>
    linesOf(value).flatMap((line) => {
      const [, from = '', to = '', reason = 'a blackout'] = BLACKOUT.exec(line) ?? [];
      const isYearly = from.length === 'MM-DD'.length;
      const days = isYearly ? [A_LEAP_YEAR + from, A_LEAP_YEAR + to] : [from, to];
      if (from.length === to.length && days.every(isDate) && (isYearly || from <= to)) return [{ from, to, reason }];
      context.addIssue({
        code: 'custom',
        message: `has the line "${line}", which is no span like 2026-12-20..2027-01-05 Holidays or, every year, 12-20..01-05 Holidays`,
      });
      return [];
    }),
  );

/** True for a day that is in the calendar. */
function isDate(date: string): boolean {
  const at = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && utcDate(at) === date;
}
