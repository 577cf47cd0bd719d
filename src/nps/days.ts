/** Milliseconds. */
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** The UTC day of a moment as whole days since 1970-01-01; gaps between surveys are counted in these. */
export function utcDay(at: Date): number {
  return Math.floor(at.getTime() / DAY_MS);
}

/** The UTC day of a moment as Salesforce writes a Date (YYYY-MM-DD). */
export function utcDate(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** A moment as Salesforce keeps a DateTime: whole seconds. */
export function toSecond(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 1000) * 1000);
}

/** The date (YYYY-MM-DD) of a UTC day counted from 1970-01-01. */
export function dateOfDay(day: number): string {
  return utcDate(new Date(day * DAY_MS));
}

/** The UTC day of a date (YYYY-MM-DD), counted from 1970-01-01. */
export function dayOfDate(date: string): number {
  return utcDay(new Date(`${date}T00:00:00Z`));
}
