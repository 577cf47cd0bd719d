import { extract } from 'formulon';
import type { Catalog } from '../catalog.ts';
import type { Component } from '../component.ts';
import type { Complaint } from '../finding.ts';
import { type ReportTables, reportTables } from '../report-tables.ts';
import { about, type Package, type Rule } from '../rule.ts';
import { all, along, everyElement, first, type XmlElement } from '../xml.ts';
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
/** Standard report types name columns by codes only an org knows. */
const CODE = /^[A-Z0-9_]+(\.[A-Z0-9_]+)*$/;

export const report: Rule = {
  name: 'report',
  severity: 'error',
  says: 'A report is of a report type that is shipped or standard, lies in a folder that is, and every column it shows, filters, groups, sorts or charts by exists.',
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
  const tables = shipped && reportTables(shipped.root, catalog);
  const own = new Set(
    [...along(root, 'aggregates/developerName'), ...along(root, 'buckets/developerName')].map(({ text }) =>
      text.trim(),
    ),
  );
  const columns = everyElement(root)
    .filter((element) => COLUMNS.includes(element.name) && element.children.length === 0)
    .filter(({ text }) => !own.has(text.trim()) && !isColumn(text.trim(), tables, catalog))
    .map((element) => about(component, element, `There is no column ${element.text.trim()}.`));
  const formulas = [
    ...along(root, 'aggregates/calculatedFormula'),
    ...along(root, 'customDetailFormulas/calculatedFormula'),
  ].flatMap((element) => {
    const formula = summaryFormula(element);
    const fault = faultIn(formula.text);
    return fault
      ? [about(component, element, fault)]
      : formula.unknown(own, tables, catalog).map((name) => about(component, element, `There is no column ${name}.`));
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

/** `Account.NPS_Responses__r$Score__c` of a custom report type, `Account.NPS_Score__c` of a standard one. */
function isColumn(name: string, types: ReportTables | undefined, catalog: Catalog): boolean {
  if (MADE.test(name)) return true;
  const [table = '', field] = name.split('$');
  if (field !== undefined) {
    const object = types?.tables.get(table) ?? (types ? undefined : table);
    return object !== undefined && catalog.path(object, field.replace(/__c\./g, '__r.')) !== undefined;
  }
  const [object = '', custom = ''] = name.split('.');
  if (custom.endsWith('__c')) return catalog.field(object, custom) !== undefined;
  // A standard column of a custom report type has a table, too.
  return !types && CODE.test(name);
}

/** A summary formula as the parser can read it: `Score__c:SUM` says what is summed and how. */
function summaryFormula(element: XmlElement) {
  const names = new Map<string, string>();
  const text = element.text.replace(/([A-Za-z][\w.$]*):(SUM|AVG|MAX|MIN|UNIQUE|MEDIAN)/g, (_, column: string) => {
    const name = `column${names.size}`;
    names.set(name, column);
    return name;
  });
  const unknown = (own: ReadonlySet<string>, tables: ReportTables | undefined, catalog: Catalog): string[] =>
    extract(text)
      .map((name) => names.get(name) ?? name)
      .filter((name) => !own.has(name) && !isColumn(name, tables, catalog));
  return { text: text.replace(/\$(?=\w)/g, '_'), unknown };
}
