import { DateTime } from 'luxon';
import { STANDARD_PROFILE } from '../access/profiles.ts';
import type { FieldValue } from '../org.ts';
import type { Schema } from '../schema/schema.ts';
import { derivedVersion } from './files.ts';
import type { Store } from './store.ts';
import { salesforceDateTime } from './value.ts';

type Fields = Record<string, FieldValue>;

interface Around {
  schema: Schema;
  store: Store;
  now: Date;
  /** The row before this change; undefined on insert. */
  before: Readonly<Fields> | undefined;
}

/** The fields Salesforce works out by itself, from the row as it is about to be stored. */
export function derived(sobject: string, row: Readonly<Fields>, around: Around): Fields {
  return DERIVATIONS[sobject]?.(row, around) ?? {};
}

const DERIVATIONS: Record<string, (row: Readonly<Fields>, around: Around) => Fields> = {
  User: (row, { store }) => ({
    Name: fullName(row),
    Alias: row.Alias ?? String(row.LastName).slice(0, 8).toLowerCase(),
    ProfileId: row.ProfileId ?? [...store.live('Profile')].find(({ Name }) => Name === STANDARD_PROFILE)?.Id ?? null,
  }),
  Contact: (row) => ({
    Name: fullName(row),
    IsEmailBounced: row.EmailBouncedDate != null || row.EmailBouncedReason != null,
  }),
  Contract: (row) => ({
    EndDate: contractEnd(row.StartDate, row.ContractTerm),
    StatusCode: row.Status === 'In Approval Process' ? 'InApproval' : (row.Status ?? null),
  }),
  Opportunity: (row) => ({
    IsClosed: row.StageName === 'Closed Won' || row.StageName === 'Closed Lost',
    IsWon: row.StageName === 'Closed Won',
  }),
  Case: (row, { now, before }) => {
    const isClosed = row.Status === 'Closed';
    return { IsClosed: isClosed, ClosedDate: since(isClosed, row.ClosedDate, before?.IsClosed, now) };
  },
  Task: (row, around) => {
    const isClosed = row.Status === 'Completed';
    return {
      IsClosed: isClosed,
      CompletedDateTime: since(isClosed, row.CompletedDateTime, around.before?.IsClosed, around.now),
      IsHighPriority: row.Priority === 'High',
      AccountId: accountOf(row, around),
    };
  },
  ContentVersion: (row, { store, before }) => derivedVersion(row, store, before),
  Event: (row, around) => ({ AccountId: accountOf(row, around) }),
};

function fullName(row: Readonly<Fields>): string {
  return [row.FirstName, row.LastName].filter(Boolean).join(' ');
}

// A term of whole months that begins on the first day ends on the day before the next one begins.
function contractEnd(start: FieldValue | undefined, months: FieldValue | undefined): FieldValue {
  if (typeof start !== 'string' || typeof months !== 'number') return null;
  return DateTime.fromISO(start, { zone: 'utc' }).plus({ months }).minus({ days: 1 }).toISODate();
}

// A reopened case loses its date, and gets a new one when it closes again.
function since(isSo: boolean, at: FieldValue | undefined, wasSo: FieldValue | undefined, now: Date): FieldValue {
  if (!isSo) return null;
  return wasSo === true || wasSo === undefined ? (at ?? salesforceDateTime(now)) : salesforceDateTime(now);
}

// Read-only in Salesforce: from WhatId when that is an Account or belongs to one, else from WhoId's contact.
function accountOf(row: Readonly<Fields>, { schema, store }: Around): FieldValue {
  const through = (id: FieldValue | undefined): FieldValue => {
    const sobject = typeof id === 'string' ? schema.ofId(id) : undefined;
    if (!sobject || typeof id !== 'string') return null;
    if (sobject.name === 'Account') return id;
    const toAccount = sobject.fields.find((each) => each.name !== 'ParentId' && each.referenceTo.includes('Account'));
    return (toAccount && store.get(sobject.name, id)?.[toAccount.name]) ?? null;
  };
  return through(row.WhatId) ?? through(row.WhoId);
}
