import type { Session } from '../open-org.ts';
import { type Field, isLong } from '../schema/field.ts';
import type { SObject } from '../schema/sobject.ts';
import { ok, type Resource } from './call.ts';
import { rowUrl } from './record.ts';

/** What the user knows of the org: all objects, one object in short, one object with its fields. */
export function describeResources(): Resource[] {
  return [
    {
      method: 'GET',
      pattern: '/sobjects',
      run: ({ base, session }) => {
        const sobjects = session.schema.all().map((each) => brief(base, session, each));
        return ok({ encoding: 'UTF-8', maxBatchSize: 200, sobjects });
      },
    },
    {
      method: 'GET',
      pattern: '/sobjects/:sobject',
      run: ({ base, session }, { sobject = '' }) =>
        ok({ objectDescribe: brief(base, session, session.schema.get(sobject)), recentItems: [] }),
    },
    {
      method: 'GET',
      pattern: '/sobjects/:sobject/describe',
      run: ({ base, session }, { sobject = '' }) => ok(describe(base, session, session.schema.get(sobject))),
    },
  ];
}

function brief(base: string, session: Session, sobject: SObject) {
  const { name, label, labelPlural, keyPrefix, kind } = sobject;
  const isRow = kind === 'standard' || kind === 'custom';
  return {
    name,
    label,
    labelPlural,
    keyPrefix,
    custom: kind !== 'standard',
    customSetting: false,
    createable: kind !== 'metadata' && session.may('create', sobject),
    updateable: isRow && session.may('edit', sobject),
    deletable: isRow && session.may('delete', sobject),
    undeletable: false,
    queryable: kind !== 'event',
    retrieveable: kind !== 'event',
    searchable: false,
    layoutable: isRow,
    mergeable: false,
    triggerable: kind !== 'metadata',
    urls: {
      sobject: `${base}/sobjects/${name}`,
      describe: `${base}/sobjects/${name}/describe`,
      rowTemplate: rowUrl(base, name, '{ID}'),
    },
  };
}

function describe(base: string, session: Session, sobject: SObject) {
  return {
    ...brief(base, session, sobject),
    fields: sobject.fields.map(describeField),
    childRelationships: session.schema.all().flatMap((child) => {
      const lookups = child.fields.filter(({ referenceTo }) => referenceTo.includes(sobject.name));
      return lookups.map((field) => ({
        childSObject: child.name,
        field: field.name,
        cascadeDelete: field.cascadeDelete,
        relationshipName: field.childRelationshipName,
        restrictedDelete: field.restrictedDelete,
        deprecatedAndHidden: false,
      }));
    }),
    recordTypeInfos: [],
    supportedScopes: [],
  };
}

const SOAP_TYPES: Record<string, string> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  double: 'xsd:double',
  currency: 'xsd:double',
  percent: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  time: 'xsd:time',
  base64: 'xsd:base64Binary',
};

function describeField(field: Field) {
  const { name, label, type, length, precision, scale, required, createable, updateable, custom } = field;
  const isBoolean = type === 'boolean';
  return {
    name,
    label,
    type,
    soapType: SOAP_TYPES[type] ?? 'xsd:string',
    length,
    byteLength: length * 3,
    precision: type === 'int' ? 0 : precision,
    digits: type === 'int' ? precision : 0,
    scale,
    nillable: !required && !isBoolean && type !== 'id',
    createable,
    updateable,
    defaultedOnCreate:
      field.defaultValue !== null || field.defaultFormula !== null || !createable || name === 'OwnerId',
    defaultValue: field.defaultValue,
    defaultValueFormula: field.defaultFormula,
    unique: field.unique,
    externalId: field.externalId,
    idLookup: field.externalId || type === 'id',
    caseSensitive: false,
    custom,
    calculated: field.formula !== null,
    calculatedFormula: field.formula,
    permissionable: field.permissionable,
    autoNumber: field.autoNumber !== null,
    nameField: name === 'Name',
    referenceTo: field.referenceTo,
    relationshipName: field.relationshipName,
    relationshipOrder: field.masterDetail ? 0 : null,
    cascadeDelete: field.cascadeDelete,
    restrictedDelete: field.restrictedDelete,
    polymorphicForeignKey: field.referenceTo.length > 1,
    picklistValues: field.picklist.map((value) => ({
      active: true,
      defaultValue: value.default,
      label: value.label,
      validFor: null,
      value: value.value,
    })),
    restrictedPicklist: field.restricted,
    dependentPicklist: false,
    filterable: !isLong(field),
    sortable: !isLong(field),
    groupable: !isLong(field) && type !== 'double' && type !== 'currency' && type !== 'percent' && type !== 'datetime',
    inlineHelpText: field.helpText,
    deprecatedAndHidden: false,
  };
}
