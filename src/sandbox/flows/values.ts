import type { FieldValue } from '../org/org.ts';
import type { Field, FieldType } from '../org/schema/field.ts';
import type { SObject } from '../org/schema/sobject.ts';

/** A row as a flow holds it: the fields it read or filled. Whoever is given it has a copy of his own. */
export interface FlowRecord {
  readonly sobject: string;
  readonly fields: Readonly<Record<string, FieldValue>>;
}

export type FlowItem = FieldValue | FlowRecord;
/** What a resource of a flow holds: a value, a record, or a collection of one kind. */
export type FlowValue = FlowItem | readonly FlowItem[];

/** What a resource may hold, known before the flow runs. */
export type ValueType =
  | { readonly kind: 'plain'; readonly field: Pick<Field, 'type' | 'picklist'>; readonly isCollection: boolean }
  | {
      readonly kind: 'record';
      readonly sobject: SObject;
      readonly isCollection: boolean;
      /** The fields a Get Records element reads, if it names them; the others are not there. */
      readonly read?: ReadonlySet<Field>;
    };

export const plain = (type: FieldType, isCollection = false): ValueType => ({
  kind: 'plain',
  field: { type, picklist: [] },
  isCollection,
});

export const recordOf = (sobject: SObject, isCollection = false, read?: ReadonlySet<Field>): ValueType => ({
  kind: 'record',
  sobject,
  isCollection,
  ...(read ? { read } : {}),
});

export function isRecord(value: FlowValue): value is FlowRecord {
  return typeof value === 'object' && value !== null && 'sobject' in value;
}

export function isCollection(value: FlowValue): value is readonly FlowItem[] {
  return Array.isArray(value);
}

/** The items of a collection; none when it was never filled. */
export function itemsOf(value: FlowValue): readonly FlowItem[] {
  if (isCollection(value)) return value;
  return value === null ? [] : [value];
}

/** A value that is neither a record nor a collection; these count as nothing where one value is needed. */
export function plainValue(value: FlowValue): FieldValue {
  return typeof value === 'object' ? null : value;
}

const TEXTS: ReadonlySet<FieldType> = new Set(['string', 'textarea', 'email', 'phone', 'url', 'picklist'] as const);

/** A value as a field of that type takes it from a flow: texts take everything, dates and times each other. */
export function takenAs(type: FieldType, given: FlowValue): FieldValue {
  const value = plainValue(given);
  if (value === null) return null;
  if (TEXTS.has(type)) return String(value);
  if (type === 'date') return String(value).slice(0, 10);
  if (type === 'datetime' && String(value).length === 10) return `${value}T00:00:00.000+0000`;
  return value;
}

/** The fields of a record; none when there is no record. */
export function fieldsOf(value: FlowValue | undefined): FlowRecord['fields'] {
  return value !== undefined && isRecord(value) ? value.fields : {};
}

/** The record with one field set; a record that was never filled begins with it. */
export function withField(record: FlowValue, sobject: string, name: string, value: FieldValue): FlowRecord {
  return { sobject, fields: { ...fieldsOf(record), [name]: value } };
}
