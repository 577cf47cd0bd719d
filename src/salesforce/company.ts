import type { Organization } from '../loop/ports.ts';
import { ALWAYS_OPEN, type BusinessCalendar } from '../nps/due.ts';
import type { Calls, Row } from './calls.ts';
import { text } from './rows.ts';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** What an org says about its company; it changes seldom. */
export interface Company {
  organization: Omit<Organization, 'postalAddress'>;
  calendar: BusinessCalendar;
}

export async function readCompany(calls: Calls): Promise<Company> {
  const hours = WEEKDAYS.flatMap((day) => [`${day}StartTime`, `${day}EndTime`]);
  const rows = await calls.select({
    organization: 'SELECT Id, Name, IsSandbox, TimeZoneSidKey FROM Organization',
    hours: `SELECT ${hours} FROM BusinessHours WHERE IsDefault = true AND IsActive = true`,
    holidays: 'SELECT ActivityDate FROM Holiday WHERE IsAllDay = true AND ActivityDate != null',
  });
  const [row] = rows.organization;
  return {
    organization: {
      id: text(row?.Id),
      name: text(row?.Name),
      isSandbox: row?.IsSandbox === true,
      timeZone: text(row?.TimeZoneSidKey),
    },
    calendar: calendarOf(rows.hours[0], rows.holidays),
  };
}

function calendarOf(hours: Row | undefined, holidays: readonly Row[]): BusinessCalendar {
  if (!hours) return ALWAYS_OPEN;
  const open = WEEKDAYS.flatMap((day, index) => {
    const opens = minuteOf(hours[`${day}StartTime`]);
    const closes = minuteOf(hours[`${day}EndTime`]);
    // Salesforce writes a day that is open around the clock as midnight to midnight.
    return opens === null || closes === null
      ? []
      : [[index + 1, { opens, closes: closes === 0 ? 1440 : closes }] as const];
  });
  return { hours: new Map(open), holidays: new Set(holidays.map((row) => text(row.ActivityDate))) };
}

/** Minutes after midnight of a Salesforce time, "09:30:00.000Z"; null on a day without hours. */
function minuteOf(time: Row[string]): number | null {
  const parts = /^(\d{2}):(\d{2})/.exec(text(time));
  return parts ? Number(parts[1]) * 60 + Number(parts[2]) : null;
}
