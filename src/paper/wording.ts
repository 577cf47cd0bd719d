import type { Difference } from '../nps/difference.ts';
import type { Interval } from '../nps/proportions.ts';

const MINUS = '−';
const COMPACT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 });
const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** A score with its sign: +12, 0, −3. */
export function signed(value: number): string {
  const rounded = Math.round(value);
  if (rounded === 0) return '0';
  return rounded < 0 ? `${MINUS}${-rounded}` : `+${rounded}`;
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

export function between({ from, to }: Interval, say: (value: number) => string): string {
  return `${say(from)} to ${say(to)}`;
}

/** An amount of the org's currency, which the org does not tell: 1.2M. */
export function amount(value: number): string {
  return COMPACT.format(value);
}

export function many(count: number, noun: string, several = `${noun}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? noun : several}`;
}

/** `2027-Q1` as people read it. */
export function quarterName(name: string): string {
  return name.replace(/^(\d+)-(Q\d)$/, '$2 $1');
}

export function day(date: string): string {
  return DAY.format(new Date(`${date}T00:00:00Z`));
}

function chance(p: number): string {
  return p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(p < 0.1 ? 3 : 2)}`;
}

/** What a difference proves, without the difference itself; `what` is what there must be twelve of on both sides. */
export function verdict(told: Difference, what: string, unit: (value: number) => string): string {
  if (told.kind === 'too-few') return `Not enough data yet: ${told.least} ${what} are needed on each side.`;
  const interval = between(told.interval, unit);
  return told.kind === 'difference'
    ? `More than chance (${chance(told.p)}; 95 %: ${interval}).`
    : `Chance alone may do that (${chance(told.p)}; 95 %: ${interval}).`;
}
