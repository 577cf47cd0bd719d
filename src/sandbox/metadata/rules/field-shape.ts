import type { Component } from '../component.ts';
import { FIELD_SHAPES, FORMULA_SHAPES, TYPED_ELEMENTS } from '../field-shapes.ts';
import type { Complaint } from '../finding.ts';
import { about, type Rule } from '../rule.ts';
import { first, isTrue, textOf } from '../xml.ts';

export const fieldShape: Rule = {
  name: 'field-shape',
  severity: 'error',
  says: 'A field says what its type needs (length, precision, format, target), nothing that belongs to another type, and within bounds.',
  source: 'Metadata API Developer Guide, "CustomField"; Salesforce Help, "Custom Field Attributes"',
  check: ({ ofType }) => ofType('CustomField').flatMap(inField),
};

function inField(component: Component): Complaint[] {
  const { root } = component;
  const typed = first(root, 'type');
  if (!typed) return [about(component, root, `${component.name} has no type.`)];
  const type = typed.text.trim();
  const isFormula = first(root, 'formula') !== undefined;
  const shape = (isFormula ? FORMULA_SHAPES : FIELD_SHAPES)[type];
  if (!shape) return isFormula ? [about(component, typed, `A formula has no type ${type}.`)] : [];
  const what = `a ${isFormula ? 'formula of type ' : ''}${type} field`;
  const label = first(root, 'label') ? [] : [about(component, root, `${component.name} has no label.`)];
  const missing = Object.keys(shape.needs)
    .filter((name) => !first(root, name))
    .map((name) => about(component, root, `${component.name} has no ${name}, which ${what} needs.`));
  const foreign = TYPED_ELEMENTS.filter((name) => !(name in shape.needs) && !shape.may.includes(name)).flatMap((name) =>
    // "Not unique" and "not required" may be said of anything.
    root.children
      .filter((child) => child.name === name && child.text.trim() !== 'false')
      .map((child) => about(component, child, `${name} does not belong to ${what}.`)),
  );
  const outOfBounds = Object.entries(shape.needs).flatMap(([name, bounds]) => {
    const element = first(root, name);
    const value = Number(element?.text);
    return element && bounds && (value < bounds[0] || value > bounds[1])
      ? [about(component, element, `${name} of ${what} is ${bounds[0]} to ${bounds[1]}, not ${value}.`)]
      : [];
  });
  return [...label, ...missing, ...foreign, ...outOfBounds, ...together(component)];
}

/** What has to fit together whatever the type. */
function together(component: Component): Complaint[] {
  const { root } = component;
  const complaints: Complaint[] = [];
  const scale = first(root, 'scale');
  if (scale && Number(scale.text) > Number(textOf(root, 'precision') ?? 0))
    complaints.push(about(component, scale, 'scale is greater than precision.'));
  const externalId = first(root, 'externalId');
  if (externalId && isTrue(root, 'externalId') && !isTrue(root, 'unique'))
    complaints.push(
      about(component, externalId, 'An external id that is not unique: an upsert would meet several rows.'),
    );
  const format = first(root, 'displayFormat');
  if (format && !/\{0+\}/.test(format.text))
    complaints.push(about(component, format, `${format.text} has no place for the number, such as {0000}.`));
  const cased = first(root, 'caseSensitive');
  if (cased && !isTrue(root, 'unique'))
    complaints.push(about(component, cased, 'caseSensitive belongs to unique fields only.'));
  return complaints;
}
