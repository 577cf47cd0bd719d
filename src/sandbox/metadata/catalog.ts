import type { Field } from '../org/schema/field.ts';
import { type SObjectDefinition, systemFields } from '../org/schema/sobject.ts';
import { STANDARD_OBJECTS } from '../org/schema/standard-objects.ts';
import type { Component } from './component.ts';
import { along, first, isTrue, textOf } from './xml.ts';

/** A field as far as the rules ask about it. */
export interface KnownField {
  object: string;
  name: string;
  /** The type as metadata names it: Text, Lookup, Picklist. */
  type: string;
  required: boolean;
  isFormula: boolean;
  referenceTo: string[];
  /** The name its parent is read under, `Account__r`. */
  relationship: string | null;
  /** The name the parent reads its children under, `NPS_Responses__r`. */
  childRelationship: string | null;
  length: number;
  precision: number;
  scale: number;
  /** Undefined when the values are not known here. */
  values: string[] | undefined;
  /** Absent for standard fields. */
  component?: Component;
}

export interface KnownObject {
  name: string;
  isCustom: boolean;
  fields: ReadonlyMap<string, KnownField>;
}

export interface Catalog {
  object(name: string): KnownObject | undefined;
  field(object: string, name: string): KnownField | undefined;
  /** Follows `Account__r.Owner.Name`; undefined when some step does not exist. */
  path(object: string, path: string): KnownField | undefined;
  /** The object whose rows a parent reads under that name, as reports and subqueries do. */
  childObject(parent: string, relationship: string): string | undefined;
  fields(): KnownField[];
}

/** Objects and fields of a file set with the standard ones the sandbox knows. */
export function makeCatalog(components: readonly Component[]): Catalog {
  const custom = components.filter(({ type }) => type === 'CustomField').map(customField);
  const activity = custom.filter(({ object }) => object === 'Activity');
  const standard = STANDARD_OBJECTS.map((each) => {
    const shared =
      each.name === 'Task' || each.name === 'Event' ? activity.map((field) => ({ ...field, object: each.name })) : [];
    const own = [...custom.filter(({ object }) => object === each.name), ...shared];
    return known(each.name, false, [...each.fields.map((field) => standardField(each, field)), ...own]);
  });
  const ours = components
    .filter(({ type, name }) => type === 'CustomObject' && /__\w+$/.test(name))
    .map(({ name }) => {
      const own = custom.filter(({ object }) => object === name);
      return known(name, true, [...impliedFields(name, own), ...own]);
    });
  const objects = new Map([...standard, known('Activity', false, activity), ...ours].map((each) => [each.name, each]));

  const field = (object: string, name: string) => objects.get(object)?.fields.get(name);
  const path = (object: string, steps: string): KnownField | undefined => {
    const [step = '', ...rest] = steps.split('.');
    if (rest.length === 0) return field(object, step);
    const lookup = [...(objects.get(object)?.fields.values() ?? [])].find((each) => each.relationship === step);
    return lookup?.referenceTo.map((parent) => path(parent, rest.join('.'))).find((found) => found !== undefined);
  };
  const fields = () => [...objects.values()].flatMap((each) => [...each.fields.values()]);
  const childObject = (parent: string, relationship: string) =>
    fields().find((each) => each.childRelationship === relationship && each.referenceTo.includes(parent))?.object ??
    standardChildren(objects, parent, relationship);
  return { object: (name) => objects.get(name), field, path, childObject, fields };
}

function known(name: string, isCustom: boolean, fields: KnownField[]): KnownObject {
  return { name, isCustom, fields: new Map(fields.map((each) => [each.name, each])) };
}

/** `Contacts` of Account: standard child relationships are the plural of the child. */
function standardChildren(objects: ReadonlyMap<string, KnownObject>, parent: string, relationship: string) {
  const child = STANDARD_OBJECTS.find((each) => each.labelPlural.replaceAll(' ', '') === relationship);
  const fields = [...(objects.get(child?.name ?? '')?.fields.values() ?? [])];
  return fields.some(({ referenceTo }) => referenceTo.includes(parent)) ? child?.name : undefined;
}

const LENGTHS: Record<string, number> = { TextArea: 255, Email: 80, Phone: 40, Url: 255, MetadataRelationship: 255 };

function customField(component: Component): KnownField {
  const { root, name, object } = component;
  const type = textOf(root, 'type') ?? '';
  const isLookup = type === 'Lookup' || type === 'MasterDetail' || type === 'Hierarchy' || pointsAtRecords(root);
  const relationship = textOf(root, 'relationshipName');
  const values = along(root, 'valueSet/valueSetDefinition/value').map((value) => textOf(value, 'fullName') ?? '');
  return {
    object,
    name,
    type,
    required: isTrue(root, 'required'),
    isFormula: first(root, 'formula') !== undefined,
    referenceTo: isLookup ? [textOf(root, 'referenceTo') ?? object] : [],
    relationship: isLookup ? name.replace(/__c$/, '__r') : null,
    childRelationship: isLookup && relationship ? `${relationship}__r` : null,
    length: Number(textOf(root, 'length') ?? LENGTHS[type] ?? 0),
    precision: Number(textOf(root, 'precision') ?? 0),
    scale: Number(textOf(root, 'scale') ?? 0),
    values: values.length > 0 ? values : undefined,
    component,
  };
}

/** Of custom metadata types; other metadata relationships name an object or a field. */
const pointsAtRecords = (root: Component['root']) =>
  textOf(root, 'type') === 'MetadataRelationship' && textOf(root, 'referenceTo')?.endsWith('__mdt') === true;

const TYPES: Partial<Record<Field['type'], string>> = {
  id: 'Id',
  string: 'Text',
  textarea: 'TextArea',
  boolean: 'Checkbox',
  int: 'Number',
  double: 'Number',
  datetime: 'DateTime',
  reference: 'Lookup',
  multipicklist: 'MultiselectPicklist',
};

function standardField({ name: object }: Pick<SObjectDefinition, 'name'>, field: Field): KnownField {
  const type = TYPES[field.type] ?? field.type.charAt(0).toUpperCase() + field.type.slice(1);
  const { name, required, referenceTo, relationshipName: relationship, length, precision, scale } = field;
  const more = { length, precision, scale, childRelationship: null, isFormula: false };
  // The values of a standard picklist are the org's own.
  return { object, name, type, required, referenceTo, relationship, values: undefined, ...more };
}

function impliedFields(object: string, own: readonly KnownField[]): KnownField[] {
  const plain = (name: string, type = 'Text', referenceTo: string[] = []): KnownField => ({
    object,
    name,
    type,
    required: false,
    isFormula: false,
    referenceTo,
    relationship: referenceTo.length > 0 ? name.replace(/Id$/, '') : null,
    childRelationship: null,
    length: 255,
    precision: 0,
    scale: 0,
    values: undefined,
  });
  if (object.endsWith('__e'))
    return [
      plain('ReplayId'),
      plain('EventUuid'),
      plain('CreatedDate', 'DateTime'),
      plain('CreatedById', 'Lookup', ['User']),
    ];
  if (object.endsWith('__mdt'))
    return [
      'Id',
      'DeveloperName',
      'MasterLabel',
      'Label',
      'Language',
      'NamespacePrefix',
      'QualifiedApiName',
      'IsProtected',
    ].map((name) => plain(name));
  const owner = own.some(({ type }) => type === 'MasterDetail') ? [] : [plain('OwnerId', 'Lookup', ['User', 'Group'])];
  return [...systemFields().map((field) => standardField({ name: object }, field)), plain('Name'), ...owner];
}
