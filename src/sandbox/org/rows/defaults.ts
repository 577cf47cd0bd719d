import { evaluated } from '../formula/evaluate.ts';
import type { FieldValue } from '../org.ts';
import type { SObject } from '../schema/sobject.ts';

/** What the fields of a new row are set to when nobody says otherwise; `count` numbers the rows of the object. */
export function defaults(sobject: SObject, count: number, now: Date): Record<string, FieldValue> {
  const own = sobject.fields.filter(
    ({ type, audit, custom, createable, formula }) => type !== 'id' && !audit && !formula && (custom || createable),
  );
  const values = Object.fromEntries(
    own.map((field) => [
      field.name,
      field.defaultFormula ? evaluated(field.defaultFormula, field, () => undefined, now) : field.defaultValue,
    ]),
  );
  for (const { name, autoNumber } of sobject.fields) if (autoNumber) values[name] = autoNumbered(autoNumber, count);
  return values;
}

function autoNumbered(format: string, count: number): string {
  return format.replace(/\{(0+)\}/, (_, zeros: string) => String(count).padStart(zeros.length, '0'));
}
