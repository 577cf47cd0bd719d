import { createHash } from 'node:crypto';
import avro from 'avsc';
import type { FieldValue, PublishedEvent } from '../org/org.ts';
import type { Field, FieldType } from '../org/schema/field.ts';

/** How one kind of event travels over the Pub/Sub API. */
export interface EventSchema {
  id: string;
  json: string;
  encode(event: PublishedEvent, createdById: string): Buffer;
  /** Throws when the bytes are not an event of this schema. */
  decode(bytes: Buffer): Record<string, FieldValue>;
}

/**
 * The field types a platform event may have. `doc` names Salesforce's own type, since Avro has none for dates: both a
 * date and a datetime travel as milliseconds since 1970, a date as midnight UTC.
 */
const AVRO: Partial<Record<FieldType, { type: string; doc: string }>> = {
  boolean: { type: 'boolean', doc: 'Data:Boolean' },
  date: { type: 'long', doc: 'Data:DateOnly' },
  datetime: { type: 'long', doc: 'Data:DateTime' },
  double: { type: 'double', doc: 'Data:Double' },
  string: { type: 'string', doc: 'Data:Text' },
  textarea: { type: 'string', doc: 'Data:EscapedTextArea' },
};

/** Throws when a field has a type that Salesforce does not allow in an event. */
export function eventSchema(event: string, fields: readonly Field[]): EventSchema {
  const json = JSON.stringify({
    name: event,
    namespace: 'com.sforce.eventbus',
    type: 'record',
    fields: [
      { name: 'CreatedDate', type: 'long', doc: 'CreatedDate:DateTime' },
      { name: 'CreatedById', type: 'string', doc: 'CreatedBy:EntityId' },
      ...fields.map(avroField),
    ],
  });
  const type = avro.Type.forSchema(JSON.parse(json));
  return {
    id: createHash('sha256').update(json).digest('base64url').slice(0, 22),
    json,
    encode(published, createdById) {
      const record: Record<string, unknown> = { CreatedDate: published.at.getTime(), CreatedById: createdById };
      for (const field of fields) record[field.name] = toWire(field.type, published.payload[field.name] ?? null);
      return type.toBuffer(record);
    },
    decode(bytes) {
      const record: Record<string, FieldValue> = type.fromBuffer(bytes);
      return Object.fromEntries(
        fields
          .map((field): [string, FieldValue] => [field.name, fromWire(field.type, record[field.name] ?? null)])
          .filter(([, value]) => value !== null),
      );
    },
  };
}

function avroField({ name, type, required }: Field): object {
  const known = AVRO[type];
  if (!known)
    throw new Error(`The event field ${name} has the type ${type}, which Salesforce does not allow in an event.`);
  if (required) return { name, ...known };
  return { name, type: ['null', known.type], doc: known.doc, default: null };
}

function toWire(type: FieldType, value: FieldValue): FieldValue {
  return isTime(type) && typeof value === 'string' ? Date.parse(value) : value;
}

function fromWire(type: FieldType, value: FieldValue): FieldValue {
  if (!isTime(type) || typeof value !== 'number') return value;
  const iso = new Date(value).toISOString();
  return type === 'date' ? iso.slice(0, 10) : iso.replace('Z', '+0000');
}

function isTime(type: FieldType): boolean {
  return type === 'date' || type === 'datetime';
}
