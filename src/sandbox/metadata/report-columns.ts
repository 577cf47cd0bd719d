import type { ReportTables } from './report-tables.ts';

/** A standard report type: the object its rows are of, and the field behind each of its codes, as seen from there. */
interface StandardReport {
  object: string;
  columns: Readonly<Record<string, string>>;
}

/** The standard report types whose codes are known, from reports that others published. */
export const STANDARD_REPORTS: Readonly<Record<string, StandardReport>> = {
  Opportunity: {
    object: 'Opportunity',
    columns: {
      ACCOUNT_NAME: 'Account.Name',
      AMOUNT: 'Amount',
      CLOSED: 'IsClosed',
      CLOSE_DATE: 'CloseDate',
      CREATED_DATE: 'CreatedDate',
      FULL_NAME: 'Owner.Name',
      OPPORTUNITY_NAME: 'Name',
      STAGE_NAME: 'StageName',
      TYPE: 'Type',
      WON: 'IsWon',
    },
  },
};

/** What the columns of a report may name: the tables of its custom report type, or a standard one with known codes. */
export type ReportSource = { tables: ReportTables['tables'] } | { standard: StandardReport };

interface ColumnBehind {
  table: string;
  /** As the report type names it in its table. */
  column: string;
  /** The field as SOQL reads it from the table. */
  path: string;
}

/**
 * The object and the path of the field behind a column: `NPS_Response__c$Account__c.Name` of a custom report type,
 * `CLOSE_DATE` or `Opportunity.Own__c` of a standard one. Summary formulas write a dot for the `$`. Undefined when the
 * source has no such column.
 */
export function columnBehind(column: string, source: ReportSource): ColumnBehind | undefined {
  if ('standard' in source) {
    const { object, columns } = source.standard;
    const code = columns[column];
    if (code) return { table: object, column, path: code };
    const own = column.startsWith(`${object}.`) ? column.slice(object.length + 1) : '';
    return own.endsWith('__c') ? { table: object, column, path: own } : undefined;
  }
  const table = [...source.tables.keys()]
    .filter((name) => column.startsWith(`${name}$`) || column.startsWith(`${name}.`))
    .toSorted((one, other) => other.length - one.length)[0];
  if (table === undefined) return undefined;
  // Report types name lookups by their field: `Account__c.Name` is read as `Account__r.Name`.
  const field = column.slice(table.length + 1);
  return { table, column: field, path: field.replace(/__c\./g, '__r.') };
}
