import { DateTime, IANAZone } from 'luxon';

/** A calendar quarter in the org's time zone. */
export interface Quarter {
  /** As people write it, and as it is asked for: `2027-Q1`. */
  name: string;
  from: Date;
  /** The moment the next one begins. */
  until: Date;
}

const NAME = /^(\d{4})-Q([1-4])$/;
const MONTHS = 3;

/** The quarter of that name, `2027-Q1`; undefined when it is no such name. */
export function quarterCalled(name: string, zone: string): Quarter | undefined {
  const [, year, quarter] = NAME.exec(name) ?? [];
  if (year === undefined) return undefined;
  const month = (Number(quarter) - 1) * MONTHS + 1;
  return starting(DateTime.fromObject({ year: Number(year), month }, { zone: known(zone) }));
}

/** The quarter a moment lies in. */
export function quarterOf(at: Date, zone: string): Quarter {
  return starting(DateTime.fromJSDate(at, { zone: known(zone) }).startOf('quarter'));
}

/** The quarter so many quarters before this one. */
export function quartersBefore({ from }: Quarter, quarters: number, zone: string): Quarter {
  return starting(DateTime.fromJSDate(from, { zone: known(zone) }).minus({ months: quarters * MONTHS }));
}

export function liesIn({ from, until }: Pick<Quarter, 'from' | 'until'>, at: Date): boolean {
  return at >= from && at < until;
}

function starting(start: DateTime): Quarter {
  const until = start.plus({ months: MONTHS });
  return { name: `${start.year}-Q${start.quarter}`, from: start.toJSDate(), until: until.toJSDate() };
}

function known(zone: string): string {
  return IANAZone.isValidZone(zone) ? zone : 'utc';
}
