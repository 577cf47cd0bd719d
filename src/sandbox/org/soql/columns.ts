import { parseQuery, type FieldType as SelectItem } from '@jetstreamapp/soql-parser-js';
import { unsupported } from '../org-error.ts';
import type { Field, FieldType } from '../schema/field.ts';
import type { Schema } from '../schema/schema.ts';
import type { SObject } from '../schema/sobject.ts';

/** What `query?columns=true` answers instead of rows: the columns a client shows. The query has to be a good one. */
export function columnsOf(schema: Schema, soql: string): object {
  const { sObject = '', fields = [], groupBy } = parseQuery(soql);
  const sobject = schema.get(sObject);
  return {
    columnMetadata: columns(schema, sobject, fields),
    entityName: sobject.name,
    groupBy: groupBy !== undefined,
    idSelected: fields.some((item) => item.type === 'Field' && item.field.toLowerCase() === 'id'),
    keyPrefix: sobject.keyPrefix,
  };
}

function columns(schema: Schema, sobject: SObject, items: readonly SelectItem[]): object[] {
  let unnamed = 0;
  return items.map((item) => {
    switch (item.type) {
      case 'Field':
        return fieldColumn(sobject.field(item.field), item.field);
      case 'FieldRelationship':
        return parentColumn(schema, sobject, item.relationships, item.field);
      case 'FieldFunctionExpression':
        return functionColumn(item.alias ?? `expr${unnamed++}`, item.rawValue ?? item.functionName);
      case 'FieldSubquery':
        return childrenColumn(schema, sobject, item);
      default:
        throw unsupported('the columns of TYPEOF');
    }
  });
}

function fieldColumn(field: Field | undefined, asked: string) {
  return column(field?.name ?? asked, {
    apexType: APEX_TYPES[field?.type ?? 'string'] ?? 'String',
    booleanType: field?.type === 'boolean',
    numberType: ['int', 'double', 'currency', 'percent'].includes(field?.type ?? ''),
    textType: ['string', 'textarea', 'picklist', 'email', 'phone', 'url'].includes(field?.type ?? ''),
    custom: field?.custom ?? false,
    insertable: field?.createable ?? false,
    updatable: field?.updateable ?? false,
  });
}

function parentColumn(schema: Schema, sobject: SObject, [step = '', ...rest]: string[], asked: string): object {
  const lookup = sobject.relationship(step);
  const parent = schema.find(lookup?.referenceTo[0] ?? '') ?? sobject;
  const below = rest.length > 0 ? parentColumn(schema, parent, rest, asked) : fieldColumn(parent.field(asked), asked);
  return column(lookup?.relationshipName ?? step, { joinColumns: [below] });
}

function functionColumn(name: string, written: string) {
  return column(name, { aggregate: true, apexType: 'Object', displayName: written });
}

function childrenColumn(
  schema: Schema,
  sobject: SObject,
  { subquery }: Extract<SelectItem, { type: 'FieldSubquery' }>,
) {
  const asked = subquery.relationshipName;
  const child = schema.all().find(({ fields }) => fields.some((each) => isChildOf(each, sobject, asked)));
  const joinColumns = columns(schema, child ?? sobject, subquery.fields ?? []);
  return column(asked, { aggregate: true, joinColumns });
}

function isChildOf({ referenceTo, childRelationshipName }: Field, parent: SObject, asked: string): boolean {
  return referenceTo.includes(parent.name) && childRelationshipName?.toLowerCase() === asked.toLowerCase();
}

function column(columnName: string, more: Record<string, unknown>): object {
  return {
    aggregate: false,
    apexType: 'String',
    booleanType: false,
    columnName,
    custom: false,
    displayName: columnName,
    foreignKeyName: null,
    insertable: false,
    joinColumns: [],
    numberType: false,
    textType: false,
    updatable: false,
    ...more,
  };
}

const APEX_TYPES: Partial<Record<FieldType, string>> = {
  id: 'Id',
  reference: 'Id',
  boolean: 'Boolean',
  int: 'Integer',
  double: 'Double',
  currency: 'Double',
  percent: 'Double',
  date: 'Date',
  datetime: 'Datetime',
  time: 'Time',
};
