/** One line of the table: what was measured, beside its limit taken in the same run. */
export interface Row {
  name: string;
  /** The limit, measured in the same run. */
  beside: string;
  ours: string;
  target: string;
  ok: boolean;
}

/** Tells a person what is being measured now. */
export type Progress = (sentence: string) => void;

/** The nearest-rank quantile: the smallest value that `share` of all values do not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error('Nothing was measured, so there is no quantile of it.');
  return value;
}

export const median = (values: readonly number[]) => quantile(values, 0.5);
export const p95 = (values: readonly number[]) => quantile(values, 0.95);

export const whole = (value: number) => Math.round(value).toLocaleString('en-US');
export const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(2)} s`;
