import type { FieldValue } from '../org.ts';
import type { SObject } from '../schema/sobject.ts';
import type { StoredRow } from './store.ts';
import type { Author } from './writer.ts';

type Fields = Readonly<Record<string, FieldValue>>;

/** A row that is being created, or changed if there was one before. */
export interface RowChange {
  sobject: SObject;
  row: StoredRow;
  before: StoredRow | undefined;
  by: Author;
}

/** What runs around every save, in Salesforce's order: before the rules are checked, and after the row is written. */
export interface Triggers {
  /** The fields that are to be saved otherwise than the author said. Throws OrgError: nothing is saved. */
  beforeSave(change: RowChange): Fields;
  /** Throws OrgError: the save is undone. */
  afterSave(change: RowChange): void;
}
