import type { Store, StoredRow } from '../rows/store.ts';
import type { Schema } from '../schema/schema.ts';
import type { SObject } from '../schema/sobject.ts';
import { evaluated, type Known, type Reader } from './evaluate.ts';

/** Rows as they are read: with the values of their formula fields. */
export interface Formulas {
  /** The row itself when its object has no formula. */
  filled(row: StoredRow): StoredRow;
  /** What a formula about this row reads: its fields and those of its parents. */
  reader(sobject: SObject, row: StoredRow): Reader;
}

/** Rows as this user reads them: a formula may ask who reads it, as `$User`. */
export type FormulasFor = (userId: string) => Formulas;

interface Parts {
  schema: Schema;
  store: Store;
  now: () => Date;
}

export const formulasOf =
  (parts: Parts): FormulasFor =>
  (userId) =>
    formulasFor(parts, userId);

function formulasFor({ schema, store, now }: Parts, userId: string): Formulas {
  const formulas: Formulas = {
    filled(row) {
      const sobject = schema.ofId(row.Id);
      const own = sobject?.fields.filter(({ formula }) => formula !== null) ?? [];
      if (!sobject || own.length === 0) return row;
      const read = formulas.reader(sobject, row);
      const filled = { ...row };
      // Most queries read no formula, and working one out costs more than the rest of the row.
      for (const field of own) {
        const get = once(() => evaluated(field.formula ?? '', field, read, now()));
        Object.defineProperty(filled, field.name, { enumerable: true, get });
      }
      return filled;
    },
    reader: (sobject, row) => (name) => known(sobject, row, name.split('.')),
  };

  function known(sobject: SObject, row: StoredRow | undefined, [first = '', ...rest]: string[]): Known | undefined {
    if (rest.length === 0) return ownValue(sobject, row, first);
    if (first === '$User') return known(schema.get('User'), store.get('User', userId), rest);
    const step = sobject.relationship(first);
    const [target] = step?.referenceTo ?? [];
    const id = step && row?.[step.name];
    const parent = (typeof id === 'string' ? schema.ofId(id) : undefined) ?? (target && schema.find(target));
    return parent ? known(parent, typeof id === 'string' ? store.get(parent.name, id) : undefined, rest) : undefined;
  }

  function ownValue(sobject: SObject, row: StoredRow | undefined, name: string): Known | undefined {
    const field = sobject.field(name);
    if (!field) return undefined;
    if (!row) return { field, value: null };
    // A formula may read another one.
    if (field.formula) return { field, value: evaluated(field.formula, field, formulas.reader(sobject, row), now()) };
    return { field, value: row[field.name] ?? null };
  }

  return formulas;
}

function once<T>(work: () => T): () => T {
  let done: { value: T } | undefined;
  return () => {
    done ??= { value: work() };
    return done.value;
  };
}
