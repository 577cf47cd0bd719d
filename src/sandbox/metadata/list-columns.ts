import type { Catalog } from './catalog.ts';

/** What list views and related lists call the fields every object has. */
const STANDARD_COLUMNS = [
  ...['NAME', 'RECORDTYPE', 'CREATED_DATE', 'LAST_UPDATE', 'LAST_ACTIVITY', 'SYSTEM_MODSTAMP'],
  ...['CREATEDBY_USER', 'CREATEDBY_USER.ALIAS', 'UPDATEDBY_USER', 'UPDATEDBY_USER.ALIAS'],
  ...[
    'OWNER.ALIAS',
    'OWNER.FIRST_NAME',
    'OWNER.LAST_NAME',
    'CORE.USERS.ALIAS',
    'CORE.USERS.FIRST_NAME',
    'CORE.USERS.LAST_NAME',
  ],
];
/** Custom metadata types have no owner and no dates, but names. */
const METADATA_COLUMNS = ['MasterLabel', 'DeveloperName', 'NamespacePrefix', 'IsProtected', 'Label', 'Language'];
/** Columns of standard objects are codes such as ACCOUNT.NAME, which only an org knows. */
const CODE = /^[A-Z0-9_]+(\.[A-Z0-9_]+)?$/;

export function isListColumn(catalog: Catalog, object: string, column: string): boolean {
  const known = catalog.object(object);
  if (column.endsWith('__c')) return known?.fields.has(column) ?? false;
  if (object.endsWith('__mdt')) return METADATA_COLUMNS.includes(column);
  return known?.isCustom ? STANDARD_COLUMNS.includes(column) : CODE.test(column);
}
