import type { FieldValue } from '../org/org.ts';
import type { Field } from '../org/schema/field.ts';
import type { Summary } from './summary.ts';

const NOTHING = '-';

/** A cell as a report shows it. */
export function displayed(value: FieldValue, { type, scale }: Pick<Field, 'type' | 'scale'>): string {
  if (value === null || value === '') return NOTHING;
  if (type === 'boolean') return value === true ? '✓' : '';
  if (type === 'date') return String(value).slice(0, 10);
  if (type === 'datetime') return String(value).slice(0, 16).replace('T', ' ');
  return typeof value === 'number' ? grouped(value, scale) : String(value);
}

/** A summary as a report shows it; a percentage is kept as a fraction. */
export function displayedNumber(
  value: number | null,
  { datatype, scale }: Pick<Summary, 'datatype' | 'scale'>,
): string {
  if (value === null) return NOTHING;
  return datatype === 'percent' ? `${grouped(value * 100, scale)}%` : grouped(value, scale);
}

function grouped(value: number, scale: number): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: scale, maximumFractionDigits: scale });
}
