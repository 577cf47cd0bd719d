import type { FastifyInstance, FastifyReply } from 'fastify';
import { ADMIN, type SandboxOrg } from '../org/open-org.ts';
import { type Reports, reportsOf } from '../reports/reports.ts';
import { metricOf, reportView } from './report-view.ts';

interface Frame {
  org: SandboxOrg;
  page(
    reply: FastifyReply,
    path: string,
    template: string,
    view: { title: string } & Record<string, unknown>,
  ): FastifyReply;
  missing(reply: FastifyReply, sentence: string): FastifyReply;
}

const HERE = '/org/reports';

/** The org's reports and dashboards, run as its admin. */
export function reportRoutes(app: FastifyInstance, { org, page, missing }: Frame): void {
  const reports = reportsOf(org);
  const resultOf = (path: string) => {
    const report = reports.find(path);
    return report && reports.run(report, org.as(org.userId(ADMIN)));
  };

  app.get(HERE, (_, reply) =>
    page(reply, HERE, 'reports', { title: 'Reports', reports: reports.all(), dashboards: reports.dashboards() }),
  );

  app.get<{ Params: { '*': string } }>(`${HERE}/*`, ({ params }, reply) => {
    const result = resultOf(params['*']);
    if (!result) return missing(reply, 'The org has no such report.');
    return page(reply, HERE, 'report', { title: result.report.name, ...reportView(result) });
  });

  app.get<{ Params: { '*': string } }>('/org/dashboards/*', ({ params }, reply) => {
    const dashboard = reports.dashboards().find(({ path }) => path === params['*']);
    if (!dashboard) return missing(reply, 'The org has no such dashboard.');
    const components = dashboard.components.flatMap((component) => {
      const result = resultOf(component.report);
      return result ? [{ ...component, start: component.column + 1, ...shownAs(component.kind, result) }] : [];
    });
    return page(reply, HERE, 'dashboard', { ...dashboard, components });
  });
}

type Result = ReturnType<Reports['run']>;

/** A component shows one number, a table, or the report's chart. */
function shownAs(kind: string, result: Result) {
  if (kind === 'Metric') return { metric: metricOf(result) };
  const { chart, table } = reportView(result);
  return kind === 'FlexTable' ? { table } : { chart };
}
