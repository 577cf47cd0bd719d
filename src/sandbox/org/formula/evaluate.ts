import { ast, extract, type Literal, parse, type Tree } from 'formulon';
import type { FieldValue } from '../org.ts';
import { storable } from '../rows/value.ts';
import type { Field } from '../schema/field.ts';
import { byBranches } from './branches.ts';
import { FormulaError } from './formula-error.ts';

/** A field as a formula meets it, with the value it has there. */
export interface Known {
  field: Pick<Field, 'type' | 'picklist'>;
  value: FieldValue;
}

/** What the names in a formula stand for: `Account__r.Name`, `$User.Id`, or one of the names made below. */
export type Reader = (name: string) => Known | undefined;

// What depends on the moment or on the change is no function of formulon's: it becomes a name that is read like a field.
const MOMENTS: Record<string, string> = { TODAY: 'Moment__today', NOW: 'Moment__now', ISNEW: 'Change__isNew' };
const CHANGES: Record<string, string> = { ISCHANGED: 'Change__isChanged__', PRIORVALUE: 'Change__prior__' };
const CALL =
  /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\b(TODAY|NOW|ISNEW)\s*\(\s*\)|\b(ISCHANGED|PRIORVALUE)\s*\(\s*([\w.]+)\s*\)/gi;

/** A formula's value, stored as the field stores it. Throws FormulaError for what formulon cannot work out. */
export function evaluated(formula: string, field: Field, read: Reader, now: Date): FieldValue {
  const { dataType, value } = result(formula, read, now);
  if (value === null || value === undefined || dataType === 'null') return field.type === 'boolean' ? false : null;
  if (value instanceof Date) {
    const iso = value.toISOString();
    return storable(field, field.type === 'date' ? iso.slice(0, 10) : field.type === 'time' ? iso.slice(11, 19) : iso);
  }
  return storable(field, TEXTS.has(field.type) ? String(value) : value);
}

/** Whether a condition holds. Throws FormulaError. */
export function holds(formula: string, read: Reader, now: Date): boolean {
  return result(formula, read, now).value === true;
}

/** The formula as formulon takes it: what depends on the moment or the change is a name. */
export function withNames(formula: string): string {
  return formula.replace(CALL, (all, moment?: string, change?: string, field?: string) => {
    if (moment) return MOMENTS[moment.toUpperCase()] ?? all;
    return change ? `${CHANGES[change.toUpperCase()]}${field}` : all;
  });
}

function result(written: string, read: Reader, now: Date): Literal {
  const known = prepared.get(written) ?? prepare(written);
  prepared.set(written, known);
  return resultOf(known, valuesOf(known, read, now));
}

/** The formulas of fields and rules; they are few. */
const prepared = new Map<string, Prepared>();

function prepare(written: string): Prepared {
  const formula = withNames(written);
  return { written, formula, tree: ast(formula), names: extract(formula), results: new Map() };
}

/** A formula that was read: formulon reads a text anew each time, which takes longer than to work it out. */
export interface Prepared {
  written: string;
  /** With names for moments and changes. */
  formula: string;
  tree: Tree;
  names: readonly string[];
  /** A formula comes to the same whenever its names stand for the same. */
  results: Map<string, Literal>;
}

const MOST_REMEMBERED = 1000;

/** What the names of a formula stand for now. */
export function valuesOf({ names }: Prepared, read: Reader, now: Date): Record<string, Literal> {
  const values: Record<string, Literal> = {};
  for (const name of names) {
    const known = momentOf(name, now) ?? read(name);
    if (known) values[name] = literal(known);
  }
  return values;
}

/** What a formula comes to with these values. Throws FormulaError for what formulon cannot work out. */
export function resultOf(prepared: Prepared, values: Record<string, Literal>): Literal {
  const { results } = prepared;
  const key = JSON.stringify(values);
  const result = results.get(key) ?? workedOut(prepared, values);
  if (results.size >= MOST_REMEMBERED) results.clear();
  results.set(key, result);
  return result;
}

function workedOut({ written, formula, tree }: Prepared, values: Record<string, Literal>): Literal {
  const hasBlanks = Object.values(values).some(({ value }) => value === null);
  const outcome = hasBlanks ? byBranches(tree, values) : parse(formula, values);
  if (outcome.type === 'literal') return outcome;
  throw new FormulaError(written, outcome.message);
}

function momentOf(name: string, now: Date): Known | undefined {
  const iso = now.toISOString();
  if (name === MOMENTS.TODAY) return { field: { type: 'date', picklist: [] }, value: iso.slice(0, 10) };
  if (name === MOMENTS.NOW) return { field: { type: 'datetime', picklist: [] }, value: iso };
  return undefined;
}

const TEXTS = new Set(['string', 'textarea', 'email', 'phone', 'url', 'picklist', 'reference', 'id']);

function literal({ field, value }: Known): Literal {
  const made = (dataType: string, of: unknown, options: object = {}): Literal => ({
    type: 'literal',
    dataType,
    value: of,
    options,
  });
  switch (field.type) {
    case 'boolean':
      return made('checkbox', value === true);
    case 'picklist':
    case 'multipicklist': {
      const values = field.picklist.map((each) => each.value);
      return value === null ? made('null', null) : made(field.type, value, { values });
    }
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return value === null ? made('null', null) : made('number', value, { length: 18, scale: 9 });
    case 'date':
    case 'datetime':
      return value === null ? made('null', null) : made(field.type, new Date(String(value)));
    case 'time':
      return value === null ? made('null', null) : made('time', new Date(`1970-01-01T${String(value)}`));
    default:
      return made('text', String(value ?? ''), { length: 131_072 });
  }
}
