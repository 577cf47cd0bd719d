import { type Score, scoreFrom } from '../nps/score.ts';
import type { Row } from './calls.ts';

type Value = Row[string];

export function isRow(value: Value): value is Row {
  return typeof value === 'object' && value !== null;
}

export function text(value: Value): string {
  return typeof value === 'string' ? value : '';
}

export function textOrNull(value: Value): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The text at a path such as `Account.Language__c`; null where it or a parent is empty. */
export function textAt(row: Row, path: string): string | null {
  return textOrNull(valueAt(row, path));
}

/** The value at a path. The API answers names as they are declared. */
export function valueAt(row: Row, path: string): Value {
  const [name = '', ...rest] = path.toLowerCase().split('.');
  const value = Object.entries(row).find(([field]) => field.toLowerCase() === name)?.[1];
  if (rest.length === 0) return value;
  return isRow(value) ? valueAt(value, rest.join('.')) : null;
}

export function numberOrNull(value: Value): number | null {
  return typeof value === 'number' ? value : null;
}

export function scoreOrNull(value: Value): Score | null {
  return scoreFrom(String(value)) ?? null;
}

export function dateOrNull(value: Value): Date | null {
  return typeof value === 'string' ? new Date(value) : null;
}

/** The lines of a text that say something, without the space around them. */
export function linesOf(value: string | null): string[] {
  return (value ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
