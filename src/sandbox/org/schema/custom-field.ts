import { type Field, type FieldType, field } from './field.ts';
import { children, childText, type Element, isTrue, type MetadataFile } from './metadata-file.ts';

const TYPES: Record<string, FieldType> = {
  Text: 'string',
  TextArea: 'textarea',
  LongTextArea: 'textarea',
  Html: 'textarea',
  Email: 'email',
  Phone: 'phone',
  Url: 'url',
  Checkbox: 'boolean',
  Number: 'double',
  Currency: 'currency',
  Percent: 'percent',
  Date: 'date',
  DateTime: 'datetime',
  Time: 'time',
  Picklist: 'picklist',
  MultiselectPicklist: 'multipicklist',
  Lookup: 'reference',
  MasterDetail: 'reference',
  // Points at an object or a field by name; as text it reads and filters alike. One to records is a reference, below.
  MetadataRelationship: 'string',
  AutoNumber: 'string',
};
const LENGTHS: Record<string, number> = {
  TextArea: 255,
  Email: 80,
  Phone: 40,
  Url: 255,
  Picklist: 255,
  AutoNumber: 30,
};

/** The field a `*.field-meta.xml` describes. */
export function customField({ path, fullName, root }: MetadataFile): Field {
  const kind = childText(root, 'type') ?? '';
  const pointsAtRecords = kind === 'MetadataRelationship' && childText(root, 'referenceTo')?.endsWith('__mdt');
  const type = pointsAtRecords ? 'reference' : TYPES[kind];
  if (!type) throw new Error(`${path}: ${fullName} is of type ${kind || '(none)'}, which the sandbox does not have.`);
  const formula = childText(root, 'formula') ?? null;
  const writable = kind !== 'AutoNumber' && formula === null;
  const masterDetail = kind === 'MasterDetail';
  const isReference = type === 'reference';
  const label = childText(root, 'label') ?? fullName;
  return field(fullName, type, {
    label,
    custom: true,
    length: isReference
      ? 18
      : Number(childText(root, 'length') ?? LENGTHS[kind] ?? (kind === 'MetadataRelationship' ? 255 : 0)),
    precision: Number(childText(root, 'precision') ?? 0),
    scale: Number(childText(root, 'scale') ?? 0),
    required: isTrue(root, 'required') || masterDetail,
    unique: isTrue(root, 'unique'),
    externalId: isTrue(root, 'externalId'),
    referenceTo: isReference ? [childText(root, 'referenceTo') ?? ''] : [],
    relationshipName: isReference ? fullName.replace(/__c$/, '__r') : null,
    childRelationshipName: childRelationship(root),
    masterDetail,
    cascadeDelete: masterDetail || childText(root, 'deleteConstraint') === 'Cascade',
    restrictedDelete: childText(root, 'deleteConstraint') === 'Restrict',
    permissionable: !isTrue(root, 'required') && !masterDetail,
    formula,
    // A master-detail keeps its parent for life unless it says otherwise.
    updateable: masterDetail ? isTrue(root, 'reparentableMasterDetail') : writable,
    createable: writable,
    autoNumber: kind === 'AutoNumber' ? (childText(root, 'displayFormat') ?? '{0}') : null,
    helpText: childText(root, 'inlineHelpText') ?? null,
    ...choices(root, path),
    ...(childText(root, 'defaultValue') === undefined ? {} : defaults(root, type)),
  });
}

function choices(root: Element, path: string): Partial<Field> {
  const [valueSet] = children(root, 'valueSet');
  if (!valueSet) return {};
  const [definition] = children(valueSet, 'valueSetDefinition');
  if (!definition)
    throw new Error(`${path}: the sandbox reads picklist values from the field itself, not from a value set.`);
  const picklist = children(definition, 'value')
    .filter((value) => childText(value, 'isActive') !== 'false')
    .map((value) => {
      const name = childText(value, 'fullName') ?? '';
      return { value: name, label: childText(value, 'label') ?? name, default: isTrue(value, 'default') };
    });
  const first = picklist.find((value) => value.default)?.value ?? null;
  return { picklist, restricted: isTrue(valueSet, 'restricted'), defaultValue: first };
}

function childRelationship(root: Element): string | null {
  const name = childText(root, 'relationshipName');
  return name ? `${name}__r` : null;
}

// Defaults are formulas; what is no literal is worked out for each new row.
function defaults(root: Element, type: FieldType): Partial<Field> {
  const formula = (childText(root, 'defaultValue') ?? '').trim();
  if (/^(true|false)$/i.test(formula)) return { defaultValue: formula.toLowerCase() === 'true' };
  if (/^-?\d+(\.\d+)?$/.test(formula)) return { defaultValue: type === 'string' ? formula : Number(formula) };
  const quoted = /^"([^"]*)"$/.exec(formula);
  return quoted ? { defaultValue: quoted[1] ?? '' } : { defaultFormula: formula };
}
