import type { OrderByClause, Query } from '@jetstreamapp/soql-parser-js';
import type { FieldValue } from '../org.ts';
import { OrgError, unsupported } from '../org-error.ts';
import type { StoredRow } from '../rows/store.ts';
import { isLong } from '../schema/field.ts';
import { resolve, type Scope } from './path.ts';

/** Rows in the order the query asks for; without one, oldest first. */
export function ordered(scope: Scope, query: Query, rows: StoredRow[]): StoredRow[] {
  return sorted(rows, query, (clause) => {
    if (!('field' in clause)) throw unsupported('functions in ORDER BY without GROUP BY');
    const { field, read } = resolve(scope, clause.field);
    if (isLong(field)) throw new OrgError('INVALID_FIELD', `field '${field.name}' can not be sorted in a query call`);
    return read;
  });
}

/** Sorts by the ORDER BY clauses; nulls come first unless the query says otherwise, whatever the direction. */
export function sorted<T>(rows: T[], query: Query, reader: (clause: OrderByClause) => (row: T) => FieldValue): T[] {
  const clauses = [query.orderBy ?? []].flat().map((clause) => {
    return { read: reader(clause), sign: clause.order === 'DESC' ? -1 : 1, nullsLast: clause.nulls === 'LAST' };
  });
  return [...rows].sort((a, b) => {
    for (const { read, sign, nullsLast } of clauses) {
      const [left, right] = [sortable(read(a)), sortable(read(b))];
      if (left === right) continue;
      if (left === null) return nullsLast ? 1 : -1;
      if (right === null) return nullsLast ? -1 : 1;
      return left < right ? -sign : sign;
    }
    return 0;
  });
}

const sortable = (value: FieldValue) => (typeof value === 'string' ? value.toLowerCase() : value);
