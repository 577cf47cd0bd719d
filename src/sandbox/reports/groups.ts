import { DateTime } from 'luxon';
import type { FieldValue } from '../org/org.ts';
import type { Field } from '../org/schema/field.ts';
import type { Grouping } from './report-file.ts';
import type { Cells } from './summary.ts';

/** Rows with the same value in a grouping, and the groups within. */
export interface Group {
  /** `0_2`: the third group of the first one. */
  key: string;
  label: string;
  value: FieldValue;
  rows: readonly Cells[];
  groups: Group[];
}

export interface GroupedBy extends Grouping {
  field: Field;
}

/** Groups rows by one grouping after the other; each group knows all rows below it. */
export function grouped(rows: readonly Cells[], by: readonly GroupedBy[], parent = ''): Group[] {
  const [grouping, ...rest] = by;
  if (!grouping) return [];
  const values = Map.groupBy(rows, (row) => period(row.get(grouping.column) ?? null, grouping));
  const ordered = [...values].toSorted(([one], [other]) => order(one, other, grouping));
  return ordered.map(([value, members], index) => {
    const key = parent === '' ? String(index) : `${parent}_${index}`;
    return { key, value, label: labelOf(value, grouping), rows: members, groups: grouped(members, rest, key) };
  });
}

/** The group and all within it. */
export function withInner(group: Group): Group[] {
  return [group, ...group.groups.flatMap(withInner)];
}

const UNITS: Record<string, 'month' | 'quarter' | 'year' | 'week'> = {
  Month: 'month',
  Quarter: 'quarter',
  Year: 'year',
  Week: 'week',
};

const isTime = ({ type }: Field) => type === 'date' || type === 'datetime';

/** The value of a row's group: of a date the first day of its period. */
function period(value: FieldValue, { field, granularity }: GroupedBy): FieldValue {
  if (!isTime(field) || value === null) return value;
  const unit = UNITS[granularity];
  const day = DateTime.fromISO(String(value), { zone: 'utc' });
  return (unit ? day.startOf(unit) : day).toISODate();
}

function labelOf(value: FieldValue, { field, granularity }: GroupedBy): string {
  if (value === null || value === '') return '-';
  if (!isTime(field)) return field.type === 'boolean' ? (value ? 'Yes' : 'No') : String(value);
  const day = DateTime.fromISO(String(value), { zone: 'utc', locale: 'en' });
  const formats: Record<string, string> = { Month: 'LLLL yyyy', Quarter: "'Q'q yyyy", Year: 'yyyy' };
  return day.toFormat(formats[granularity] ?? 'd LLL yyyy');
}

/** Picklists stand in the order of their values, everything else by size or alphabet, blanks first. */
function order(one: FieldValue, other: FieldValue, { field, descending }: GroupedBy): number {
  const values = field.picklist.map(({ value }) => value);
  const place = (value: FieldValue) => (value === null ? -1 : values.indexOf(String(value)));
  const compared =
    field.type === 'picklist' && values.length > 0
      ? place(one) - place(other)
      : typeof one === 'number' && typeof other === 'number'
        ? one - other
        : String(one ?? '').localeCompare(String(other ?? ''), 'en');
  return descending ? -compared : compared;
}
