import { OrgError } from '../org-error.ts';
import type { Store, StoredRow } from '../rows/store.ts';
import type { Schema } from '../schema/schema.ts';
import type { SObject } from '../schema/sobject.ts';
import { type Action, type Grant, together } from './grant.ts';
import type { PermissionSet } from './permission-sets.ts';
import { ADMIN_PROFILE, PROFILES } from './profiles.ts';
import { type RowSharing, rowSharing } from './row-sharing.ts';
import { may, visibleSchema } from './visible-schema.ts';

/** What one user sees and may do, as he is set up at this moment. */
export interface Access extends RowSharing {
  readonly userId: string;
  /** The org as he knows it, without objects and fields that nobody granted him. */
  readonly schema: Schema;
  /** "Set Audit Fields upon Record Creation": lets an admin load rows with the dates they had elsewhere. */
  readonly setsAuditFields: boolean;
  may(action: Action, sobject: SObject): boolean;
  /** Throws when nobody granted him to do that with rows of this kind. */
  check(action: 'create' | 'edit' | 'delete', sobject: SObject): void;
  /** Throws when the row is not his to change, or to delete. */
  checkRow(action: 'edit' | 'delete', sobject: SObject, row: StoredRow): void;
}

interface Parts {
  schema: Schema;
  store: Store;
  permissionSets: ReadonlyMap<string, PermissionSet>;
}

/** Finds out what users may do. What the same profile and sets let one see is worked out once. */
export function accessOf({ schema, store, permissionSets }: Parts): (userId: string) => Access {
  const schemas = new Map<string, { sets: PermissionSet[]; schema: Schema }>();

  const schemaFor = (profile: string, sets: PermissionSet[], grant: Grant): Schema => {
    const key = [profile, ...sets.map(({ name }) => name)].join();
    const known = schemas.get(key);
    // A set that was deployed anew is another object.
    if (known?.sets.every((each, index) => each === sets[index])) return known.schema;
    const made = visibleSchema(schema, grant);
    schemas.set(key, { sets, schema: made });
    return made;
  };

  return (userId) => {
    const profile = profileOf(store, userId);
    const sets = assigned(store, userId).flatMap((name) => permissionSets.get(name) ?? []);
    const ofProfile = PROFILES.get(profile);
    const grant = together(ofProfile ? [ofProfile, ...sets] : sets);
    const isAdmin = profile === ADMIN_PROFILE;
    const rows = isAdmin ? ALL_ROWS : rowSharing({ schema, store, userId, grant });
    const isAllowed = (action: Action, sobject: SObject) => may(grant, action, sobject);
    return {
      ...rows,
      userId,
      schema: isAdmin ? schema : schemaFor(profile, sets, grant),
      setsAuditFields: isAdmin,
      may: isAllowed,
      check(action, sobject) {
        if (!isAllowed(action, sobject)) throw readOnly();
      },
      checkRow(action, sobject, row) {
        if (!rows.sees(sobject, row)) throw outOfReach();
        if (!(action === 'edit' ? rows.edits(sobject, row) : rows.deletes(sobject, row))) throw readOnly();
      },
    };
  };
}

const ALL_ROWS: RowSharing = { sees: () => true, edits: () => true, deletes: () => true };

/** The refusal of a lookup to a record the user does not see. */
export function outOfReach(): OrgError {
  const message = 'insufficient access rights on cross-reference id';
  return new OrgError('INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY', message, { fields: [], status: 403 });
}

function readOnly(): OrgError {
  return new OrgError('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id', {
    fields: [],
    status: 403,
  });
}

function profileOf(store: Store, userId: string): string {
  const id = store.get('User', userId)?.ProfileId;
  return typeof id === 'string' ? String(store.get('Profile', id)?.Name) : '';
}

function assigned(store: Store, userId: string): string[] {
  const assignments = store.having('PermissionSetAssignment', 'AssigneeId', [userId]) ?? [];
  return assignments
    .map(({ PermissionSetId }) => String(store.get('PermissionSet', String(PermissionSetId))?.Name))
    .sort();
}
