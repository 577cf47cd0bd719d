import type { Store, StoredRow } from '../rows/store.ts';
import type { Schema } from '../schema/schema.ts';
import type { SObject } from '../schema/sobject.ts';
import type { Grant } from './grant.ts';
import { may } from './visible-schema.ts';

/** Which rows a user sees and which he may change, by ownership, roles, defaults and View All / Modify All. */
export interface RowSharing {
  sees(sobject: SObject, row: StoredRow): boolean;
  edits(sobject: SObject, row: StoredRow): boolean;
  deletes(sobject: SObject, row: StoredRow): boolean;
}

interface Parts {
  /** All of it, whatever the user sees. */
  schema: Schema;
  store: Store;
  userId: string;
  grant: Grant;
}

/** Rows that open their account to whoever owns them ("implicit sharing"). */
const OPENS_ITS_ACCOUNT = ['Contact', 'Opportunity', 'Case'];

export function rowSharing({ schema, store, userId, grant }: Parts): RowSharing {
  const roles = memoized((id: string) => rolesAbove(store, id));
  const myRole = store.get('User', userId)?.UserRoleId;
  const isMineOrBelow = memoized((owner: string) => {
    return owner === userId || (typeof myRole === 'string' && roles(owner).includes(myRole));
  });
  const owns = ({ OwnerId }: StoredRow) => typeof OwnerId === 'string' && isMineOrBelow(OwnerId);
  const isActivity = ({ name }: SObject) => name === 'Task' || name === 'Event';

  const parents = (sobject: SObject, row: StoredRow): { parent: SObject; above: StoredRow }[] =>
    controllers(sobject).flatMap((field) => {
      const id = row[field];
      const parent = typeof id === 'string' ? schema.ofId(id) : undefined;
      const above = parent && typeof id === 'string' ? store.get(parent.name, id) : undefined;
      return parent && above ? [{ parent, above }] : [];
    });

  const ownsBelow = ({ name }: SObject, { Id }: StoredRow) =>
    name === 'Account' &&
    OPENS_ITS_ACCOUNT.some((child) => (store.having(child, 'AccountId', [Id]) ?? []).some((row) => owns(row)));

  /** A file is seen by whoever sees one of the records it hangs on. */
  const seesFile = (document: StoredRow[string] | undefined): boolean =>
    (store.having('ContentDocumentLink', 'ContentDocumentId', [String(document)]) ?? []).some(({ LinkedEntityId }) => {
      const record = typeof LinkedEntityId === 'string' ? schema.ofId(LinkedEntityId) : undefined;
      const row = record && store.get(record.name, String(LinkedEntityId));
      if (!record || !row) return false;
      return record.name === 'User' ? row.Id === userId : may(grant, 'read', record) && sharing.sees(record, row);
    });

  const sharing: RowSharing = {
    sees(sobject, row) {
      if (sobject.name === 'ContentDocument') return seesFile(row.Id);
      if (sobject.name === 'ContentVersion' || sobject.name === 'ContentDocumentLink')
        return seesFile(row.ContentDocumentId);
      if (sobject.sharing === 'Read' || sobject.sharing === 'ReadWrite' || sobject.kind === 'metadata') return true;
      if (may(grant, 'viewAll', sobject) || may(grant, 'modifyAll', sobject) || owns(row)) return true;
      const isControlled = sobject.sharing === 'ControlledByParent' || isActivity(sobject);
      if (isControlled && parents(sobject, row).some(({ parent, above }) => sharing.sees(parent, above))) return true;
      return ownsBelow(sobject, row);
    },
    edits(sobject, row) {
      if (sobject.setup) return true;
      if (sobject.sharing === 'ReadWrite' || may(grant, 'modifyAll', sobject) || owns(row)) return true;
      if (sobject.sharing !== 'ControlledByParent') return false;
      return parents(sobject, row).some(({ parent, above }) => sharing.edits(parent, above));
    },
    deletes(sobject, row) {
      // Public Read/Write does not let others delete.
      return sobject.sharing === 'ReadWrite'
        ? may(grant, 'modifyAll', sobject) || owns(row)
        : sharing.edits(sobject, row);
    },
  };
  return sharing;
}

/** The lookups whose records decide who sees a row. */
function controllers(sobject: SObject): string[] {
  if (sobject.name === 'Task' || sobject.name === 'Event') return ['WhatId', 'WhoId'];
  if (sobject.name === 'CampaignMember') return ['CampaignId'];
  if (sobject.name === 'EmailMessage') return ['RelatedToId', 'ActivityId'];
  if (sobject.name === 'EmailMessageRelation') return ['EmailMessageId'];
  if (sobject.kind === 'standard') return ['AccountId'];
  return sobject.fields.filter(({ masterDetail }) => masterDetail).map(({ name }) => name);
}

// The roles above a user's own; not his own: colleagues of one role do not see each other's rows.
function rolesAbove(store: Store, userId: string): string[] {
  const above: string[] = [];
  const own = store.get('User', userId)?.UserRoleId;
  let at = typeof own === 'string' ? store.get('UserRole', own)?.ParentRoleId : undefined;
  while (typeof at === 'string' && !above.includes(at)) {
    above.push(at);
    at = store.get('UserRole', at)?.ParentRoleId;
  }
  return above;
}

function memoized<T>(work: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = work(key);
    known.set(key, made);
    return made;
  };
}
