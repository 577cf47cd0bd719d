import { type Access, outOfReach } from '../access/access.ts';
import type { EventBus, FieldValue, PublishedEvent } from '../org.ts';
import { OrgError } from '../org-error.ts';
import { recordId } from '../record-id.ts';
import type { Schema } from '../schema/schema.ts';
import type { SObject } from '../schema/sobject.ts';
import { type Body, type Knowledge, noSuchColumn, readBody } from './body.ts';
import { defaults } from './defaults.ts';
import { derived } from './derived.ts';
import { publishVersion } from './files.ts';
import { remover } from './removal.ts';
import { checkReferences, checkRequired, checkUnique } from './rules.ts';
import type { Store, StoredRow } from './store.ts';
import type { Triggers } from './triggers.ts';
import type { ValidationRules } from './validation.ts';
import { salesforceDateTime, storable } from './value.ts';

export interface Writer {
  /** Inserts a row, or publishes it when the object is a platform event; returns the id. */
  insert(sobject: string, body: Body, by: Author): string;
  update(sobject: string, id: string, body: Body, by: Author): void;
  /** With `updateOnly` a key that no row has is refused instead of inserted. */
  upsert(sobject: string, key: Key, body: Body, by: Author): { id: string; created: boolean };
  delete(sobject: string, id: string, by: Author): void;
  publish(event: string, body: Body, publishedBy: PublishedEvent['publishedBy']): string;
}

export interface Key {
  field: string;
  value: string;
  updateOnly?: boolean;
}

/** Who writes: he becomes owner and author of the row. */
export interface Author extends Access {
  /** Throws when the row cannot be written just now, whoever asks; called before anything else is looked at. */
  checkWritable(sobject: SObject, row: Readonly<Record<string, FieldValue>>): void;
}

interface Parts {
  schema: Schema;
  store: Store;
  bus: EventBus;
  validation: ValidationRules;
  triggers: Triggers;
  now: () => Date;
}

