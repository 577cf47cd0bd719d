import type { FieldValue, Row } from './org.ts';
import type { Selected } from './soql/query.ts';

/** What a query found, as rows of values: parents and children are rows again. */
export function plain(fields: Selected['rows'][number]['fields']): Row {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, plainValue(value)]));
}

function plainValue(value: Selected['rows'][number]['fields'][string]): FieldValue | Row | Row[] {
  if (value === null || typeof value !== 'object') return value;
  return 'rows' in value ? value.rows.map((row) => plain(row.fields)) : plain(value.fields);
}
