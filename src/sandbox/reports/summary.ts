import { type Literal, parse } from 'formulon';
import type { FieldValue } from '../org/org.ts';
import type { AggregateKind, SummaryFormula } from './report-file.ts';

/** A row's values by column. */
export type Cells = ReadonlyMap<string, FieldValue>;

/** What stands for a group: one number, or none where there is nothing to sum up. */
export interface Summary {
  /** As the Analytics API calls it: `s!AMOUNT`, `RowCount`, `FORMULA1`. */
  key: string;
  label: string;
  datatype: string;
  scale: number;
  of(rows: readonly Cells[]): number | null;
}

export const ROW_COUNT: Summary = {
  ...{ key: 'RowCount', label: 'Record Count', datatype: 'int', scale: 0 },
  of: (rows) => rows.length,
};

export const PREFIXES: Record<AggregateKind, string> = {
  Sum: 's!',
  Average: 'a!',
  Maximum: 'mx!',
  Minimum: 'm!',
  Unique: 'u!',
};

/** A column's numbers in one: a ticked box is 1; blanks are left out. */
export function summed(kind: AggregateKind, column: string, rows: readonly Cells[]): number | null {
  const values = rows.map((row) => row.get(column) ?? null).filter((value) => value !== null);
  if (kind === 'Unique') return new Set(values).size;
  const numbers = values.map(Number);
  if (kind === 'Sum') return numbers.reduce((total, each) => total + each, 0);
  if (numbers.length === 0) return null;
  if (kind === 'Maximum') return Math.max(...numbers);
  if (kind === 'Minimum') return Math.min(...numbers);
  return numbers.reduce((total, each) => total + each, 0) / numbers.length;
}

const FUNCTIONS: Record<string, AggregateKind> = {
  SUM: 'Sum',
  AVG: 'Average',
  MAX: 'Maximum',
  MIN: 'Minimum',
  UNIQUE: 'Unique',
};

/** `Score__c:SUM` in a summary formula. */
const SUMMARY = /([A-Za-z][\w.$]*):(SUM|AVG|MAX|MIN|UNIQUE)/g;

/** The columns a summary formula reads. */
export function columnsIn({ formula }: SummaryFormula): string[] {
  return [...formula.matchAll(SUMMARY)].map(([, column = '']) => column);
}

/** A formula over summaries. Where it cannot be worked out, as in a division by zero, there is no number. */
export function formulaSummary({ name, label, formula, datatype, scale }: SummaryFormula): Summary {
  const parts: { column: string; kind: AggregateKind }[] = [];
  const text = formula.replace(SUMMARY, (_, column: string, word: string) => {
    parts.push({ column, kind: FUNCTIONS[word] ?? 'Sum' });
    return `summary${parts.length - 1}`;
  });
  return {
    ...{ key: name, label, datatype, scale },
    of(rows) {
      const named = parts.map(({ column, kind }, index): [string, Literal] => [
        `summary${index}`,
        literal(summed(kind, column, rows) ?? 0),
      ]);
      const outcome = parse(text, { ...Object.fromEntries(named), RowCount: literal(rows.length) });
      const value = outcome.type === 'literal' ? Number(outcome.value) : Number.NaN;
      return Number.isFinite(value) ? value : null;
    },
  };
}

function literal(value: number): Literal {
  return { type: 'literal', dataType: 'number', value, options: { length: 18, scale: 9 } };
}
