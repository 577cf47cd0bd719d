import { DateTime, type DateTimeUnit } from 'luxon';
import { unsupported } from '../org-error.ts';

/** From the first moment to the one after the last. */
export interface Span {
  from: Date;
  to: Date;
}

/**
 * The span a SOQL date literal stands for ("Date Formats and Date Literals" of the SOQL reference). Days begin at
 * midnight of the calling user's zone, which is UTC for the users this org starts with; weeks begin on Sunday.
 */
export function spanOf(literal: string, now: Date): Span {
  const [word = '', count] = literal.toUpperCase().split(':');
  const counted = /^(LAST|NEXT)_N_(DAY|WEEK|MONTH|QUARTER|YEAR)S$/.exec(word);
  const ago = /^N_(DAY|WEEK|MONTH|QUARTER|YEAR)S_AGO$/.exec(word);
  const one = /^(LAST|THIS|NEXT)_(WEEK|MONTH|QUARTER|YEAR)$/.exec(word);
  const day = ['YESTERDAY', 'TODAY', 'TOMORROW'].indexOf(word);
  const n = Number(count ?? 1);
  if (day >= 0) return units('DAY', now, day - 1, day);
  if (one) return oneUnit(one[1], one[2] ?? '', now);
  if (ago) return units(ago[1] ?? '', now, -n, -n + 1);
  if (counted) return many(counted[1], counted[2] ?? '', n, now);
  if (word === 'LAST_90_DAYS') return many('LAST', 'DAY', 90, now);
  if (word === 'NEXT_90_DAYS') return many('NEXT', 'DAY', 90, now);
  throw unsupported(`the date literal ${literal}`);
}

function oneUnit(which: string | undefined, unit: string, now: Date): Span {
  const first = which === 'LAST' ? -1 : which === 'NEXT' ? 1 : 0;
  return units(unit, now, first, first + 1);
}

function many(which: string | undefined, unit: string, n: number, now: Date): Span {
  // LAST_N_DAYS includes today; longer units leave the running one out.
  if (which === 'LAST') return units(unit, now, -n, unit === 'DAY' ? 1 : 0);
  return units(unit, now, 1, n + 1);
}

function units(unit: string, now: Date, first: number, end: number): Span {
  const name = unit.toLowerCase() as DateTimeUnit;
  const start = DateTime.fromJSDate(now, { zone: 'utc' }).setLocale('en-US').startOf(name, { useLocaleWeeks: true });
  const plus = (count: number) => start.plus({ [`${name}s`]: count }).toJSDate();
  return { from: plus(first), to: plus(end) };
}
