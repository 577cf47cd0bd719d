import { DateTime } from 'luxon';
import { textOf, type XmlElement } from '../metadata/xml.ts';
import { oneOf } from './readings.ts';
import { onlyKnown, Refused } from './refused.ts';

/** When a scheduled flow runs: by the wall clock of the org's time zone. */
export interface Schedule {
  frequency: 'Once' | 'Daily' | 'Weekly';
  /** `2026-01-01T04:15:00.000`, without a zone. */
  first: string;
}

/** Reads a `schedule` element. Throws Refused for other frequencies and what is no date or time. */
export function readSchedule(element: XmlElement): Schedule {
  onlyKnown(element, 'a schedule', ['frequency', 'startDate', 'startTime']);
  const frequency = oneOf(element, 'frequency', ['Once', 'Daily', 'Weekly']);
  // The Z of a start time means nothing: it is the org's own time.
  const first = `${textOf(element, 'startDate')}T${textOf(element, 'startTime')?.replace(/Z$/, '')}`;
  if (!DateTime.fromISO(first).isValid) throw new Refused(element, `${first} is no date and time to start at.`);
  return { frequency, first };
}

/** The last time it fell due at or before a moment; undefined when it never did. */
export function lastDue(schedule: Schedule, zone: string, moment: Date): Date | undefined {
  return due(schedule, zone, moment, 0);
}

/** The first time it falls due after a moment; undefined when it never will again. */
export function nextDue(schedule: Schedule, zone: string, moment: Date): Date | undefined {
  return due(schedule, zone, moment, 1);
}

function due({ frequency, first }: Schedule, zone: string, moment: Date, later: 0 | 1): Date | undefined {
  const start = DateTime.fromISO(first, { zone });
  const at = DateTime.fromJSDate(moment, { zone });
  if (at < start) return later === 1 ? start.toJSDate() : undefined;
  if (frequency === 'Once') return later === 1 ? undefined : start.toJSDate();
  const unit = frequency === 'Daily' ? 'days' : 'weeks';
  // Added to the start, so that a run keeps its hour when summer time begins or ends.
  let past = Math.floor(at.diff(start, unit).as(unit));
  if (start.plus({ [unit]: past }) > at) past -= 1;
  return start.plus({ [unit]: past + later }).toJSDate();
}
