import type { ConditionWithValueQuery, LiteralType, Query } from '@jetstreamapp/soql-parser-js';
import type { FieldValue } from '../org.ts';
import { OrgError, unsupported } from '../org-error.ts';
import { type Field, isLong } from '../schema/field.ts';
import { type Comparable, comparable, isId, type Literal, likePattern, literal } from './literal.ts';

export interface Only {
  field: string;
  values: string[];
}

/** A condition ready to be asked of a row (or, in HAVING, of a group). */
export interface Test<T> {
  holds(subject: T): boolean;
  /** Only a row with one of these values in this field of its own can pass; each entry holds by itself. */
  only: Only[];
}

/** What conditions are about: how a condition's left side is read, and what a subquery selects. */
export interface Subject<T> {
  left(condition: ConditionWithValueQuery): { field: Field; read(subject: T): FieldValue; own: boolean };
  values(query: Query): FieldValue[];
  now: Date;
}

/** One condition, `Name LIKE 'a%'`. */
export function condition<T>(subject: Subject<T>, written: ConditionWithValueQuery): Test<T> {
  if (!('operator' in written)) throw unsupported('this condition');
  const { field, read, own } = subject.left(written);
  if (isLong(field)) throw new OrgError('INVALID_FIELD', `field '${field.name}' can not be filtered in a query call`);
  const { operator } = written;
  const value = (row: T) => comparable(field, read(row));
  if (operator === 'LIKE') return like(field, value, 'value' in written ? written.value : undefined);
  if (operator === 'IN' || operator === 'NOT IN') {
    const literals = listed(subject, field, written);
    const isIn = among(literals);
    if (operator === 'NOT IN') return { holds: (row) => !isIn(value(row)), only: [] };
    return { holds: (row) => isIn(value(row)), only: indexable(field, own, literals) };
  }
  const [single] = listed(subject, field, written);
  const compare = COMPARISONS[operator];
  if (!single || !compare) throw unsupported(`the operator ${operator}`);
  return { holds: (row) => compare(value(row), single), only: operator === '=' ? indexable(field, own, [single]) : [] };
}

// Text in a field of the row itself may be found by index; the store knows which fields have one.
function indexable(field: Field, own: boolean, literals: Literal[]): Only[] {
  const values = literals.map((each) => ('value' in each ? each.value : null));
  if (!own || !values.every((each) => typeof each === 'string')) return [];
  return [{ field: field.name, values }];
}

function listed<T>(subject: Subject<T>, field: Field, written: ConditionWithValueQuery): Literal[] {
  if ('valueQuery' in written) {
    if (!isId(field))
      throw new OrgError('MALFORMED_QUERY', 'The left operand of a semi join must be an id or reference field');
    return subject.values(written.valueQuery).map((value) => ({ value: comparable(field, value) }));
  }
  if (!('value' in written)) throw unsupported('this condition');
  const raws = [written.value].flat();
  const types = [written.literalType ?? 'STRING'].flat();
  return raws.map((raw, index) =>
    literal(field, raw, (types[index] ?? types[0] ?? 'STRING') as LiteralType, subject.now),
  );
}

function like<T>(field: Field, value: (row: T) => Comparable | null, pattern: string | string[] | undefined): Test<T> {
  if (isId(field)) throw new OrgError('INVALID_QUERY_FILTER_OPERATOR', 'invalid operator on id field');
  if (typeof pattern !== 'string') throw unsupported('LIKE with a list');
  const matches = likePattern(pattern);
  return { holds: (row) => value(row) !== null && matches.test(String(value(row))), only: [] };
}

function among(literals: Literal[]): (value: Comparable | null) => boolean {
  const values = new Set(literals.map((each) => ('value' in each ? each.value : undefined)));
  const spans = literals.filter((each) => 'from' in each);
  return (value) => values.has(value) || spans.some((span) => COMPARISONS['=']?.(value, span) === true);
}

// Null is neither smaller nor greater nor equal to anything, and different from everything.
const COMPARISONS: Record<string, (value: Comparable | null, to: Literal) => boolean> = {
  '=': (value, to) => ('value' in to ? value === to.value : value !== null && value >= to.from && value < to.to),
  '!=': (value, to) => !COMPARISONS['=']?.(value, to),
  '<': (value, to) => below(value, 'value' in to ? to.value : to.from),
  '>=': (value, to) => notBelow(value, 'value' in to ? to.value : to.from),
  '>': (value, to) => ('value' in to ? below(to.value, value) : notBelow(value, to.to)),
  '<=': (value, to) => ('value' in to ? notBelow(to.value, value) : below(value, to.to)),
};

const below = (value: Comparable | null, limit: Comparable | null) => value !== null && limit !== null && value < limit;
const notBelow = (value: Comparable | null, limit: Comparable | null) =>
  value !== null && limit !== null && value >= limit;
