import { parseQuery, type Query, type FieldType as SelectItem } from '@jetstreamapp/soql-parser-js';
import { OrgError, unsupported } from '../org-error.ts';
import type { Store, StoredRow } from '../rows/store.ts';
import type { Schema } from '../schema/schema.ts';
import { aggregate, isAggregate } from './aggregate.ts';
import type { Subject, Test } from './condition.ts';
import { ordered } from './order.ts';
import { type Path, parentOf, pointing, resolve, type Scope } from './path.ts';
import { page, type Selection } from './selection.ts';
import { where } from './where.ts';

export interface Selected {
  rows: Selection[];
  /** Set by `SELECT COUNT()`, which answers a size and no records. */
  count?: number;
}

interface Parts {
  schema: Schema;
  store: Store;
  now: () => Date;
}

/** SOQL over the rows of the org. Throws OrgError with Salesforce's codes and words. */
export function makeQuery(parts: Parts): (soql: string) => Selected {
  return (soql) => {
    const query = parsed(soql);
    const scope = scopeOf(parts, query, soql);
    refuseUnsupported(query);
    const found = matching(parts, scope, query);
    if (isCountOnly(query))
      return {
        rows: [{ type: 'AggregateResult', id: undefined, fields: { expr0: found.length } }],
        count: found.length,
      };
    if (isAggregate(query)) return { rows: aggregate(scope, query, found, subjectOf(parts, scope)) };
    const paths = (query.fields ?? []).map((item) => resolve(scope, selectedName(item)));
    const sorted = ordered(scope, query, found);
    return { rows: page(sorted, query).map((row) => selection(scope, row, paths)) };
  };
}

function parsed(soql: string): Query {
  try {
    return parseQuery(soql);
  } catch (error) {
    throw new OrgError('MALFORMED_QUERY', error instanceof Error ? error.message : String(error));
  }
}

function scopeOf({ schema, store }: Parts, query: Query, soql: string): Scope {
  const sobject = schema.find(query.sObject ?? '');
  if (!sobject || sobject.kind === 'event') {
    const advice =
      "If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.";
    throw new OrgError(
      'INVALID_TYPE',
      pointing(soql, query.sObject ?? '', `sObject type '${query.sObject}' is not supported. ${advice}`),
    );
  }
  return { schema, store, sobject, alias: query.sObjectAlias, soql };
}

function refuseUnsupported(query: Query): void {
  if (query.usingScope) throw unsupported('USING SCOPE');
  if (query.for) throw unsupported(`FOR ${query.for}`);
  if (query.update) throw unsupported(`UPDATE ${query.update}`);
  if (query.withDataCategory) throw unsupported('WITH DATA CATEGORY');
  if ((query.offset ?? 0) > 2000)
    throw new OrgError('NUMBER_OUTSIDE_VALID_RANGE', 'Maximum SOQL offset allowed is 2000');
}

/** The rows the WHERE clause lets through, oldest first. */
function matching(parts: Parts, scope: Scope, query: Query): StoredRow[] {
  const { name } = scope.sobject;
  if (!query.where) return [...scope.store.live(name)];
  const test = where(subjectOf(parts, scope), query.where);
  return [...candidates(scope, test)].filter((row) => test.holds(row));
}

// An index where there is one: a query for two rows must not read ten thousand.
function candidates({ store, sobject }: Scope, test: Test<StoredRow>): Iterable<StoredRow> {
  for (const { field, values } of test.only) {
    const found = store.having(sobject.name, field, values);
    if (found) return found.sort((a, b) => (a.Id < b.Id ? -1 : 1));
  }
  return store.live(sobject.name);
}

function subjectOf(parts: Parts, scope: Scope): Subject<StoredRow> {
  return {
    now: parts.now(),
    left(condition) {
      if (!('field' in condition)) throw unsupported('functions in WHERE');
      const { steps, field, read } = resolve(scope, condition.field);
      return { field, read, own: steps.length === 0 };
    },
    values(query) {
      const inner = scopeOf(parts, query, scope.soql);
      const [item, ...more] = query.fields ?? [];
      if (!item || more.length > 0) throw new OrgError('MALFORMED_QUERY', 'A semi join selects exactly one field.');
      const { read } = resolve(inner, selectedName(item));
      return matching(parts, inner, query)
        .map(read)
        .filter((value) => value !== null);
    },
  };
}

function isCountOnly({ fields = [] }: Query): boolean {
  const [only] = fields;
  return fields.length === 1 && only?.type === 'FieldFunctionExpression' && /^count\(\s*\)$/i.test(only.rawValue ?? '');
}

function selectedName(item: SelectItem): string {
  switch (item.type) {
    case 'Field':
      if (item.alias) throw new OrgError('MALFORMED_QUERY', 'only aggregate expressions use field aliasing');
      return item.field;
    case 'FieldRelationship':
      return [...item.relationships, item.field].join('.');
    case 'FieldSubquery':
      throw unsupported('subqueries for child records');
    case 'FieldTypeof':
      throw unsupported('TYPEOF');
    default:
      throw unsupported(`${item.functionName}() in a field list`);
  }
}

function selection(scope: Scope, row: StoredRow, paths: readonly Pick<Path, 'steps' | 'field'>[]): Selection {
  const fields: Selection['fields'] = {};
  for (const { steps, field } of paths) {
    const [step] = steps;
    if (!step) {
      fields[field.name] = row[field.name] ?? null;
      continue;
    }
    const name = step.relationshipName ?? step.name;
    if (name in fields) continue;
    const parent = parentOf(scope, row, step);
    const below = paths
      .filter((path) => path.steps[0] === step)
      .map((path) => ({ ...path, steps: path.steps.slice(1) }));
    fields[name] = parent ? selection(scope, parent, below) : null;
  }
  const type = scope.schema.ofId(row.Id)?.name ?? scope.sobject.name;
  return { type, id: row.Id, fields };
}
