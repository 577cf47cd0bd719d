import type { Component } from '../component.ts';
import { about, type Rule } from '../rule.ts';
import { along, everyElement, first, isTrue, textOf } from '../xml.ts';

export const dashboard: Rule = {
  name: 'dashboard',
  severity: 'error',
  says: 'A dashboard lies in a folder that is shipped, each of its components shows a report that is and, where it shows its chart, has one, and it does not run as whoever looks.',
  source: 'Metadata API Developer Guide, "Dashboard"; salesforce-facts.md, "LoggedInUser uses up dynamic dashboards"',
  check: ({ ofType }) =>
    ofType('Dashboard').flatMap((component) => {
      const { root, name } = component;
      const [folder = ''] = name.split('/');
      const shipped = ofType('DashboardFolder').some((each) => each.name === folder);
      const homeless = shipped ? [] : [about(component, root, `There is no dashboard folder ${folder}.`)];
      const reports = everyElement(root)
        .filter(
          (element) => element.name === 'report' && !ofType('Report').some((each) => each.name === element.text.trim()),
        )
        .map((element) => about(component, element, `There is no report ${element.text.trim()}.`));
      const charts = along(root, 'dashboardGridLayout/dashboardGridComponents/dashboardComponent').filter(
        (shown) => isTrue(shown, 'useReportChart') && !hasChart(ofType('Report'), textOf(shown, 'report')),
      );
      const bare = charts.map((shown) => about(component, shown, `${textOf(shown, 'report')} has no chart to show.`));
      const type = first(root, 'dashboardType');
      const dynamic =
        type && textOf(root, 'dashboardType') !== 'SpecifiedUser'
          ? [about(component, type, 'A dynamic dashboard uses up a licence-bound limit; use SpecifiedUser.')]
          : [];
      return [...homeless, ...reports, ...bare, ...dynamic];
    }),
};

/** A report that is missing is complained of elsewhere. */
function hasChart(reports: readonly Component[], name: string | undefined): boolean {
  const report = reports.find((each) => each.name === name);
  return !report || first(report.root, 'chart') !== undefined;
}