/** Writes rows by Salesforce's rules; every call is all or nothing. */
export function makeWriter(parts: Parts): Writer {
  const { schema, store, bus, validation, triggers, now } = parts;
  const remove = remover(parts);
  let eventsPublished = 0;

  const insert = (sobject: SObject, body: Body, by: Author): string => {
    by.check('create', sobject);
    const count = store.count(sobject.name) + 1;
    const stamp = salesforceDateTime(now());
    const given = readBody(store, sobject.name, body, 'insert', by);
    by.checkWritable(sobject, given);
    const fields = { ...defaults(sobject, count, now()), ...given };
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
    save(sobject, row, undefined, given, by);
    return row.Id;
  };

  const update = (sobject: SObject, before: StoredRow, body: Body, by: Author): void => {
    by.check('edit', sobject);
    by.checkWritable(sobject, before);
    const changed = readBody(store, sobject.name, body, 'update', by);
    by.checkRow('edit', sobject, before);
    const stamp = salesforceDateTime(now());
    const fields = { ...before, ...changed };
    const row = {
      ...fields,
      ...derived(sobject.name, fields, { schema, store, now: now(), before }),
      LastModifiedDate: stamp,
      LastModifiedById: by.userId,
      SystemModstamp: stamp,
    };
    save(sobject, row, before, changed, by);
  };

  /** Salesforce's order: what runs before the save, the rules, the row, what runs after it; all or nothing. */
  const save = (
    sobject: SObject,
    row: StoredRow,
    before: StoredRow | undefined,
    changed: Readonly<Record<string, FieldValue>>,
    by: Author,
  ): void => {
    store.transaction(() => {
      const amended = amend(sobject, row, before, by);
      checkRequired(sobject, amended.row);
      checkReferences(parts, sobject, { ...changed, ...amended.fields });
      checkReach(sobject, changed, by);
      checkUnique(store, sobject, amended.row);
      validation.check(sobject, amended.row, before, by.userId);
      store.put(sobject.name, amended.row);
      if (sobject.name === 'ContentVersion' && !before) publishVersion(store, amended.row);
      triggers.afterSave({ sobject, row: amended.row, before, by });
    });
  };

  /** The row with what triggers set on it, and what follows from that. */
  const amend = (sobject: SObject, row: StoredRow, before: StoredRow | undefined, by: Author) => {
    const set = triggers.beforeSave({ sobject, row, before, by });
    if (Object.keys(set).length === 0) return { row, fields: set };
    const whoeverSets = { schema, setsAuditFields: false };
    const fields = readBody(store, sobject.name, set, before ? 'update' : 'insert', whoeverSets);
    const amended = { ...row, ...fields };
    return { row: { ...amended, ...derived(sobject.name, amended, { schema, store, now: now(), before }) }, fields };
  };

  /** A lookup may only point at what its author sees, and a detail only join a master he may change. */
  const checkReach = (sobject: SObject, changed: Readonly<Record<string, FieldValue>>, by: Author): void => {
    for (const { name, masterDetail } of sobject.fields.filter(({ type }) => type === 'reference')) {
      const id = changed[name];
      const target = typeof id === 'string' ? schema.ofId(id) : undefined;
      const row = target && typeof id === 'string' ? store.get(target.name, id) : undefined;
      if (!target || !row) continue;
      if (!by.may('read', target) || !by.sees(target, row)) throw outOfReach();
      if (masterDetail && !by.edits(target, row)) throw outOfReach();
    }
  };

  const publish = (sobject: SObject, body: Body, publishedBy: PublishedEvent['publishedBy'], by: Knowledge): string => {
    const payload = { ...defaults(sobject, 0, now()), ...readBody(store, sobject.name, body, 'insert', by) };
    checkRequired(sobject, payload);
    eventsPublished += 1;
    // Publish After Commit: what is undone is never heard of.
    store.afterCommit(() => bus.publish(sobject.name, payload, publishedBy));
    return recordId('e00', eventsPublished);
  };

  /** The whole object behind what the author knows of it. */
  const whole = (name: string, by: Author): SObject => schema.get(by.schema.get(name).name);

  return {
    insert(name, body, by) {
      const sobject = insertable(whole(name, by));
      if (sobject.kind !== 'event') return insert(sobject, body, by);
      by.check('create', sobject);
      return publish(sobject, body, 'rest', { schema: by.schema, setsAuditFields: false });
    },
    update(name, id, body, by) {
      const sobject = updatable(whole(name, by));
      update(sobject, existing(store, sobject, id), body, by);
    },
    upsert(name, { field: keyName, value, updateOnly = false }, body, by) {
      const sobject = updatable(whole(name, by));
      const key = by.schema.get(name).field(keyName);
      if (!key) throw noSuchColumn(sobject, keyName);
      const [row] = store.having(sobject.name, key.name, [String(storable(key, value))]) ?? [];
      if (!row && updateOnly) throw new OrgError('NOT_FOUND', 'The requested resource does not exist', { status: 404 });
      if (!row) return { id: insert(sobject, { ...body, [key.name]: value }, by), created: true };
      update(sobject, row, body, by);
      return { id: row.Id, created: false };
    },
    delete(name, id, by) {
      const sobject = updatable(whole(name, by));
      by.check('delete', sobject);
      const row = existing(store, sobject, id);
      by.checkWritable(sobject, row);
      by.checkRow('delete', sobject, row);
      store.transaction(() => remove(sobject, row));
    },
    publish: (name, body, publishedBy) =>
      publish(insertable(schema.get(name)), body, publishedBy, { schema, setsAuditFields: false }),
  };
}

function insertable(sobject: SObject): SObject {
  if (sobject.kind !== 'metadata') return sobject;
  // Custom metadata is deployed or saved in Setup, never written as rows.
  const message = `entity type cannot be inserted: ${sobject.label}`;
  throw new OrgError('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message, { fields: [] });
}

function updatable(sobject: SObject): SObject {
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
