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

export function numberOrNull(value: Value): number | null {
  return typeof value === 'number' ? value : null;
}

export function dateOrNull(value: Value): Date | null {
  return typeof value === 'string' ? new Date(value) : null;
}
