import { type Logic, readLogic } from '../flows/logic.ts';
import { all, along, first, isTrue, textOf, type XmlElement } from '../metadata/xml.ts';

export const AGGREGATES = ['Sum', 'Average', 'Maximum', 'Minimum', 'Unique'] as const;
export type AggregateKind = (typeof AGGREGATES)[number];

export interface Grouping {
  column: string;
  /** `Month` and its like for dates; `Day` for what is no date. */
  granularity: string;
  descending: boolean;
}

export interface ReportFilter {
  column: string;
  operator: string;
  value: string;
}

/** A formula over the summaries of a group. */
export interface SummaryFormula {
  name: string;
  label: string;
  formula: string;
  datatype: string;
  scale: number;
}

export interface ReportChart {
  kind: string;
  groupings: string[];
  summaries: string[];
}

/** A report as its file says it. */
export interface ReportFile {
  /** `NPS_Reports/NPS_Win_Rate` */
  path: string;
  name: string;
  description: string;
  reportType: string;
  format: string;
  columns: { column: string; aggregates: AggregateKind[] }[];
  groupingsDown: Grouping[];
  groupingsAcross: Grouping[];
  filters: ReportFilter[];
  /** How the filters are joined. */
  logic: Logic;
  formulas: SummaryFormula[];
  sort: { column: string; descending: boolean } | undefined;
  showsDetails: boolean;
  showsTotal: boolean;
  /** Only rows of whoever runs it, as the type understands that. */
  scope: string;
  chart: ReportChart | undefined;
  /** What stands in the file and is not understood here. */
  unknown: string[];
}

const KNOWN = new Set(
  ['aggregates', 'chart', 'columns', 'description', 'filter', 'format', 'groupingsAcross', 'groupingsDown', 'name']
    .concat(['reportType', 'scope', 'showDetails', 'showGrandTotal', 'showSubTotals', 'sortColumn', 'sortOrder'])
    .concat(['timeFrameFilter']),
);

/** Reads a report. Throws Refused for filter logic that cannot be read. */
export function readReport(path: string, root: XmlElement): ReportFile {
  const value = (name: string) => textOf(root, name) ?? '';
  const filter = first(root, 'filter');
  const filters = filter ? all(filter, 'criteriaItems').map(criterion) : [];
  const sortColumn = textOf(root, 'sortColumn');
  const frame = along(root, 'timeFrameFilter/interval')[0]?.text.trim();
  const chart = first(root, 'chart');
  return {
    path,
    name: value('name'),
    description: value('description'),
    reportType: value('reportType'),
    format: value('format') || 'Tabular',
    columns: all(root, 'columns').map((column) => ({
      column: textOf(column, 'field') ?? '',
      aggregates: AGGREGATES.filter((kind) => all(column, 'aggregateTypes').some(({ text }) => text.trim() === kind)),
    })),
    groupingsDown: all(root, 'groupingsDown').map(grouping),
    groupingsAcross: all(root, 'groupingsAcross').map(grouping),
    filters,
    logic: readLogic(filter && textOf(filter, 'booleanFilter'), filters.length, filter ?? root),
    formulas: all(root, 'aggregates').map((aggregate) => ({
      name: textOf(aggregate, 'developerName') ?? '',
      label: textOf(aggregate, 'masterLabel') ?? '',
      formula: textOf(aggregate, 'calculatedFormula') ?? '',
      datatype: textOf(aggregate, 'datatype') ?? 'number',
      scale: Number(textOf(aggregate, 'scale') ?? 0),
    })),
    sort: sortColumn ? { column: sortColumn, descending: value('sortOrder') === 'Desc' } : undefined,
    showsDetails: isTrue(root, 'showDetails'),
    showsTotal: isTrue(root, 'showGrandTotal'),
    scope: value('scope'),
    chart: chart && chartOf(chart),
    unknown: [
      ...new Set(root.children.map(({ name }) => name).filter((name) => !KNOWN.has(name))),
      // Without dates it is all time; the other intervals follow the company's fiscal year.
      ...(frame && frame !== 'INTERVAL_CUSTOM' ? [frame] : []),
    ],
  };
}

function grouping(element: XmlElement): Grouping {
  return {
    column: textOf(element, 'field') ?? '',
    granularity: textOf(element, 'dateGranularity') ?? 'Day',
    descending: textOf(element, 'sortOrder') === 'Desc',
  };
}

function criterion(element: XmlElement): ReportFilter {
  return {
    column: textOf(element, 'column') ?? '',
    operator: textOf(element, 'operator') ?? '',
    value: textOf(element, 'value') ?? '',
  };
}

function chartOf(element: XmlElement): ReportChart {
  return {
    kind: textOf(element, 'chartType') ?? '',
    groupings: ['groupingColumn', 'secondaryGroupingColumn'].flatMap((name) => textOf(element, name) ?? []),
    summaries: all(element, 'chartSummaries').map((summary) => {
      const [column = '', aggregate] = [textOf(summary, 'column'), textOf(summary, 'aggregate')];
      return aggregate ? `${aggregate}:${column}` : column;
    }),
  };
}
