import type { ReportedFilter } from '../reports/run-report.ts';

const WORDS: Record<string, string> = {
  equals: 'is',
  notEqual: 'is not',
  lessThan: 'is before or under',
  greaterThan: 'is after or over',
  lessOrEqual: 'is at most',
  greaterOrEqual: 'is at least',
  contains: 'contains',
  notContain: 'does not contain',
  startsWith: 'starts with',
};

/** A filter as people read it: `Responded At is in the last 365 days`. */
export function inWords(filter: ReportedFilter): string {
  return `${filter.label} ${WORDS[filter.operator] ?? filter.operator} ${valueInWords(filter)}`;
}

function valueInWords({ field, value }: ReportedFilter): string {
  if (value === '') return 'empty';
  if (field.type === 'boolean') return ['1', 'true'].includes(value.toLowerCase()) ? 'yes' : 'no';
  if (value === '$USER') return 'whoever opens it';
  const days = /^LAST_N_DAYS:(\d+)$/.exec(value)?.[1];
  return days ? `in the last ${days} days` : value.replaceAll(',', ' or ');
}
