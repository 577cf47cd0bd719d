import type { FieldValue } from '../org.ts';
import { OrgError } from '../org-error.ts';
import type { Field } from '../schema/field.ts';
import type { Schema } from '../schema/schema.ts';
import type { SObject } from '../schema/sobject.ts';
import type { Store } from './store.ts';

type Fields = Readonly<Record<string, FieldValue>>;

/** Throws REQUIRED_FIELD_MISSING with every missing field, as Salesforce does. */
export function checkRequired(sobject: SObject, row: Fields): void {
  const missing = sobject.fields.filter((field) => field.required && (row[field.name] ?? null) === null);
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name);
  throw new OrgError('REQUIRED_FIELD_MISSING', `Required fields are missing: [${names.join(', ')}]`, { fields: names });
}

/** Throws unless the changed lookups point at live rows of the right kind. */
export function checkReferences(parts: { schema: Schema; store: Store }, sobject: SObject, changed: Fields): void {
  for (const field of sobject.fields) {
    const id = changed[field.name];
    if (field.type === 'reference' && typeof id === 'string') checkReference(parts, sobject, field, id);
  }
}

function checkReference(
  { schema, store }: { schema: Schema; store: Store },
  from: SObject,
  field: Field,
  id: string,
): void {
  const target = schema.ofId(id);
  if (target && !field.referenceTo.includes(target.name)) {
    const message = `${field.label}: id value of incorrect type: ${id}`;
    throw new OrgError('FIELD_INTEGRITY_EXCEPTION', message, { fields: [field.name] });
  }
  const parent = target && store.get(target.name, id);
  if (!parent) throw new OrgError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', { fields: [] });
  if (parent.IsDeleted === true) throw new OrgError('ENTITY_IS_DELETED', 'entity is deleted', { fields: [] });
  if (field.name === 'OwnerId' && parent.IsActive === false) {
    const message = `operation performed with inactive user [${id.slice(0, 15)}] as owner of ${from.name.toLowerCase()}`;
    throw new OrgError('INACTIVE_OWNER_OR_USER', message, { fields: [] });
  }
}

/** Throws DUPLICATE_VALUE when another live row has the same value in a unique field, whatever its case. */
export function checkUnique(store: Store, sobject: SObject, row: Fields & { Id: string }): void {
  if (sobject.name === 'PermissionSetAssignment') checkAssignment(store, row);
  for (const { name, unique } of sobject.fields) {
    const value = row[name];
    if (!unique || value === null || value === undefined) continue;
    const other = store.having(sobject.name, name, [String(value)])?.find(({ Id }) => Id !== row.Id);
    if (!other) continue;
    const message = `duplicate value found: ${name} duplicates value on record with id: ${other.Id.slice(0, 15)}`;
    throw new OrgError('DUPLICATE_VALUE', message, { fields: [] });
  }
}

/** A permission set is assigned to somebody once. */
function checkAssignment(store: Store, row: Fields & { Id: string }): void {
  const given = store.having('PermissionSetAssignment', 'AssigneeId', [String(row.AssigneeId)]) ?? [];
  if (!given.some(({ Id, PermissionSetId }) => Id !== row.Id && PermissionSetId === row.PermissionSetId)) return;
  const message = `Duplicate PermissionSetAssignment. Assignee: ${row.AssigneeId}; Permission Set: ${row.PermissionSetId}`;
  throw new OrgError('DUPLICATE_VALUE', message, { fields: ['AssigneeId', 'PermissionSetId'] });
}
