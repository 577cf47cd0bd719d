import { type Component, type MetadataFile, readComponents } from '../metadata/component.ts';
import { type ReportSource, STANDARD_REPORTS } from '../metadata/report-columns.ts';
import { first, textOf } from '../metadata/xml.ts';
import type { SandboxOrg, Session } from '../org/open-org.ts';
import { unsupported } from '../org/org-error.ts';
import { recordId } from '../org/record-id.ts';
import { type DashboardFile, readDashboard } from './dashboard-file.ts';
import { readReport } from './report-file.ts';
import { type ReportResult, type RunnableReport, runReport } from './run-report.ts';

/** The reports and dashboards of an org, as its metadata has them. */
export interface Reports {
  /** By path, `NPS_Reports/NPS_Win_Rate`. */
  all(): OrgReport[];
  dashboards(): OrgDashboard[];
  find(idOrPath: string): OrgReport | undefined;
  /** Runs one as somebody; throws OrgError for what the sandbox cannot do. */
  run(report: OrgReport, session: Session): ReportResult;
}

export interface OrgReport {
  id: string;
  /** `NPS_Reports/NPS_Win_Rate` */
  path: string;
  name: string;
}

export interface OrgDashboard extends DashboardFile {
  path: string;
}

const REPORT_PREFIX = '00O';

/** A dashboard runs a dozen reports: no file is read twice. */
const read = new WeakMap<MetadataFile, Component[]>();

function componentsIn(file: MetadataFile): Component[] {
  const known = read.get(file) ?? readComponents([file]).components;
  read.set(file, known);
  return known;
}

export function reportsOf(org: SandboxOrg): Reports {
  const components = () =>
    org
      .metadata()
      .filter(({ path }) => /^(reports|reportTypes|dashboards)\//.test(path))
      .flatMap(componentsIn);

  const all = () =>
    components()
      .filter(({ type }) => type === 'Report')
      .toSorted((one, other) => (one.name < other.name ? -1 : 1))
      .map(({ name, root }, index) => ({
        id: recordId(REPORT_PREFIX, index + 1),
        path: name,
        name: textOf(root, 'name') ?? name,
      }));

  return {
    all,
    dashboards: () =>
      components()
        .filter(({ type }) => type === 'Dashboard')
        .map(({ name, root }) => ({ path: name, ...readDashboard(root) })),
    find: (wanted) => all().find(({ id, path }) => path === wanted || id.slice(0, 15) === wanted.slice(0, 15)),
    run({ path }, session) {
      const [user] = org.query(`SELECT Name FROM User WHERE Id = '${session.userId}'`);
      return runReport(runnable(path, components()), session, { now: org.now(), userName: String(user?.Name) });
    },
  };
}

function runnable(path: string, components: readonly Component[]): RunnableReport {
  const component = components.find(({ type, name }) => type === 'Report' && name === path);
  if (!component) throw new Error(`The org has no report ${path}.`);
  const report = readReport(path, component.root);
  const standard = STANDARD_REPORTS[report.reportType];
  if (standard) return { report, source: { standard }, object: standard.object };
  const type = components.find(({ type, name }) => type === 'ReportType' && `${name}__c` === report.reportType);
  if (!type) throw unsupported(`the report type ${report.reportType}`);
  if (first(type.root, 'join')) throw unsupported(`the join of the report type ${type.name}`);
  const object = textOf(type.root, 'baseObject') ?? '';
  const source: ReportSource = { tables: new Map([[object, object]]) };
  return { report, source, object };
}
