import { extract } from 'formulon';
import type { Catalog } from '../catalog.ts';
import type { Component } from '../component.ts';
import type { Complaint } from '../finding.ts';
import { columnBehind, type ReportSource, STANDARD_REPORTS } from '../report-columns.ts';
import { reportTables } from '../report-tables.ts';
import { about, type Package, type Rule } from '../rule.ts';
import { all, along, everyElement, first, textOf, type XmlElement } from '../xml.ts';
import { faultIn } from './formula.ts';

/** Elements that name a column of the report. */
const COLUMNS = [
  'field',
  'column',
  'dateColumn',
  'sortColumn',
  'groupingColumn',
  'secondaryGroupingColumn',
  'columnName',
  'sourceColumnName',
];
/** Columns every report has, and those it makes itself. */
const MADE = /^(RowCount|FORMULA\d+|CDF\d+|BucketField_\w+)$/;
/** Of a standard report type that is not known here columns are codes, which only an org knows. */
const CODE = /^[A-Z0-9_]+(\.[A-Z0-9_]+)*$/;

export const report: Rule = {
  name: 'report',
  severity: 'error',
  says: 'A report is of a report type that is shipped or standard, lies in a folder that is, and every column it shows, filters, groups, sorts, charts or reckons by exists and is among those its type offers.',
  source: 'Metadata API Developer Guide, "Report"; deploy errors "Invalid value specified", "Cannot find folder"',
  check: (pack) =>
    pack.ofType('Report').flatMap((component) => [...inReport(component, pack), ...folder(component, pack)]),
};

function folder(component: Component, { ofType }: Package): Complaint[] {
  const [name = '', report] = component.name.split('/');
  if (report !== undefined && (name.startsWith('unfiled') || ofType('ReportFolder').some((each) => each.name === name)))
    return [];
  return [about(component, component.root, `There is no report folder ${name}.`)];
}

function inReport(component: Component, { ofType, catalog }: Package): Complaint[] {
  const { root } = component;
  const type = first(root, 'reportType');
  const [, custom] = /^(\w+)__c$/.exec(type?.text.trim() ?? '') ?? [];
  const shipped = ofType('ReportType').find(({ name }) => name === custom);
  if (type && custom && !shipped) return [about(component, type, `There is no report type ${custom}.`)];
  const offer = offered(shipped, type?.text.trim() ?? '', catalog);
  const own = new Set(
    [...along(root, 'aggregates/developerName'), ...along(root, 'buckets/developerName')].map(({ text }) =>
      text.trim(),
    ),
  );
  const columns = everyElement(root)
    .filter((element) => COLUMNS.includes(element.name) && element.children.length === 0)
    .filter(({ text }) => !own.has(text.trim()) && !isColumn(text.trim(), offer, catalog))
    .map((element) => about(component, element, `There is no column ${element.text.trim()}.`));
  const formulas = [
    ...along(root, 'aggregates/calculatedFormula'),
    ...along(root, 'customDetailFormulas/calculatedFormula'),
  ].flatMap((element) => {
    const formula = summaryFormula(element);
    const fault = faultIn(formula.text);
    return fault
      ? [about(component, element, fault)]
      : formula.unknown(own, offer, catalog).map((name) => about(component, element, `There is no column ${name}.`));
  });
  const logic = first(root, 'filter');
  const stated = logic && first(logic, 'booleanFilter');
  const count = logic ? all(logic, 'criteriaItems').length : 0;
  const wrong =
    stated && [...stated.text.matchAll(/\d+/g)].some(([number]) => Number(number) < 1 || Number(number) > count);
  return [
    ...columns,
    ...formulas,
    ...(wrong
      ? [about(component, stated, `${stated.text.trim()} counts a filter that is not there; there are ${count}.`)]
      : []),
  ];
}

/** What a report may name: columns of a source that is known here, of a custom report type those in its sections. */
interface Offer {
  source: ReportSource | undefined;
  sections: ReadonlySet<string> | undefined;
}

function offered(shipped: Component | undefined, type: string, catalog: Catalog): Offer {
  const standard = STANDARD_REPORTS[type];
  if (!shipped) return { source: standard && { standard }, sections: undefined };
  const columns = along(shipped.root, 'sections/columns').map(
    (column) => `${textOf(column, 'table')}$${textOf(column, 'field')}`,
  );
  return { source: { tables: reportTables(shipped.root, catalog).tables }, sections: new Set(columns) };
}

function isColumn(name: string, { source, sections }: Offer, catalog: Catalog): boolean {
  if (MADE.test(name)) return true;
  const behind = source && columnBehind(name, source);
  if (source) {
    const object = behind && ('tables' in source ? source.tables.get(behind.table) : behind.table);
    const exists = object !== undefined && catalog.path(object, behind?.path ?? '') !== undefined;
    return exists && (!sections || sections.has(`${behind?.table}$${behind?.column}`));
  }
  const [object = '', custom = ''] = name.split('.');
  return custom.endsWith('__c') ? catalog.field(object, custom) !== undefined : CODE.test(name);
}

/** A summary formula as the parser can read it: `Score__c:SUM` says what is summed and how. */
function summaryFormula(element: XmlElement) {
  const names = new Map<string, string>();
  const text = element.text.replace(/([A-Za-z][\w.$]*):(SUM|AVG|MAX|MIN|UNIQUE|MEDIAN)/g, (_, column: string) => {
    const name = `column${names.size}`;
    names.set(name, column);
    return name;
  });
  const unknown = (own: ReadonlySet<string>, offer: Offer, catalog: Catalog): string[] =>
    extract(text)
      .map((name) => names.get(name) ?? name)
      .filter((name) => !own.has(name) && !isColumn(name, offer, catalog));
  return { text: text.replace(/\$(?=\w)/g, '_'), unknown };
}
