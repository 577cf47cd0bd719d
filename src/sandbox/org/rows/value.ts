import type { FieldValue } from '../org.ts';
import { OrgError } from '../org-error.ts';
import { fullId, isRecordId } from '../record-id.ts';
import type { Field } from '../schema/field.ts';

/**
 * A JSON value as the field stores it: dates as YYYY-MM-DD, date times in whole seconds as
 * `2026-11-22T10:00:00.000+0000`, ids with 18 characters, empty texts as null. Throws what Salesforce throws.
 */
export function storable(field: Field, given: unknown): FieldValue {
  if (given === null || given === undefined || given === '') {
    if (field.type !== 'boolean') return null;
    throw refused('INVALID_TYPE_ON_FIELD_IN_RECORD', field, `value not of required type: ${given ?? 'null'}`);
  }
  switch (field.type) {
    case 'boolean':
      return storableBoolean(field, given);
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return storableNumber(field, given);
    case 'date':
    case 'datetime':
    case 'time':
      return storableMoment(field, given);
    case 'base64':
      return storableBase64(field, given);
    case 'reference':
    case 'id':
      return storableId(field, given);
    default:
      return storableText(field, given);
  }
}

/** A date time in Salesforce's format, which knows whole seconds. */
export function salesforceDateTime(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}.000+0000`;
}

function storableBoolean(field: Field, given: unknown): boolean {
  if (typeof given === 'boolean') return given;
  if (given === 'true' || given === 'false') return given === 'true';
  throw unreadable(field, given);
}

function storableNumber(field: Field, given: unknown): number {
  const number = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw unreadable(field, given);
  if (field.type === 'int' && !Number.isInteger(number)) throw unreadable(field, given);
  const rounded = roundHalfUp(number, field.scale);
  if (field.precision > 0 && Math.abs(rounded) >= 10 ** (field.precision - field.scale)) {
    throw refused('NUMBER_OUTSIDE_VALID_RANGE', field, `value outside of valid range on numeric field: ${number}`);
  }
  return rounded;
}

function roundHalfUp(number: number, scale: number): number {
  const magnitude = String(Math.abs(number));
  if (magnitude.includes('e')) return Number(number.toFixed(scale));
  // Through the decimal notation: 1.005 * 100 is 100.49999999999999.
  return Math.sign(number) * Number(`${Math.round(Number(`${magnitude}e${scale}`))}e-${scale}`);
}

const MOMENT = {
  date: /^\d{4}-\d{2}-\d{2}$/,
  datetime: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/,
  time: /^\d{2}:\d{2}:\d{2}(\.\d+)?Z?$/,
};

function storableMoment(field: Field, given: unknown): string {
  const type = field.type as keyof typeof MOMENT;
  if (typeof given !== 'string' || !MOMENT[type].test(given)) throw unreadable(field, given);
  if (type === 'time') return `${given.slice(0, 8)}.000Z`;
  const moment = new Date(given.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  if (Number.isNaN(moment.getTime())) throw unreadable(field, given);
  if (type === 'datetime') return salesforceDateTime(moment);
  // 30 February parses as 2 March.
  if (moment.toISOString().slice(0, 10) !== given) throw unreadable(field, given);
  return given;
}

function storableId(field: Field, given: unknown): string {
  if (typeof given !== 'string') throw unreadable(field, given);
  if (!isRecordId(given)) throw refused('MALFORMED_ID', field, `id value of incorrect type: ${given}`);
  return fullId(given);
}

function storableBase64(field: Field, given: unknown): string {
  if (typeof given === 'string' && /^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(given)) return given;
  throw unreadable(field, given);
}

function storableText(field: Field, given: unknown): string | null {
  if (typeof given !== 'string') throw unreadable(field, given);
  const text = field.type === 'textarea' ? given : given.trim();
  if (text === '') return null;
  if (field.length > 0 && text.length > field.length) {
    const shown = text.length > 255 ? `${text.slice(0, 255)}...` : text;
    throw refused('STRING_TOO_LONG', field, `data value too large: ${shown} (max length=${field.length})`);
  }
  if (field.type === 'email' && !/^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@.<>,;]+$/.test(text)) {
    throw refused('INVALID_EMAIL_ADDRESS', field, `invalid email address: ${text}`);
  }
  if (field.restricted) {
    const chosen = field.type === 'multipicklist' ? text.split(';') : [text];
    const unknown = chosen.find((each) => !field.picklist.some(({ value }) => value === each));
    if (unknown !== undefined) {
      throw refused(
        'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
        field,
        `bad value for restricted picklist field: ${unknown}`,
      );
    }
  }
  return text;
}

function refused(errorCode: string, field: Field, reason: string): OrgError {
  return new OrgError(errorCode, `${field.label}: ${reason}`, { fields: [field.name] });
}

// Salesforce's JSON parser knows the wanted type of each field and names the token it met instead.
function unreadable(field: Field, given: unknown): OrgError {
  const type = TEXTUAL.has(field.type) ? 'string' : field.type;
  const value = typeof given === 'object' ? JSON.stringify(given) : String(given);
  const message = `Cannot deserialize instance of ${type} from ${token(given)} value ${value} or request may be missing a required field at [line:1, column:1]`;
  return new OrgError('JSON_PARSER_ERROR', message);
}

const TEXTUAL = new Set(['string', 'textarea', 'email', 'phone', 'url', 'picklist', 'multipicklist']);

function token(given: unknown): string {
  if (Array.isArray(given)) return 'START_ARRAY';
  if (typeof given === 'object') return 'START_OBJECT';
  if (typeof given === 'boolean') return given ? 'VALUE_TRUE' : 'VALUE_FALSE';
  if (typeof given === 'number') return Number.isInteger(given) ? 'VALUE_NUMBER_INT' : 'VALUE_NUMBER_FLOAT';
  return 'VALUE_STRING';
}
