import type { FieldValue } from '../org/org.ts';
import { unsupported } from '../org/org-error.ts';
import type { Field } from '../org/schema/field.ts';
import { spanOf } from '../org/soql/date-literal.ts';
import type { ReportFilter } from './report-file.ts';

/** The moment and the person a report is run for. */
export interface Runner {
  now: Date;
  /** What `$USER` stands for. */
  userName: string;
}

type Holds = (value: FieldValue) => boolean;

/** One filter as a question to a value. Several values separated by commas are alternatives; texts ignore case. */
export function filterOn(field: Field, { operator, value }: ReportFilter, runner: Runner): Holds {
  const compare = OPERATORS[operator];
  if (!compare) throw unsupported(`the report filter operator ${operator}`);
  const values = value.split(',').map((each) => each.trim());
  if (NEGATED.has(operator)) {
    const holds = values.map((each) => comparing(field, each, runner, compare));
    return (given) => !holds.some((one) => one(given));
  }
  const holds = values.map((each) => comparing(field, each, runner, compare));
  return (given) => holds.some((one) => one(given));
}

type Compare = 'equals' | 'before' | 'after' | 'until' | 'from' | 'contains' | 'startsWith';

const OPERATORS: Record<string, Compare> = {
  equals: 'equals',
  notEqual: 'equals',
  lessThan: 'before',
  greaterThan: 'after',
  lessOrEqual: 'until',
  greaterOrEqual: 'from',
  contains: 'contains',
  notContain: 'contains',
  startsWith: 'startsWith',
};
const NEGATED = new Set(['notEqual', 'notContain']);

function comparing(field: Field, wanted: string, runner: Runner, compare: Compare): Holds {
  if (wanted === '') return (value) => value === null || value === '';
  if (field.type === 'boolean') return (value) => (value === true) === ['1', 'true'].includes(wanted.toLowerCase());
  if (field.type === 'date' || field.type === 'datetime') return inTime(wanted, runner.now, compare);
  if (NUMBERS.has(field.type)) return (value) => value !== null && isNumber(Number(value), Number(wanted), compare);
  const text = (wanted === '$USER' ? runner.userName : wanted).toLowerCase();
  return (value) => isText(String(value ?? '').toLowerCase(), text, compare);
}

const NUMBERS = new Set(['int', 'double', 'currency', 'percent']);

function isNumber(value: number, wanted: number, compare: Compare): boolean {
  if (compare === 'before') return value < wanted;
  if (compare === 'after') return value > wanted;
  if (compare === 'until') return value <= wanted;
  return compare === 'from' ? value >= wanted : value === wanted;
}

function isText(value: string, wanted: string, compare: Compare): boolean {
  if (compare === 'contains') return value.includes(wanted);
  return compare === 'startsWith' ? value.startsWith(wanted) : value === wanted;
}

/** A day is the span from its midnight to the next; days begin at midnight UTC, as everywhere in the sandbox. */
function inTime(wanted: string, now: Date, compare: Compare): Holds {
  const { from, to } = /^\d{4}-\d{2}-\d{2}$/.test(wanted) ? dayOf(wanted) : spanOf(wanted, now);
  return (value) => {
    if (value === null) return false;
    const at = Date.parse(String(value).replace('+0000', 'Z'));
    if (compare === 'before') return at < from.getTime();
    if (compare === 'after') return at >= to.getTime();
    if (compare === 'until') return at < to.getTime();
    return at >= from.getTime() && (compare === 'from' || at < to.getTime());
  };
}

function dayOf(date: string) {
  const from = new Date(`${date}T00:00:00Z`);
  return { from, to: new Date(from.getTime() + 86_400_000) };
}
