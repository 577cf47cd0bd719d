import { reportTables } from '../report-tables.ts';
import { about, type Rule } from '../rule.ts';
import { all, along, first } from '../xml.ts';

export const reportType: Rule = {
  name: 'report-type',
  severity: 'error',
  says: 'A report type stands on an object that exists, joins child relationships that exist, and its columns are fields of its tables.',
  source: 'Metadata API Developer Guide, "ReportType"',
  check: ({ ofType, catalog }) =>
    ofType('ReportType').flatMap((component) => {
      const base = first(component.root, 'baseObject');
      if (!base || !catalog.object(base.text.trim()))
        return [
          about(component, base ?? component.root, `There is no object ${base?.text.trim() ?? ''} to report on.`),
        ];
      const { tables, broken } = reportTables(component.root, catalog);
      const joins = broken.map(({ element, message }) => about(component, element, message));
      const columns = along(component.root, 'sections/columns').flatMap((column) => {
        const table = first(column, 'table');
        const field = first(column, 'field');
        const object = tables.get(table?.text.trim() ?? '');
        if (table && !object)
          return broken.length > 0
            ? []
            : [about(component, table, `${table.text.trim()} is no table of this report type.`)];
        if (!field || !object || catalog.path(object, reportPath(field.text.trim()))) return [];
        return [about(component, field, `${object} has no field ${field.text.trim()}.`)];
      });
      const empty =
        all(component.root, 'sections').length === 0
          ? [about(component, component.root, 'The report type shows no fields.')]
          : [];
      return [...joins, ...columns, ...empty];
    }),
};

/** Report types name lookups by the relationship: `Account__c.Name` is read as `Account__r.Name`. */
const reportPath = (field: string): string => field.replace(/__c\./g, '__r.');
