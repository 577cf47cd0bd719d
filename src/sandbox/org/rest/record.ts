import { OrgError } from '../org-error.ts';
import { noSuchColumn } from '../rows/body.ts';
import type { StoredRow } from '../rows/store.ts';
import type { SObject } from '../schema/sobject.ts';
import type { Selection } from '../soql/selection.ts';

export const rowUrl = (base: string, sobject: string, id: string) => `${base}/sobjects/${sobject}/${id}`;

/** A whole row as `GET /sobjects/X/id` answers it, or some of its fields. */
export function rowRecord(base: string, sobject: SObject, row: StoredRow, names?: string[]): object {
  const fields = names
    ? names.map((name) => {
        const field = sobject.field(name);
        if (!field) throw noSuchColumn(sobject, name);
        return field;
      })
    : sobject.fields;
  const address = rowUrl(base, sobject.name, row.Id);
  const values = fields.map(({ name, type }) => {
    // Bytes are fetched where this address says.
    const value = type === 'base64' ? `${address}/${name}` : (row[name] ?? null);
    return [name, value] as const;
  });
  return { attributes: attributes(base, sobject.name, row.Id), ...Object.fromEntries(values) };
}

/** A selected row as a query answers it, with attributes on it, on every parent and every child. */
export function selectedRecord(base: string, { type, id, fields }: Selection): object {
  const values = Object.entries(fields).map(([name, value]) => [name, selectedValue(base, value)]);
  return { attributes: id ? attributes(base, type, id) : { type }, ...Object.fromEntries(values) };
}

function selectedValue(base: string, value: Selection['fields'][string]): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (!('rows' in value)) return selectedRecord(base, value);
  return { totalSize: value.rows.length, done: true, records: value.rows.map((row) => selectedRecord(base, row)) };
}

/** The names in a `fields=A,B` parameter; undefined asks for all. */
export function fieldNames(list: string | null): string[] | undefined {
  if (list === null) return undefined;
  const names = list.split(',').map((name) => name.trim());
  if (names.some((name) => name === '')) throw new OrgError('INVALID_FIELD', 'The list of fields has an empty name.');
  return names;
}

function attributes(base: string, type: string, id: string) {
  return { type, url: rowUrl(base, type, id) };
}
