import { holdsBy } from '../flows/logic.ts';
import { columnBehind, type ReportSource } from '../metadata/report-columns.ts';
import type { Session } from '../org/open-org.ts';
import type { FieldValue } from '../org/org.ts';
import { OrgError, unsupported } from '../org/org-error.ts';
import type { Field } from '../org/schema/field.ts';
import type { Schema } from '../org/schema/schema.ts';
import { filterOn, type Runner } from './filter.ts';
import { type Group, grouped } from './groups.ts';
import type { ReportFile, ReportFilter } from './report-file.ts';
import { type Cells, columnsIn, formulaSummary, PREFIXES, ROW_COUNT, type Summary, summed } from './summary.ts';

/** A column as a report shows it. */
export interface ReportColumn {
  column: string;
  label: string;
  field: Field;
}

/** A filter with what it is called and what it looks at. */
export interface ReportedFilter extends ReportFilter {
  label: string;
  field: Field;
}

/** What came of running a report. */
export interface ReportResult {
  report: ReportFile;
  columns: ReportColumn[];
  filters: ReportedFilter[];
  /** What its groupings down are called, the outermost first. */
  groupedBy: string[];
  summaries: Summary[];
  /** Every row that passed the filters, in the report's order. */
  rows: readonly Cells[];
  down: Group[];
  across: Group[];
}

/** A report and what its columns stand on. */
export interface RunnableReport {
  report: ReportFile;
  source: ReportSource;
  /** The object its rows are of. */
  object: string;
}

/** Runs a report as its file says, over the rows one user sees. Throws OrgError for what the sandbox cannot do. */
export function runReport(runnable: RunnableReport, session: Session, runner: Runner): ReportResult {
  const { report, object } = runnable;
  if (report.unknown.length > 0) throw unsupported(`${report.unknown.join(', ')} of the report ${report.path}`);
  const column = (name: string) => columnOf(name, runnable, session.schema);
  const named = [
    ...report.columns.map(({ column: name }) => name),
    ...[...report.groupingsDown, ...report.groupingsAcross].map((grouping) => grouping.column),
    ...report.filters.map((filter) => filter.column),
    ...report.formulas.flatMap(columnsIn),
    ...(report.sort ? [report.sort.column] : []),
  ];
  const all = new Map([...new Set(named)].map((name) => [name, column(name)]));
  const reported = report.filters.map((filter): ReportedFilter => {
    const { label, field } = column(filter.column);
    return { ...filter, label, field };
  });
  const filters = reported.map((filter) => {
    const holds = filterOn(filter.field, filter, runner);
    return (row: Cells) => holds(row.get(filter.column) ?? null);
  });
  const rows = read(object, all, session)
    .filter((row) => holdsBy(report.logic, (index) => filters[index]?.(row) ?? true))
    .toSorted(inOrder(report));
  const by = (groupings: ReportFile['groupingsDown']) =>
    groupings.map((grouping) => ({ ...grouping, field: column(grouping.column).field }));
  return {
    report,
    columns: report.columns.map(({ column: name }) => column(name)),
    filters: reported,
    groupedBy: report.groupingsDown.map((grouping) => column(grouping.column).label),
    summaries: [
      ...report.columns.flatMap(({ column: name, aggregates }) =>
        aggregates.map((kind) => summaryOf(kind, column(name))),
      ),
      ...report.formulas.map(formulaSummary),
      ROW_COUNT,
    ],
    rows,
    down: grouped(rows, by(report.groupingsDown)),
    across: grouped(rows, by(report.groupingsAcross)),
  };
}

interface Located extends ReportColumn {
  /** As SOQL reads it from the object. */
  path: string;
}

function columnOf(name: string, { report, source, object }: RunnableReport, schema: Schema): Located {
  const behind = columnBehind(name, source);
  const found = behind && behind.table === object ? located(object, behind.path, schema) : undefined;
  if (!found) throw new OrgError('BAD_REQUEST', `The report ${report.path} has no column ${name}.`);
  return { column: name, label: found.field.label, ...found };
}

/** The field at a path; a lookup is shown as the name of what it looks up. */
function located(object: string, path: string, schema: Schema): { path: string; field: Field } | undefined {
  const [step = '', ...rest] = path.split('.');
  const sobject = schema.get(object);
  if (rest.length > 0) {
    const [target] = sobject.relationship(step)?.referenceTo ?? [];
    const inner = target === undefined ? undefined : located(target, rest.join('.'), schema);
    return inner && { path: `${step}.${inner.path}`, field: inner.field };
  }
  const field = sobject.field(step);
  if (field?.type !== 'reference') return field && { path: step, field };
  const [target = ''] = field.referenceTo;
  const name = schema.find(target)?.field('Name');
  return name && { path: `${field.relationshipName}.Name`, field: { ...name, label: field.label } };
}

function read(object: string, columns: ReadonlyMap<string, Located>, session: Session): Cells[] {
  const paths = [...new Set(['Id', ...[...columns.values()].map(({ path }) => path)])];
  return session.select(`SELECT ${paths.join(', ')} FROM ${object}`).rows.map(({ fields }) => {
    const cells = [...columns].map(([name, { path }]) => [name, valueAt(fields, path)] as const);
    return new Map([['Id', fields.Id as FieldValue], ...cells]);
  });
}

type Fields = ReturnType<Session['select']>['rows'][number]['fields'];

function valueAt(fields: Fields, path: string): FieldValue {
  const [step = '', ...rest] = path.split('.');
  const value = fields[step] ?? null;
  if (value === null || typeof value !== 'object') return value;
  return 'fields' in value ? valueAt(value.fields, rest.join('.')) : null;
}

const WORDS = { Sum: 'Sum', Average: 'Average', Maximum: 'Largest', Minimum: 'Smallest', Unique: 'Unique' };

function summaryOf(kind: keyof typeof WORDS, { column, label, field }: ReportColumn): Summary {
  const isCount = kind === 'Unique' || (kind === 'Sum' && field.type === 'boolean');
  return {
    key: PREFIXES[kind] + column,
    label: `${WORDS[kind]} of ${label}`,
    datatype: isCount ? 'int' : field.type,
    scale: kind === 'Average' ? 2 : field.scale,
    of: (rows) => summed(kind, column, rows),
  };
}

function inOrder({ sort }: ReportFile): (one: Cells, other: Cells) => number {
  if (!sort) return () => 0;
  const direction = sort.descending ? -1 : 1;
  return (one, other) => {
    const [a, b] = [one.get(sort.column) ?? null, other.get(sort.column) ?? null];
    if (typeof a === 'number' && typeof b === 'number') return direction * (a - b);
    return direction * String(a ?? '').localeCompare(String(b ?? ''), 'en');
  };
}
