import type { Access } from '../access/access.ts';
import type { FieldValue } from '../org.ts';
import { OrgError } from '../org-error.ts';
import type { Field } from '../schema/field.ts';
import type { Schema } from '../schema/schema.ts';
import type { SObject } from '../schema/sobject.ts';
import type { Store } from './store.ts';
import { storable } from './value.ts';

/** The JSON object a client sent for a row. */
export type Body = Readonly<Record<string, unknown>>;

/** Who writes, as far as a body is concerned: the fields he knows and may write. */
export type Knowledge = Pick<Access, 'schema' | 'setsAuditFields'>;

/** The storable values of a body by canonical field names. Throws for unknown, read-only and unreadable fields. */
export function readBody(
  store: Store,
  name: string,
  body: Body,
  change: 'insert' | 'update',
  { schema, setsAuditFields }: Knowledge,
): Record<string, FieldValue> {
  const sobject = schema.get(name);
  const values: Record<string, FieldValue> = {};
  const notWritable: string[] = [];
  for (const [name, given] of Object.entries(body)) {
    if (name === 'attributes') continue;
    const field = sobject.field(name);
    const parent = field ? undefined : sobject.relationship(name);
    const written = field ?? parent;
    if (!written) throw noSuchColumn(sobject, name);
    const writable =
      change === 'insert' ? written.createable || (written.audit && setsAuditFields) : written.updateable;
    if (!writable) notWritable.push(written.name);
    else values[written.name] = parent ? parentId(schema, store, parent, given) : storable(written, given);
  }
  if (notWritable.length > 0) {
    const message = `Unable to create/update fields: ${notWritable.join(', ')}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`;
    throw new OrgError('INVALID_FIELD_FOR_INSERT_UPDATE', message, { fields: notWritable });
  }
  return values;
}

export function noSuchColumn(sobject: SObject, name: string): OrgError {
  return new OrgError('INVALID_FIELD', `No such column '${name}' on sobject of type ${sobject.name}`);
}

/** The id a `"Survey__r": { "Survey_Key__c": "..." }` in a body points at. */
function parentId(schema: Schema, store: Store, relationship: Field, given: unknown): FieldValue {
  if (given === null) return null;
  const keys = typeof given === 'object' ? Object.entries(given).filter(([name]) => name !== 'attributes') : [];
  const [key] = keys;
  const targets = relationship.referenceTo.flatMap((target) => schema.find(target) ?? []);
  const parent = targets.find((target) => key && target.field(key[0]));
  const field = key && parent?.field(key[0]);
  if (!parent || !key || keys.length > 1 || !field || !(field.externalId || field.name === 'Id')) {
    const message = `The relationship ${relationship.relationshipName} must name its parent by one external id field.`;
    throw new OrgError('INVALID_FIELD', message, { fields: [] });
  }
  const [found] = store.having(parent.name, field.name, [String(storable(field, key[1]))]) ?? [];
  if (found) return found.Id;
  const message = `Foreign key external ID: ${String(key[1]).toLowerCase()} not found for field ${field.name} in entity ${parent.name}`;
  throw new OrgError('INVALID_FIELD', message);
}
