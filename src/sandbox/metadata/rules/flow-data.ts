import type { KnownObject } from '../catalog.ts';
import type { Complaint } from '../finding.ts';
import { type Flow, readFlow } from '../flow.ts';
import { about, type Package, type Rule } from '../rule.ts';
import { all, along, first, textOf, type XmlElement } from '../xml.ts';

/** Elements that read or write rows of an object they name. */
const ON_OBJECTS = ['recordLookups', 'recordCreates', 'recordUpdates', 'recordDeletes', 'start', 'dynamicChoiceSets'];
const WRITES = ['recordCreates', 'recordUpdates'];
/** Where such an element names fields. */
const FIELDS = [
  'filters/field',
  'inputAssignments/field',
  'outputAssignments/field',
  'queriedFields',
  'sortField',
  'scheduledPaths/recordField',
];

export const flowData: Rule = {
  name: 'flow-data',
  severity: 'error',
  says: 'The objects a flow reads, writes or starts with exist and have the fields it names; filters have an operator and a value; what it creates gets every required field, and picklists get values they have.',
  source:
    'Metadata API Developer Guide, "Flow"; Flow deploy errors "The field doesn\'t exist", "filter requires an operator"',
  check: (pack) => pack.ofType('Flow').flatMap((component) => inFlow(readFlow(component, pack.catalog), pack)),
};

function inFlow(flow: Flow, { catalog, ofType }: Package): Complaint[] {
  const { component } = flow;
  const typed = along(component.root, 'variables/objectType')
    .filter(({ text }) => !catalog.object(text.trim()))
    .map((element) => about(component, element, `There is no object ${element.text.trim()}.`));
  const subflows = along(component.root, 'subflows/flowName')
    .filter(({ text }) => !ofType('Flow').some(({ name }) => name === text.trim()))
    .map((element) => about(component, element, `There is no flow ${element.text.trim()}.`));
  const data = ON_OBJECTS.flatMap((tag) => all(component.root, tag)).flatMap((element) => {
    const named = first(element, 'object');
    const behind = textOf(element, 'inputReference');
    const objectName = named?.text.trim() ?? (behind ? flow.objectBehind(behind) : undefined);
    const object = objectName === undefined ? undefined : catalog.object(objectName);
    if (named && !object) return [about(component, named, `There is no object ${named.text.trim()}.`)];
    return [...filters(flow, element), ...(object ? fields(flow, element, object) : []), ...triggered(flow, element)];
  });
  return [...typed, ...subflows, ...data];
}

function filters({ component }: Flow, element: XmlElement): Complaint[] {
  return all(element, 'filters').flatMap((filter) => {
    const called = textOf(filter, 'field') ?? 'A filter';
    if (!first(filter, 'operator')) return [about(component, filter, `${called} is filtered without an operator.`)];
    return first(filter, 'value') ? [] : [about(component, filter, `${called} is filtered without a value.`)];
  });
}

function fields(flow: Flow, element: XmlElement, object: KnownObject): Complaint[] {
  const { component } = flow;
  const unknown = FIELDS.flatMap((path) => along(element, path))
    .filter((field) => !object.fields.has(field.text.trim()))
    .map((field) => about(component, field, `${object.name} has no field ${field.text.trim()}.`));
  const assignments = all(element, 'inputAssignments');
  const fixed = assignments.flatMap((assignment) => {
    const named = first(assignment, 'field');
    const field = object.fields.get(named?.text.trim() ?? '');
    return named && field?.isFormula
      ? [about(component, named, `${field.name} is a formula and cannot be written.`)]
      : [];
  });
  const strangers = [...assignments, ...all(element, 'filters')].flatMap((each) => {
    const field = object.fields.get(textOf(each, 'field') ?? '');
    const [literal] = along(each, 'value/stringValue');
    if (!literal || !field?.values || literal.text.includes('{!') || literal.text === '') return [];
    return field.values.includes(literal.text)
      ? []
      : [about(component, literal, `${literal.text} is no value of ${field.name}.`)];
  });
  return [
    ...unknown,
    ...fixed,
    ...strangers,
    ...(element.name === 'recordCreates' ? forgotten(flow, element, object) : []),
  ];
}

function forgotten({ component }: Flow, element: XmlElement, object: KnownObject): Complaint[] {
  // A record variable is filled elsewhere.
  if (first(element, 'inputReference')) return [];
  const given = along(element, 'inputAssignments/field').map(({ text }) => text.trim());
  return [...object.fields.values()]
    .filter(
      (field) => field.component && (field.required || field.type === 'MasterDetail') && !given.includes(field.name),
    )
    .map((field) => about(component, element, `${object.name} is created without ${field.name}, which is required.`));
}

function triggered({ component }: Flow, element: XmlElement): Complaint[] {
  if (WRITES.includes(element.name) && !first(element, 'inputReference') && !first(element, 'inputAssignments'))
    return [about(component, element, `${textOf(element, 'name')} writes nothing.`)];
  if (element.name !== 'start') return [];
  const trigger = textOf(element, 'triggerType');
  const object = first(element, 'object');
  const formula = first(element, 'filterFormula');
  const onRecord = trigger?.startsWith('Record') === true;
  if (formula && !onRecord) return [about(component, formula, 'filterFormula works in record-triggered flows only.')];
  if (trigger === 'Scheduled' && !first(element, 'schedule'))
    return [about(component, element, 'A scheduled flow has no schedule.')];
  if (onRecord && !first(element, 'recordTriggerType'))
    return [about(component, element, 'A record-triggered flow does not say on what (recordTriggerType).')];
  if ((onRecord || trigger === 'PlatformEvent') && !object)
    return [about(component, element, `A flow of trigger ${trigger} has no object.`)];
  if (trigger === 'PlatformEvent' && object && !object.text.trim().endsWith('__e'))
    return [about(component, object, `${object.text.trim()} is no platform event.`)];
  return [];
}
