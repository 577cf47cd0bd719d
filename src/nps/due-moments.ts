import { dateOfDay, dayOfDate } from './days.ts';

/** Where a trigger's moments come from: records of an object, a date of theirs, and how far from it to ask. */
export interface MomentSource {
  object: string;
  dateField: string;
  /** Whole days from the date to the survey; negative before it. */
  offsetDays: number;
  /** SOQL, without WHERE; null takes every record with a date. */
  condition: string | null;
  accountField: string;
  contactField: string | null;
  /** Cumulative usage whose crossing is the moment; null for everything but usage milestones. */
  threshold: number | null;
}

/** Days of a source's date field (YYYY-MM-DD, both included). */
export interface Dates {
  from: string;
  to: string;
}

/**
 * Which dates make a survey due today or within the look-back before today, never before the trigger's first day;
 * undefined when there are none. `today` counts UTC days from 1970-01-01.
 */
export function dueDates(
  offsetDays: number,
  activeFrom: string | null,
  today: number,
  lookBackDays: number,
): Dates | undefined {
  const firstDue = Math.max(
    today - lookBackDays,
    activeFrom === null ? Number.NEGATIVE_INFINITY : dayOfDate(activeFrom),
  );
  if (firstDue > today) return undefined;
  return { from: dateOfDay(firstDue - offsetDays), to: dateOfDay(today - offsetDays) };
}
