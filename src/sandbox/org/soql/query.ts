import { parseQuery, type Query, type FieldType as SelectItem } from '@jetstreamapp/soql-parser-js';
import { OrgError, unsupported } from '../org-error.ts';
import type { Store, StoredRow } from '../rows/store.ts';
import type { Field } from '../schema/field.ts';
import type { SObject } from '../schema/sobject.ts';
import { aggregate, isAggregate } from './aggregate.ts';
import type { Subject, Test } from './condition.ts';
import { ordered } from './order.ts';
import { type Path, parentOf, pointing, resolve, type Scope, type View } from './path.ts';
import { type Children, page, type Selection } from './selection.ts';
import { where } from './where.ts';

export interface Selected {
  rows: Selection[];
  /** Set by `SELECT COUNT()`, which answers a size and no records. */
  count?: number;
}

interface Parts {
  store: Store;
  now: () => Date;
}

type Select = (soql: string, view: View) => Selected;

/** SOQL over the rows a user sees. Throws OrgError with Salesforce's codes and words. */
export function makeQuery(parts: Parts): Select {
  return (soql, view) => {
    const query = parsed(soql);
    const scope = scopeOf(parts, view, query, soql);
    refuseUnsupported(query);
    const found = matching(parts, scope, query);
    if (isCountOnly(query))
      return {
        rows: [{ type: 'AggregateResult', id: undefined, fields: { expr0: found.length } }],
        count: found.length,
      };
    if (isAggregate(query)) return { rows: aggregate(scope, query, found, subjectOf(parts, scope)) };
    return { rows: recordsOf(parts, scope, query, found) };
  };
}

/** The found rows in order, with the fields that were asked for and the children below them. */
function recordsOf(parts: Parts, scope: Scope, query: Query, found: StoredRow[]): Selection[] {
  const items = query.fields ?? [];
  const paths = items.filter((item) => item.type !== 'FieldSubquery').map((item) => resolve(scope, selectedName(item)));
  const below = items.flatMap((item) =>
    item.type === 'FieldSubquery' ? [childReader(parts, scope, item.subquery)] : [],
  );
  return page(ordered(scope, query, found), query).map((row) => {
    const record = selection(scope, row, paths);
    for (const { name, read } of below) record.fields[name] = read(row);
    return record;
  });
}

function parsed(soql: string): Query {
  try {
    return parseQuery(soql);
  } catch (error) {
    throw new OrgError('MALFORMED_QUERY', error instanceof Error ? error.message : String(error));
  }
}

function scopeOf({ store }: Parts, view: View, query: Query, soql: string): Scope {
  const sobject = view.schema.find(query.sObject ?? '');
  if (!sobject || sobject.kind === 'event') {
    const advice =
      "If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.";
    throw new OrgError(
      'INVALID_TYPE',
      pointing(soql, query.sObject ?? '', `sObject type '${query.sObject}' is not supported. ${advice}`),
    );
  }
  return { schema: view.schema, store, view, sobject, alias: query.sObjectAlias, soql };
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
  const { view, sobject } = scope;
  const test = query.where ? where(subjectOf(parts, scope), query.where) : EVERY_ROW;
  if (sobject.name === 'ContentDocumentLink') requireLinkFilter(test);
  return [...candidates(scope, test)]
    .filter((row) => view.sees(sobject, row))
    .map(view.filled)
    .filter((row) => test.holds(row));
}

const EVERY_ROW: Test<StoredRow> = { holds: () => true, only: [] };

/** Files are too many to be looked through: a query must say which record or which file. */
function requireLinkFilter({ only }: Test<StoredRow>): void {
  if (only.some(({ field }) => field === 'ContentDocumentId' || field === 'LinkedEntityId')) return;
  throw new OrgError(
    'MALFORMED_QUERY',
    "Implementation restriction: ContentDocumentLink requires a filter by a single Id on ContentDocumentId or LinkedEntityId using the equals operator or multiple Id's using the IN operator.",
  );
}

// An index where there is one: a query for two rows must not read ten thousand.
function candidates({ store, sobject, view }: Scope, test: Test<StoredRow>): Iterable<StoredRow> {
  if (view.includesDeleted) return store.all(sobject.name);
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
      const inner = scopeOf(parts, scope.view, query, scope.soql);
      const [item, ...more] = query.fields ?? [];
      if (!item || more.length > 0) throw new OrgError('MALFORMED_QUERY', 'A semi join selects exactly one field.');
      const { read } = resolve(inner, selectedName(item));
      return matching(parts, inner, query)
        .map(read)
        .filter((value) => value !== null);
    },
  };
}

/** Reads what a subquery selects below a row, null when there is nothing. */
function childReader(parts: Parts, scope: Scope, query: Query & { relationshipName?: string }) {
  const asked = query.relationshipName ?? '';
  const [child, field] = childRelationship(scope, asked);
  const inner = { ...scopeOf(parts, scope.view, { ...query, sObject: child.name }, scope.soql) };
  const test = query.where ? where(subjectOf(parts, inner), query.where) : EVERY_ROW;
  const read = ({ Id }: StoredRow): Children | null => {
    const found = (scope.store.having(child.name, field.name, [Id]) ?? [])
      .filter((row) => scope.view.sees(child, row))
      .map(scope.view.filled)
      .filter((row) => test.holds(row));
    const rows = recordsOf(parts, inner, query, found);
    return rows.length > 0 ? { rows } : null;
  };
  return { name: field.childRelationshipName ?? asked, read };
}

function childRelationship({ schema, sobject, soql }: Scope, asked: string): [SObject, Field] {
  for (const child of schema.all()) {
    for (const field of child.fields) {
      const isAsked = field.childRelationshipName?.toLowerCase() === asked.toLowerCase();
      if (isAsked && field.referenceTo.includes(sobject.name)) return [child, field];
    }
  }
  const advice =
    "If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.";
  const message = `Didn't understand relationship '${asked}' in FROM part of query call. ${advice}`;
  throw new OrgError('INVALID_TYPE', pointing(soql, asked, message));
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
      throw unsupported('subqueries for child records in an aggregate query');
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
      if (field.type === 'base64') throw unsupported(`${field.name} in a field list`);
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
