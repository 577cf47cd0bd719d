import type { Query } from '@jetstreamapp/soql-parser-js';
import type { FieldValue } from '../org.ts';

/** One selected record: what it is, whose it is, and its fields in the order they were asked for. */
export interface Selection {
  type: string;
  /** Undefined for an AggregateResult. */
  id: string | undefined;
  fields: Record<string, FieldValue | Selection | Children>;
}

/** What a subquery selects below a record. */
export interface Children {
  rows: Selection[];
}

/** OFFSET and LIMIT. */
export function page<T>(rows: T[], { offset = 0, limit }: Query): T[] {
  return rows.slice(offset, limit === undefined ? undefined : offset + limit);
}
