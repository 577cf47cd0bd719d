import { OrgError } from '../org-error.ts';
import type { Field } from '../schema/field.ts';
import type { Schema } from '../schema/schema.ts';
import type { SObject } from '../schema/sobject.ts';
import type { Store, StoredRow } from './store.ts';
import { salesforceDateTime } from './value.ts';

/** Deletes a row with its details, and empties the lookups that pointed at it. */
export function remover(parts: { schema: Schema; store: Store; now: () => Date }) {
  const { schema, store, now } = parts;

  const pointingAt = function* (sobject: SObject, id: string): Generator<[SObject, Field, StoredRow]> {
    for (const child of schema.all()) {
      for (const field of child.fields.filter((each) => each.referenceTo.includes(sobject.name))) {
        for (const row of store.having(child.name, field.name, [id]) ?? []) yield [child, field, row];
      }
    }
  };

  return function remove(sobject: SObject, row: StoredRow): void {
    for (const [child, field, kept] of pointingAt(sobject, row.Id)) {
      if (field.restrictedDelete) throw inUse(row, child, kept);
    }
    // Assignments and other set-up have no recycle bin.
    if (sobject.field('IsDeleted')) {
      store.put(sobject.name, { ...row, IsDeleted: true, SystemModstamp: salesforceDateTime(now()) });
    } else {
      store.forget(sobject.name, row.Id);
    }
    for (const [child, field, orphan] of [...pointingAt(sobject, row.Id)]) {
      if (field.cascadeDelete) remove(child, orphan);
      else store.put(child.name, { ...orphan, [field.name]: null });
    }
  };
}

function inUse({ Id, Name }: StoredRow, { labelPlural }: SObject, kept: StoredRow): OrgError {
  const named = `${Name ?? Id}`;
  const message = `Your attempt to delete ${named} could not be completed because it is associated with the following ${labelPlural.toLowerCase()}.: ${kept.Name ?? kept.Id}\n`;
  return new OrgError('DELETE_FAILED', message, { fields: [] });
}
