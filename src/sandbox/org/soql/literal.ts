import type { LiteralType } from '@jetstreamapp/soql-parser-js';
import type { FieldValue } from '../org.ts';
import { OrgError } from '../org-error.ts';
import { fullId, isRecordId } from '../record-id.ts';
import type { Field } from '../schema/field.ts';
import { spanOf } from './date-literal.ts';

/** What a condition compares with: one value, or everything from a moment to before another. */
export type Literal = { value: Comparable | null } | { from: Comparable; to: Comparable };
export type Comparable = string | number | boolean;

/** A stored value in the form literals are compared in: texts without case. */
export function comparable(field: Field, value: FieldValue): Comparable | null {
  return typeof value === 'string' && isText(field) ? value.toLowerCase() : value;
}

/** A literal as the field's type reads it. Throws INVALID_FIELD when it is written for another type. */
export function literal(field: Field, raw: string, type: LiteralType, now: Date): Literal {
  if (type === 'NULL') return { value: null };
  switch (field.type) {
    case 'date':
    case 'datetime':
      return moment(field, raw, type, now);
    case 'boolean':
      if (type !== 'BOOLEAN') throw wrongType(field, 'boolean', false);
      return { value: raw.toUpperCase() === 'TRUE' };
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      if (type !== 'INTEGER' && type !== 'DECIMAL') throw wrongType(field, field.type, false);
      return { value: Number(raw) };
    default: {
      if (type !== 'STRING') throw wrongType(field, 'string', true);
      const text = unquoted(raw);
      return { value: isId(field) ? checkedId(text) : text.toLowerCase() };
    }
  }
}

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** The text between the quotes, escapes undone. */
export function unquoted(raw: string): string {
  return raw.slice(1, -1).replace(/\\(.)/gs, (_, letter: string) => ESCAPES[letter] ?? letter);
}

/** The regular expression of a LIKE pattern, which ignores case. */
export function likePattern(raw: string): RegExp {
  const source = raw
    .slice(1, -1)
    .replace(/\\(.)|([%_])|([\s\S])/g, (_, escaped?: string, wild?: string, plain?: string) => {
      if (wild) return wild === '%' ? '[\\s\\S]*' : '[\\s\\S]';
      const letter = escaped ? (ESCAPES[escaped] ?? escaped) : (plain ?? '');
      return letter.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
    });
  return new RegExp(`^${source}$`, 'i');
}

export const isId = (field: Field): boolean => field.type === 'id' || field.type === 'reference';

const isText = (field: Field): boolean => !isId(field) && field.type !== 'datetime';

function moment(field: Field, raw: string, type: LiteralType, now: Date): Literal {
  if (type === 'DATE_LITERAL' || type === 'DATE_N_LITERAL') {
    const { from, to } = spanOf(raw, now);
    return { from: written(field, from), to: written(field, to) };
  }
  const wanted = field.type === 'date' ? 'DATE' : 'DATETIME';
  if (type !== wanted) throw wrongType(field, field.type === 'date' ? 'date' : 'dateTime', false);
  const at = new Date(raw.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  if (Number.isNaN(at.getTime())) throw new OrgError('MALFORMED_QUERY', `${raw} is no ${wanted.toLowerCase()}.`);
  return { value: written(field, at) };
}

function written(field: Field, at: Date): string {
  const iso = at.toISOString();
  return field.type === 'date' ? iso.slice(0, 10) : `${iso.slice(0, 23)}+0000`;
}

function checkedId(text: string): string {
  if (isRecordId(text)) return fullId(text);
  throw new OrgError('INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${text}`);
}

function wrongType(field: Field, type: string, quoted: boolean): OrgError {
  const should = quoted ? 'should be enclosed in quotes' : 'should not be enclosed in quotes';
  const message = `value of filter criterion for field '${field.name}' must be of type ${type} and ${should}`;
  return new OrgError('INVALID_FIELD', message);
}
