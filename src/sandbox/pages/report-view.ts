import { displayed, displayedNumber } from '../reports/display.ts';
import type { Group } from '../reports/groups.ts';
import type { ReportFilter } from '../reports/report-file.ts';
import type { ReportResult } from '../reports/run-report.ts';
import { type Cells, ROW_COUNT, type Summary } from '../reports/summary.ts';

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

/** A bar of a chart; places are percentages of the width. */
interface Bar {
  label: string;
  shown: string;
  n: number;
  left: number;
  width: number;
  segment: string;
}

/** A report as the page shows it. */
export function reportView(result: ReportResult) {
  const { report, rows, columns } = result;
  return {
    ...{ name: report.name, description: report.description, total: rows.length },
    filters: report.filters.map(inWords),
    chart: chartOf(result),
    table: report.groupingsDown.length > 0 ? summaryTable(result) : undefined,
    details: report.showsDetails
      ? {
          heads: columns.map(({ label }) => label),
          rows: rows.map((row) =>
            columns.map(({ column, label, field }) => ({
              head: label,
              text: displayed(row.get(column) ?? null, field),
            })),
          ),
        }
      : undefined,
  };
}

/** The report's one number for all its rows, with its n. */
export function metricOf({ rows, summaries }: ReportResult): { shown: string; n: number; label: string } {
  const summary = summaries.find(({ key }) => key.startsWith('FORMULA')) ?? summaries[0] ?? ROW_COUNT;
  return { shown: shown(summary, rows), n: rows.length, label: summary.label };
}

function inWords({ column, operator, value }: ReportFilter): string {
  const name = (column.split(/[$.]/).at(-1) ?? column).replace(/__c$/, '').replaceAll('_', ' ');
  return `${name} ${WORDS[operator] ?? operator} ${value === '' ? 'empty' : value.replaceAll(',', ' or ')}`;
}

const shown = (summary: Summary, rows: readonly Cells[]) => displayedNumber(summary.of(rows), summary);

/** Bars of the chart's summary for each group, from the zero line to either side. */
function chartOf({ report: { chart }, down, summaries }: ReportResult): { label: string; bars: Bar[] } | undefined {
  const [wanted = ''] = chart?.summaries ?? [];
  const [kind = '', column] = wanted.split(':');
  const key = column ? `${kind.charAt(0).toLowerCase()}!${column}` : kind;
  const summary = summaries.find((each) => each.key === key);
  if (!chart || !summary) return undefined;
  const inner = chart.groupings.length > 1;
  const groups = inner
    ? down.flatMap((group) => group.groups.map((each) => ({ ...each, label: `${group.label} · ${each.label}` })))
    : down;
  const values = groups.map(({ rows }) => summary.of(rows) ?? 0);
  const reach = Math.max(...values.map(Math.abs), 0) || 1;
  // Where some are below zero, zero is in the middle.
  const least = values.some((value) => value < 0) ? -reach : 0;
  const span = reach - least;
  const bars = groups.map(({ label, rows }, index): Bar => {
    const value = values[index] ?? 0;
    return {
      ...{ label, n: rows.length, segment: label },
      shown: shown(summary, rows),
      left: (100 * (Math.min(value, 0) - least)) / span,
      width: (100 * Math.abs(value)) / span,
    };
  });
  return { label: summary.label, bars };
}

interface TableRow {
  label: string;
  depth: number;
  cells: Cell[];
}

/** A cell with its column's name, which stands beside it on a phone. */
interface Cell {
  head: string;
  text: string;
}

/** A line for each group and one for all; a matrix has the number and its n for each group across. */
function summaryTable(result: ReportResult): { heads: string[]; rows: TableRow[]; total: Cell[] | undefined } {
  const { across, rows, summaries } = result;
  const columns: { head: string; cell: (members: readonly Cells[]) => string }[] =
    across.length > 0
      ? matrixColumns(result)
      : summaries.map((each) => ({ head: each.label, cell: (members) => shown(each, members) }));
  const cells = (members: readonly Cells[]) => columns.map(({ head, cell }) => ({ head, text: cell(members) }));
  const line = (group: Group, depth: number): TableRow[] => [
    { label: group.label, depth, cells: cells(group.rows) },
    ...group.groups.flatMap((inner) => line(inner, depth + 1)),
  ];
  return {
    heads: columns.map(({ head }) => head),
    rows: result.down.flatMap((group) => line(group, 0)),
    total: result.report.showsTotal ? cells(rows) : undefined,
  };
}

function matrixColumns({ across, summaries }: ReportResult) {
  const summary = summaries.find(({ key }) => key.startsWith('FORMULA')) ?? summaries[0] ?? ROW_COUNT;
  const cell = (members: readonly Cells[]) =>
    members.length === 0 ? '' : `${shown(summary, members)} (n ${members.length})`;
  const groups = across.map(({ label, rows }) => ({
    head: label,
    cell: (members: readonly Cells[]) => cell(members.filter((row) => rows.includes(row))),
  }));
  return [...groups, { head: summary.label, cell }];
}
