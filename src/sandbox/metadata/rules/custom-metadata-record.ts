import type { KnownField } from '../catalog.ts';
import type { Component } from '../component.ts';
import type { Complaint } from '../finding.ts';
import { about, type Package, type Rule } from '../rule.ts';
import { all, first, type XmlElement } from '../xml.ts';

const XSI_TYPES: Record<string, string> = {
  Checkbox: 'xsd:boolean',
  Date: 'xsd:date',
  DateTime: 'xsd:dateTime',
  Number: 'xsd:double',
  Percent: 'xsd:double',
};
const FORMS: Record<string, RegExp> = {
  'xsd:boolean': /^(true|false)$/,
  'xsd:date': /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  'xsd:dateTime': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/,
  'xsd:double': /^-?\d+(\.\d+)?$/,
};

export const customMetadataRecord: Rule = {
  name: 'custom-metadata-record',
  severity: 'error',
  says: 'A custom metadata record is of a type that is shipped, names fields it has, gives all required ones, and each value has the xsi:type of its field and fits it.',
  source: 'Metadata API Developer Guide, "CustomMetadata"',
  check: (pack) => pack.ofType('CustomMetadata').flatMap((component) => inRecord(component, pack)),
};

function inRecord(component: Component, { catalog }: Package): Complaint[] {
  const { root, name } = component;
  const type = `${name.split('.')[0]}__mdt`;
  const known = catalog.object(type);
  if (!known) return [about(component, root, `There is no custom metadata type ${type}.`)];
  const label = first(root, 'label') ? [] : [about(component, root, `${name} has no label.`)];
  const values = all(root, 'values');
  const wrong = values.flatMap((value) => {
    const named = first(value, 'field');
    const field = known.fields.get(named?.text.trim() ?? '');
    if (named && !field?.component) return [about(component, named, `${type} has no field ${named.text.trim()}.`)];
    const given = first(value, 'value');
    if (!field) return [];
    return given ? inValue(component, field, given) : [about(component, value, `${field.name} has no value element.`)];
  });
  const named = new Set(values.map((value) => first(value, 'field')?.text.trim()));
  const missing = [...known.fields.values()]
    .filter((field) => field.component && field.required && !named.has(field.name))
    .map((field) => about(component, root, `${name} has no value for ${field.name}, which is required.`));
  return [...label, ...wrong, ...missing];
}

function inValue(component: Component, field: KnownField, element: XmlElement): Complaint[] {
  const { text, attributes } = element;
  if (attributes['xsi:nil'] === 'true')
    return field.required ? [about(component, element, `${field.name} is required and cannot be nil.`)] : [];
  const expected = XSI_TYPES[field.type] ?? 'xsd:string';
  const given = attributes['xsi:type'];
  if (given !== expected)
    return [
      about(
        component,
        element,
        `${field.name} is a ${field.type}: its xsi:type is ${expected}, not ${given ?? 'absent'}.`,
      ),
    ];
  const form = FORMS[expected];
  if (form && !form.test(text.trim()))
    return [about(component, element, `${text.trim() || '(nothing)'} is no ${expected}.`)];
  if (field.length > 0 && text.length > field.length)
    return [about(component, element, `${field.name} takes ${field.length} characters, not ${text.length}.`)];
  if (field.values && text !== '' && !field.values.includes(text))
    return [about(component, element, `${text} is no value of ${field.name}.`)];
  return expected === 'xsd:double' ? digits(component, field, element) : [];
}

function digits(component: Component, field: KnownField, element: XmlElement): Complaint[] {
  const [whole = '', decimals = ''] = element.text.trim().replace('-', '').split('.');
  const fits = whole.length <= field.precision - field.scale && decimals.replace(/0+$/, '').length <= field.scale;
  return fits
    ? []
    : [
        about(
          component,
          element,
          `${element.text.trim()} does not fit ${field.name}, a Number(${field.precision - field.scale}, ${field.scale}).`,
        ),
      ];
}
