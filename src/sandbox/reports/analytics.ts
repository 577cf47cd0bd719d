import type { SandboxOrg } from '../org/open-org.ts';
import { notFound, ok, type Resource } from '../org/rest/call.ts';
import { displayed, displayedNumber } from './display.ts';
import { type Group, withInner } from './groups.ts';
import { type OrgReport, reportsOf } from './reports.ts';
import type { ReportResult } from './run-report.ts';
import type { Cells } from './summary.ts';

/** The part of Salesforce's Reports and Dashboards REST API that lists reports and runs one at once. */
export function analyticsResources(org: SandboxOrg): Resource[] {
  const reports = reportsOf(org);
  const found = (id: string): OrgReport => {
    const report = reports.find(id);
    if (report) return report;
    throw notFound('The data you’re trying to access is unavailable.');
  };
  return [
    {
      method: 'GET',
      pattern: '/analytics/reports',
      run: ({ base }) =>
        ok(
          reports.all().map(({ id, name }) => ({
            ...{ id, name },
            url: `${base}/analytics/reports/${id}`,
            describeUrl: `${base}/analytics/reports/${id}/describe`,
            instancesUrl: `${base}/analytics/reports/${id}/instances`,
          })),
        ),
    },
    {
      method: 'GET',
      pattern: '/analytics/reports/:id',
      run({ base, session, query }, { id = '' }) {
        const report = found(id);
        return ok(answerOf(reports.run(report, session), report, base, query.get('includeDetails') === 'true'));
      },
    },
    {
      method: 'GET',
      pattern: '/analytics/reports/:id/describe',
      run({ session }, { id = '' }) {
        const report = found(id);
        const result = reports.run(report, session);
        return ok({ reportMetadata: metadataOf(result, report), reportExtendedMetadata: extendedOf(result) });
      },
    },
  ];
}

function answerOf(result: ReportResult, report: OrgReport, base: string, withDetails: boolean) {
  return {
    attributes: {
      describeUrl: `${base}/analytics/reports/${report.id}/describe`,
      instancesUrl: `${base}/analytics/reports/${report.id}/instances`,
      ...{ reportId: report.id, reportName: report.name, type: 'Report' },
    },
    allData: true,
    factMap: Object.fromEntries(factsOf(result, withDetails)),
    groupingsAcross: { groupings: result.across.map(groupingOf) },
    groupingsDown: { groupings: result.down.map(groupingOf) },
    hasDetailRows: withDetails,
    reportExtendedMetadata: extendedOf(result),
    reportMetadata: metadataOf(result, report),
  };
}

interface Grouping {
  groupings: Grouping[];
  key: string;
  label: string;
  value: Group['value'];
}

function groupingOf({ key, label, value, groups }: Group): Grouping {
  return { groupings: groups.map(groupingOf), key, label, value };
}

/** `0_1!T`: the group down, the group across, or T for the total of all. */
function factsOf({ rows, down, across, columns, summaries }: ReportResult, withDetails: boolean) {
  const everywhere = (groups: readonly Group[]) => [{ key: 'T', rows }, ...groups.flatMap(withInner)];
  return everywhere(down).flatMap((one) =>
    everywhere(across).map((other) => {
      const members = other.key === 'T' ? one.rows : one.rows.filter((row) => other.rows.includes(row));
      const aggregates = summaries.map((summary) => {
        const value = summary.of(members);
        return { label: displayedNumber(value, summary), value };
      });
      const cells = (row: Cells) =>
        columns.map(({ column, field }) => {
          const value = row.get(column) ?? null;
          return { label: displayed(value, field), value };
        });
      const details = withDetails ? { rows: members.map((row) => ({ dataCells: cells(row) })) } : {};
      return [`${one.key}!${other.key}`, { aggregates, ...details }] as const;
    }),
  );
}

function metadataOf({ report, columns, summaries }: ReportResult, { id, path }: OrgReport) {
  const groupings = (by: typeof report.groupingsDown) =>
    by.map(({ column, granularity, descending }) => ({
      ...{ name: column, dateGranularity: granularity, sortOrder: descending ? 'Desc' : 'Asc' },
    }));
  return {
    ...{ id, name: report.name, description: report.description, developerName: path.split('/').at(-1) },
    reportFormat: report.format.toUpperCase(),
    reportType: { type: report.reportType },
    aggregates: summaries.map(({ key }) => key),
    detailColumns: columns.map(({ column }) => column),
    groupingsDown: groupings(report.groupingsDown),
    groupingsAcross: groupings(report.groupingsAcross),
    reportFilters: report.filters,
  };
}

function extendedOf({ columns, summaries }: ReportResult) {
  return {
    aggregateColumnInfo: Object.fromEntries(
      summaries.map(({ key, label, datatype }) => [key, { label, dataType: datatype }]),
    ),
    detailColumnInfo: Object.fromEntries(
      columns.map(({ column, label, field }) => [column, { label, dataType: field.type }]),
    ),
  };
}
