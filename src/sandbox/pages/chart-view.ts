import { displayedNumber } from '../reports/display.ts';
import type { ReportResult } from '../reports/run-report.ts';
import { type Cells, ROW_COUNT, type Summary } from '../reports/summary.ts';
import { inWords } from './filter-words.ts';

export interface Chart {
  label: string;
  bars: Bar[];
  /** Where zero is, if some bars go the other way. */
  zero: number | undefined;
  /** Why there is no bar. */
  empty: string;
}

/** Places are percentages of the width. */
interface Bar {
  label: string;
  shown: string;
  /** Absent where it says nothing more. */
  n: number | undefined;
  left: number;
  width: number;
  /** Whose colour it has. */
  segment: string | undefined;
}

const SEGMENTS = ['Promoter', 'Passive', 'Detractor'];

/** The summary that a report's chart shows, as a bar for each group from the zero line to either side. */
export function chartOf(result: ReportResult): Chart | undefined {
  const { chart, summary } = charted(result);
  if (!chart || !summary) return undefined;
  const groups = groupsOf(result.down, chart.groupings.length > 1);
  const values = groups.map(({ rows }) => summary.of(rows) ?? 0);
  const reach = Math.max(...values.map(Math.abs), 0) || 1;
  // Where some are below zero, zero is in the middle.
  const least = values.some((value) => value < 0) ? -reach : 0;
  const span = reach - least;
  const hasOwnCount = summary !== ROW_COUNT && !isOneEach(result);
  const bars = groups.map(({ label, rows }, index): Bar => {
    const value = values[index] ?? 0;
    return {
      ...{ label, shown: shown(summary, rows), n: hasOwnCount ? rows.length : undefined },
      left: (100 * (Math.min(value, 0) - least)) / span,
      width: (100 * Math.abs(value)) / span,
      segment: SEGMENTS.find((one) => one === label),
    };
  });
  return {
    label: `${summary.label} by ${result.groupedBy.slice(0, chart.groupings.length).join(' and ')}`,
    ...{ bars, zero: least < 0 ? 50 : undefined },
    empty: emptyBecause(result),
  };
}

function charted({ report: { chart }, summaries }: ReportResult) {
  const [wanted = ''] = chart?.summaries ?? [];
  const [kind = '', column] = wanted.split(':');
  const key = column ? `${kind.charAt(0).toLowerCase()}!${column}` : kind;
  return { chart, summary: summaries.find((each) => each.key === key) };
}

function groupsOf(down: ReportResult['down'], isInner: boolean) {
  if (!isInner) return down;
  return down.flatMap((group) => group.groups.map((each) => ({ ...each, label: `${group.label} · ${each.label}` })));
}

function emptyBecause({ filters }: ReportResult): string {
  return filters.length > 0 ? `No record yet where ${filters.map(inWords).join(', ')}.` : 'No record yet.';
}

/** Grouped by the records' own name: a group is one record. */
export function isOneEach({ report: { groupingsDown } }: ReportResult): boolean {
  return groupingsDown.length === 1 && /[.$]Name$/.test(groupingsDown[0]?.column ?? '');
}

/** A summary over some rows as the pages show it. Cents say nothing in a sum. */
export function shown(summary: Summary, rows: readonly Cells[]): string {
  return displayedNumber(summary.of(rows), summary.datatype === 'currency' ? { ...summary, scale: 0 } : summary);
}
