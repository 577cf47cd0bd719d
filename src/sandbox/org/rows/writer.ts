import type { EventBus, FieldValue, PublishedEvent } from '../org.ts';
import { OrgError } from '../org-error.ts';
import { recordId } from '../record-id.ts';
import type { Schema } from '../schema/schema.ts';
import type { SObject } from '../schema/sobject.ts';
import { type Body, noSuchColumn, type Permission, readBody } from './body.ts';
import { derived } from './derived.ts';
import { checkReferences, checkRequired, checkUnique } from './rules.ts';
import type { Store, StoredRow } from './store.ts';
import { salesforceDateTime, storable } from './value.ts';

export interface Writer {
  /** Inserts a row, or publishes it when the object is a platform event; returns the id. */
  insert(sobject: string, body: Body, by: Author): string;
  update(sobject: string, id: string, body: Body, by: Author): void;
  upsert(
    sobject: string,
    key: { field: string; value: string },
    body: Body,
    by: Author,
  ): { id: string; created: boolean };
  delete(sobject: string, id: string, by: Author): void;
  publish(event: string, body: Body, publishedBy: PublishedEvent['publishedBy']): string;
}

/** Who writes: the calling user, who becomes owner and author of the row. */
export interface Author extends Permission {
  userId: string;
}

interface Parts {
  schema: Schema;
  store: Store;
  bus: EventBus;
  now: () => Date;
}

/** Writes rows by Salesforce's rules; every call is all or nothing. */
export function makeWriter(parts: Parts): Writer {
  const { schema, store, bus, now } = parts;
  let eventsPublished = 0;

  const insert = (sobject: SObject, body: Body, by: Author): string => {
    const count = store.count(sobject.name) + 1;
    const stamp = salesforceDateTime(now());
    const given = readBody(parts, sobject, body, 'insert', by);
    const fields = { ...defaults(sobject, count), ...given };
    if (sobject.field('OwnerId')) fields.OwnerId ??= by.userId;
    const row = {
      ...fields,
      ...(sobject.field('IsDeleted') ? { IsDeleted: false } : {}),
      ...derived(sobject.name, fields, { schema, store, now: now(), before: undefined }),
      Id: recordId(sobject.keyPrefix, count),
      CreatedDate: given.CreatedDate ?? stamp,
      CreatedById: given.CreatedById ?? by.userId,
      LastModifiedDate: given.LastModifiedDate ?? given.CreatedDate ?? stamp,
      LastModifiedById: given.LastModifiedById ?? by.userId,
      SystemModstamp: stamp,
    };
    checkRequired(sobject, row);
    checkReferences(parts, sobject, fields);
    checkUnique(store, sobject, row);
    store.put(sobject.name, row);
    return row.Id;
  };

  const update = (sobject: SObject, before: StoredRow, changed: Record<string, FieldValue>, userId: string): void => {
    const stamp = salesforceDateTime(now());
    const fields = { ...before, ...changed };
    const row = {
      ...fields,
      ...derived(sobject.name, fields, { schema, store, now: now(), before }),
      LastModifiedDate: stamp,
      LastModifiedById: userId,
      SystemModstamp: stamp,
    };
    checkRequired(sobject, row);
    checkReferences(parts, sobject, changed);
    checkUnique(store, sobject, row);
    store.put(sobject.name, row);
  };

  const remove = (sobject: SObject, row: StoredRow, userId: string): void => {
    store.put(sobject.name, { ...row, IsDeleted: true, SystemModstamp: salesforceDateTime(now()) });
    for (const child of schema.all()) {
      for (const field of child.fields.filter((each) => each.referenceTo.includes(sobject.name))) {
        for (const orphan of store.having(child.name, field.name, [row.Id]) ?? []) {
          if (field.cascadeDelete) remove(child, orphan, userId);
          else store.put(child.name, { ...orphan, [field.name]: null });
        }
      }
    }
  };

  const publish = (sobject: SObject, body: Body, publishedBy: PublishedEvent['publishedBy']): string => {
    const payload = {
      ...defaults(sobject, 0),
      ...readBody(parts, sobject, body, 'insert', { setsAuditFields: false }),
    };
    checkRequired(sobject, payload);
    eventsPublished += 1;
    // Publish After Commit: what is undone is never heard of.
    store.afterCommit(() => bus.publish(sobject.name, payload, publishedBy));
    return recordId('e00', eventsPublished);
  };

  const writer: Writer = {
    insert(name, body, by) {
      const sobject = insertable(schema, name);
      return sobject.kind === 'event' ? publish(sobject, body, 'rest') : insert(sobject, body, by);
    },
    update(name, id, body, by) {
      const sobject = updatable(schema, name);
      update(sobject, existing(store, sobject, id), readBody(parts, sobject, body, 'update', by), by.userId);
    },
    upsert(name, { field: keyName, value }, body, by) {
      const sobject = updatable(schema, name);
      const key = sobject.field(keyName);
      if (!key) throw noSuchColumn(sobject, keyName);
      const found = store.having(sobject.name, key.name, [String(storable(key, value))]) ?? [];
      const [row] = found;
      if (!row) return { id: insert(sobject, { ...body, [key.name]: value }, by), created: true };
      update(sobject, row, readBody(parts, sobject, body, 'update', by), by.userId);
      return { id: row.Id, created: false };
    },
    delete(name, id, by) {
      const sobject = updatable(schema, name);
      store.transaction(() => remove(sobject, existing(store, sobject, id), by.userId));
    },
    publish: (name, body, publishedBy) => publish(insertable(schema, name), body, publishedBy),
  };
  return writer;
}

function insertable(schema: Schema, name: string): SObject {
  const sobject = schema.get(name);
  if (sobject.kind !== 'metadata') return sobject;
  // Custom metadata is deployed or saved in Setup, never written as rows.
  const message = `entity type cannot be inserted: ${sobject.label}`;
  throw new OrgError('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message, { fields: [] });
}

function updatable(schema: Schema, name: string): SObject {
  const sobject = schema.get(name);
  if (sobject.kind === 'standard' || sobject.kind === 'custom') return sobject;
  const message = `entity type cannot be updated: ${sobject.label}`;
  throw new OrgError('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message, { fields: [] });
}

function existing(store: Store, sobject: SObject, id: string): StoredRow {
  const row = store.get(sobject.name, id);
  if (!row) throw new OrgError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', { fields: [] });
  if (row.IsDeleted === true) throw new OrgError('ENTITY_IS_DELETED', 'entity is deleted', { fields: [], status: 404 });
  return row;
}

function defaults(sobject: SObject, count: number): Record<string, FieldValue> {
  const own = sobject.fields.filter(
    ({ type, audit, custom, createable }) => type !== 'id' && !audit && (custom || createable),
  );
  const values = Object.fromEntries(own.map((field) => [field.name, field.defaultValue]));
  for (const { name, autoNumber } of sobject.fields) if (autoNumber) values[name] = autoNumbered(autoNumber, count);
  return values;
}

function autoNumbered(format: string, count: number): string {
  return format.replace(/\{(0+)\}/, (_, zeros: string) => String(count).padStart(zeros.length, '0'));
}
