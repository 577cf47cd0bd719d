import { basename, dirname } from 'node:path';
import { customField } from './custom-field.ts';
import { checkbox, type Field, field, lookup, readOnly, text } from './field.ts';
import {
  children,
  childText,
  type Element,
  isTrue,
  type MetadataFile,
  metadataFiles,
  type SourceFile,
} from './metadata-file.ts';
import { sharingOf } from './sharing.ts';
import { type Kind, type SObjectDefinition, systemFields } from './sobject.ts';
import { STANDARD_OBJECTS } from './standard-objects.ts';

/** Custom fields of Task and Event live on this object, which has no rows of its own. */
const ACTIVITY = 'Activity';

/** What the org knows: the standard objects, and the fields, objects, events and types of its own metadata. */
export function readDefinitions(source: readonly SourceFile[]): SObjectDefinition[] {
  const fields = customFieldsByObject(source);
  const ours = metadataFiles(source, '**/objects/*/*.object-meta.xml')
    .filter(({ fullName }) => /__(c|e|mdt)$/.test(fullName))
    .map((file) => ourDefinition(file, fields.get(file.fullName) ?? []));
  const known = new Set([...ours, ...STANDARD_OBJECTS].map(({ name }) => name).concat(ACTIVITY));
  for (const name of fields.keys()) {
    if (!known.has(name)) throw new Error(`The metadata adds fields to ${name}, an object the sandbox does not have.`);
  }
  const standard = STANDARD_OBJECTS.map((each) => {
    const isActivity = each.name === 'Task' || each.name === 'Event';
    const added = [...(fields.get(each.name) ?? []), ...(isActivity ? (fields.get(ACTIVITY) ?? []) : [])];
    return { ...each, fields: [...each.fields, ...added] };
  });
  return [...standard, ...ours];
}

function customFieldsByObject(source: readonly SourceFile[]): Map<string, Field[]> {
  const byObject = new Map<string, Field[]>();
  for (const file of metadataFiles(source, '**/objects/*/fields/*.field-meta.xml')) {
    const object = basename(dirname(dirname(file.path)));
    byObject.set(object, [...(byObject.get(object) ?? []), customField(file)]);
  }
  return byObject;
}

function ourDefinition({ fullName, root }: MetadataFile, fields: Field[]): SObjectDefinition {
  const label = childText(root, 'label') ?? fullName;
  const kind: Kind = fullName.endsWith('__e') ? 'event' : fullName.endsWith('__mdt') ? 'metadata' : 'custom';
  const systemOf = { event: eventFields, metadata: metadataFields, custom: () => objectFields(root, fields) };
  return {
    name: fullName,
    label,
    labelPlural: childText(root, 'pluralLabel') ?? label,
    kind,
    keyPrefix: null,
    sharing: sharingOf(childText(root, 'sharingModel')),
    setup: false,
    allowsActivities: isTrue(root, 'enableActivities'),
    fields: [...systemOf[kind](), ...fields],
  };
}

function objectFields(root: Element, fields: Field[]): Field[] {
  const [nameField] = children(root, 'nameField');
  const isAutoNumber = nameField !== undefined && childText(nameField, 'type') === 'AutoNumber';
  const label = (nameField && childText(nameField, 'label')) ?? 'Name';
  const name = isAutoNumber
    ? readOnly(text('Name', 80, { label, autoNumber: (nameField && childText(nameField, 'displayFormat')) ?? '{0}' }))
    : text('Name', 80, { label });
  // A detail belongs to whoever owns its master.
  const owner = fields.some((each) => each.masterDetail) ? [] : [lookup('OwnerId', ['Group', 'User'])];
  return [...systemFields(), name, ...owner];
}

function eventFields(): Field[] {
  return [
    readOnly(text('ReplayId', 1000)),
    readOnly(text('EventUuid', 36)),
    readOnly(field('CreatedDate', 'datetime')),
    readOnly(lookup('CreatedById', 'User')),
  ];
}

function metadataFields(): Field[] {
  return [
    field('Id', 'id', { length: 18 }),
    text('DeveloperName', 40, { required: true }),
    text('MasterLabel', 40, { required: true, label: 'Label' }),
    text('Label', 40),
    text('Language', 40),
    text('NamespacePrefix', 15),
    text('QualifiedApiName', 70),
    checkbox('IsProtected', { label: 'Protected Component' }),
    field('SystemModstamp', 'datetime'),
  ].map(readOnly);
}
