import type { FieldValue } from '../org.ts';
import { OrgError } from '../org-error.ts';
import type { Store, StoredRow } from '../rows/store.ts';
import type { Field } from '../schema/field.ts';
import type { Schema } from '../schema/schema.ts';
import type { SObject } from '../schema/sobject.ts';

/** A field as a query names it, perhaps through parents: `Account__r.Owner.Name`. */
export interface Path {
  /** The lookups on the way, outermost first; empty for a field of the row itself. */
  steps: Field[];
  field: Field;
  read(row: StoredRow): FieldValue;
}

/** Where names are looked up: the object a query reads, and how it may be called there. */
export interface Scope {
  /** As the asking user knows it. */
  schema: Schema;
  store: Store;
  view: View;
  sobject: SObject;
  alias: string | undefined;
  soql: string;
}

/** What the asking user sees. */
export interface View {
  schema: Schema;
  sees(sobject: SObject, row: StoredRow): boolean;
  /** With the values of its formula fields. */
  filled(row: StoredRow): StoredRow;
  /** `queryAll` also reads what is in the recycle bin. */
  includesDeleted: boolean;
}

const MAX_PARENTS = 5;
/** A parent of several possible kinds is read as the "Name" object, which has these fields only. */
const NAME_FIELDS = new Set(
  ['Id', 'Name', 'FirstName', 'LastName', 'Alias', 'Email', 'Phone', 'Title', 'Type', 'Username', 'IsActive'].map(
    lower,
  ),
);

/** Finds a field by its dotted name; throws INVALID_FIELD in Salesforce's words. */
export function resolve(scope: Scope, dotted: string): Path {
  const names = dotted.split('.');
  const [first = ''] = names;
  const own = [scope.alias, scope.sobject.name].some((name) => name !== undefined && lower(name) === lower(first));
  if (own && names.length > 1 && !scope.sobject.relationship(first)) names.shift();
  const name = names.pop() ?? '';
  if (names.length > MAX_PARENTS) {
    throw new OrgError('INVALID_FIELD', `maximum relationship depth is ${MAX_PARENTS}: ${dotted}`);
  }
  let candidates = [scope.sobject];
  const steps = names.map((relationship) => {
    const step = firstOf(candidates, (each) => each.relationship(relationship));
    if (!step) throw unknownRelationship(scope, dotted, relationship);
    candidates = step.referenceTo.flatMap((target) => scope.schema.find(target) ?? []);
    // Of an object he may not read, not even the way there is known.
    if (candidates.length === 0) throw unknownRelationship(scope, dotted, relationship);
    return step;
  });
  const isPolymorphic = (steps.at(-1)?.referenceTo.length ?? 1) > 1;
  const field =
    isPolymorphic && !NAME_FIELDS.has(lower(name)) ? undefined : firstOf(candidates, (each) => each.field(name));
  if (!field) throw unknownField(scope, dotted, name, isPolymorphic ? 'Name' : (candidates[0]?.name ?? ''));
  return { steps, field, read: reader(scope, steps, field) };
}

/** The row a lookup of this row points at; undefined when it is empty, its row is gone, or not for the user to see. */
export function parentOf({ schema, store, view }: Scope, row: StoredRow, step: Field): StoredRow | undefined {
  const id = row[step.name];
  const target = typeof id === 'string' ? schema.ofId(id) : undefined;
  if (!target || typeof id !== 'string') return undefined;
  const parent = store.get(target.name, id);
  if (!parent || parent.IsDeleted === true || !view.sees(target, parent)) return undefined;
  return view.filled(parent);
}

function reader(scope: Scope, steps: Field[], { name }: Field): (row: StoredRow) => FieldValue {
  if (steps.length === 0) return (row) => row[name] ?? null;
  return (row) => {
    let at: StoredRow | undefined = row;
    for (const step of steps) at = at && parentOf(scope, at, step);
    return at?.[name] ?? null;
  };
}

function firstOf<T>(sobjects: SObject[], pick: (sobject: SObject) => T | undefined): T | undefined {
  for (const sobject of sobjects) {
    const picked = pick(sobject);
    if (picked) return picked;
  }
  return undefined;
}

const REFERENCE = 'Please reference your WSDL or the describe call for the appropriate names.';

function unknownField({ soql }: Scope, dotted: string, name: string, entity: string): OrgError {
  const advice = `If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. ${REFERENCE}`;
  return new OrgError(
    'INVALID_FIELD',
    pointing(soql, dotted, `No such column '${name}' on entity '${entity}'. ${advice}`),
  );
}

function unknownRelationship({ soql }: Scope, dotted: string, name: string): OrgError {
  const advice = `If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. ${REFERENCE}`;
  return new OrgError(
    'INVALID_FIELD',
    pointing(soql, dotted, `Didn't understand relationship '${name}' in field path. ${advice}`),
  );
}

/** A message with the place in the query it is about, as Salesforce draws it. */
export function pointing(soql: string, at: string, message: string): string {
  const column = Math.max(soql.toLowerCase().indexOf(lower(at)), 0) + 1;
  return `\n${soql}\n${' '.repeat(column - 1)}^\nERROR at Row:1:Column:${column}\n${message}`;
}

function lower(text: string): string {
  return text.toLowerCase();
}
