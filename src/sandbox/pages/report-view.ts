import { displayed } from '../reports/display.ts';
import type { Group } from '../reports/groups.ts';
import type { ReportResult } from '../reports/run-report.ts';
import { type Cells, ROW_COUNT } from '../reports/summary.ts';
import { chartOf, isOneEach, shown } from './chart-view.ts';
import { inWords } from './filter-words.ts';

/** A report as the page shows it. */
export function reportView(result: ReportResult) {
  const { report, rows, columns } = result;
  return {
    ...{ name: report.name, description: report.description, total: rows.length },
    filters: result.filters.map(inWords),
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

interface Table {
  groupedBy: string;
  heads: string[];
  rows: TableRow[];
  total: Cell[] | undefined;
}

/** A line for each group and one for all; a matrix has the number and its n for each group across. */
function summaryTable(result: ReportResult): Table {
  const { across, rows } = result;
  const columns =
    across.length > 0 ? matrixColumns(result) : isOneEach(result) ? ownColumns(result) : summaryColumns(result);
  const cells = (members: readonly Cells[]) => columns.map(({ head, cell }) => ({ head, text: cell(members) }));
  const line = (group: Group, depth: number): TableRow[] => [
    { label: group.label, depth, cells: cells(group.rows) },
    ...group.groups.flatMap((inner) => line(inner, depth + 1)),
  ];
  return {
    groupedBy: result.groupedBy.join(', '),
    heads: columns.map(({ head }) => head),
    rows: result.down.flatMap((group) => line(group, 0)),
    total: result.report.showsTotal && !isOneEach(result) ? cells(rows) : undefined,
  };
}

interface TableColumn {
  head: string;
  cell: (members: readonly Cells[]) => string;
}

function summaryColumns({ summaries }: ReportResult): TableColumn[] {
  return summaries.map((each) => ({ head: each.label, cell: (members) => shown(each, members) }));
}

/** The record's values instead of sums over it alone. */
function ownColumns({ report, columns }: ReportResult): TableColumn[] {
  return columns
    .filter((_, index) => report.columns[index]?.aggregates.length !== 0)
    .map(({ column, label, field }) => ({
      head: label,
      cell: ([record]) => displayed(record?.get(column) ?? null, field) || '–',
    }));
}

function matrixColumns({ across, summaries }: ReportResult): TableColumn[] {
  const summary = summaries.find(({ key }) => key.startsWith('FORMULA')) ?? summaries[0] ?? ROW_COUNT;
  const cell = (members: readonly Cells[]) =>
    members.length === 0 ? '' : `${shown(summary, members)} (n ${members.length})`;
  const groups = across.map(({ label, rows }) => ({
    head: label,
    cell: (members: readonly Cells[]) => cell(members.filter((row) => rows.includes(row))),
  }));
  return [...groups, { head: summary.label, cell }];
}
