import type { ConditionWithValueQuery, Query, FieldType as SelectItem } from '@jetstreamapp/soql-parser-js';
import type { FieldValue } from '../org.ts';
import { OrgError, unsupported } from '../org-error.ts';
import type { StoredRow } from '../rows/store.ts';
import { type Field, isLong, field as makeField } from '../schema/field.ts';
import type { Subject } from './condition.ts';
import { sorted } from './order.ts';
import { type Path, resolve, type Scope } from './path.ts';
import { page, type Selection } from './selection.ts';
import { where } from './where.ts';

type Group = StoredRow[];
type Read = (group: Group) => FieldValue;

/** True when the query groups rows or works out something over them. */
export function isAggregate({ groupBy, fields = [] }: Query): boolean {
  return (
    groupBy !== undefined ||
    fields.some((item) => item.type === 'FieldFunctionExpression' && isFunction(item.functionName))
  );
}

/** The groups of an aggregate query as AggregateResult records. */
export function aggregate(scope: Scope, query: Query, rows: StoredRow[], subject: Subject<StoredRow>): Selection[] {
  const keys = [query.groupBy ?? []].flat().map((clause) => {
    if (!('field' in clause)) throw unsupported('functions in GROUP BY');
    const path = resolve(scope, clause.field);
    if (isLong(path.field))
      throw new OrgError('INVALID_FIELD', `field '${path.field.name}' can not be grouped in a query call`);
    return path;
  });
  const columns = columnsOf(scope, query, keys);
  const groups = keys.length === 0 ? [rows] : grouped(rows, keys);
  const kept = query.having ? groups.filter(where(groupSubject(scope, keys, subject), query.having).holds) : groups;
  const inOrder = sorted(kept, query, (clause) =>
    'field' in clause
      ? keyReader(scope, keys, clause.field)
      : functionOf(scope, clause.fn.functionName, clause.fn.parameters).read,
  );
  return page(inOrder, query).map((group) => ({
    type: 'AggregateResult',
    id: undefined,
    fields: Object.fromEntries(columns.map(({ name, read }) => [name, read(group)])),
  }));
}

function grouped(rows: StoredRow[], keys: Path[]): Group[] {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    // Grouping ignores case like every comparison of texts.
    const key = JSON.stringify(keys.map(({ read }) => read(row))).toLowerCase();
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()];
}

function columnsOf(scope: Scope, query: Query, keys: Path[]): { name: string; read: Read }[] {
  let unnamed = 0;
  return (query.fields ?? []).map((item) => {
    if (item.type === 'FieldFunctionExpression') {
      const { read } = functionOf(scope, item.functionName, item.parameters);
      return { name: item.alias ?? `expr${unnamed++}`, read };
    }
    const dotted = groupedName(item);
    const { field } = resolve(scope, dotted);
    const alias = 'alias' in item ? item.alias : undefined;
    return { name: alias ?? field.name, read: keyReader(scope, keys, dotted) };
  });
}

function groupedName(item: SelectItem): string {
  if (item.type === 'Field') return item.field;
  if (item.type === 'FieldRelationship') return [...item.relationships, item.field].join('.');
  throw unsupported('subqueries and TYPEOF in an aggregate query');
}

function keyReader(scope: Scope, keys: Path[], dotted: string): Read {
  const wanted = resolve(scope, dotted);
  const isKey = keys.some(
    ({ field, steps }) => field === wanted.field && steps.every((step, i) => step === wanted.steps[i]),
  );
  if (!isKey) throw new OrgError('MALFORMED_QUERY', `Field must be grouped or aggregated: ${dotted}`);
  return ([first]) => (first ? wanted.read(first) : null);
}

function groupSubject(scope: Scope, keys: Path[], { now, values }: Subject<StoredRow>): Subject<Group> {
  return {
    now,
    values,
    left(condition: ConditionWithValueQuery) {
      if ('fn' in condition)
        return { ...functionOf(scope, condition.fn.functionName, condition.fn.parameters), own: false };
      if (!('field' in condition)) throw unsupported('this condition in HAVING');
      return {
        field: resolve(scope, condition.field).field,
        read: keyReader(scope, keys, condition.field),
        own: false,
      };
    },
  };
}

const NUMBER = makeField('number', 'double', { precision: 18, scale: 9 });

const FUNCTIONS: Record<string, (values: FieldValue[]) => FieldValue> = {
  COUNT: (values) => values.length,
  COUNT_DISTINCT: (values) =>
    new Set(values.map((value) => (typeof value === 'string' ? value.toLowerCase() : value))).size,
  SUM: (values) => (values.length === 0 ? null : total(values)),
  AVG: (values) => (values.length === 0 ? null : total(values) / values.length),
  MIN: (values) => extreme(values, (a, b) => a < b),
  MAX: (values) => extreme(values, (a, b) => a > b),
};

const isFunction = (name: string) => name.toUpperCase() in FUNCTIONS;
const total = (values: FieldValue[]) => values.reduce<number>((sum, value) => sum + Number(value), 0);

function extreme(values: FieldValue[], isBetter: (a: string | number, b: string | number) => boolean): FieldValue {
  return values.reduce<FieldValue>(
    (best, value) => (best === null || isBetter(value as string | number, best as string | number) ? value : best),
    null,
  );
}

function functionOf(scope: Scope, name = '', parameters: readonly unknown[] = []): { field: Field; read: Read } {
  const work = FUNCTIONS[name.toUpperCase()];
  const [parameter] = parameters;
  if (!work) throw unsupported(`the function ${name}()`);
  if (parameter === undefined) return { field: NUMBER, read: (group) => group.length };
  if (typeof parameter !== 'string') throw unsupported('nested functions');
  const path = resolve(scope, parameter);
  const field = name.toUpperCase() === 'MIN' || name.toUpperCase() === 'MAX' ? path.field : NUMBER;
  return { field, read: (group) => work(group.map(path.read).filter((value) => value !== null)) };
}
