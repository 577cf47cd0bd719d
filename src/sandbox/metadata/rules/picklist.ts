import type { Component } from '../component.ts';
import type { Complaint } from '../finding.ts';
import { about, type Package, type Rule } from '../rule.ts';
import { along, first, isTrue, textOf } from '../xml.ts';

export const picklist: Rule = {
  name: 'picklist',
  severity: 'error',
  says: 'A picklist has values (its own or those of a shipped global set), one default at most, a controlling field that exists, and settings for values it has.',
  source: 'Metadata API Developer Guide, "CustomField: ValueSet"',
  check: (pack) => pack.ofType('CustomField').flatMap((component) => inField(component, pack)),
};

function inField(component: Component, { catalog, components }: Package): Complaint[] {
  const { root, object, name } = component;
  const set = first(root, 'valueSet');
  if (!set) return [];
  const complaints: Complaint[] = [];
  const values = along(set, 'valueSetDefinition/value');
  const named = first(set, 'valueSetName');
  const setName = named?.text.trim();
  if (named && !components.some((each) => each.type === 'GlobalValueSet' && each.name === setName))
    complaints.push(about(component, named, `There is no global value set ${setName}.`));
  if (!named && values.length === 0) complaints.push(about(component, set, `${name} has no values.`));
  for (const value of values)
    if (!textOf(value, 'fullName')) complaints.push(about(component, value, `A value of ${name} has no fullName.`));
  complaints.push(...defaults(component, values));
  const controlling = first(set, 'controllingField');
  const controls = controlling && catalog.field(object, controlling.text.trim());
  if (controlling && !controls)
    complaints.push(
      about(component, controlling, `${object} has no field ${controlling.text.trim()} that could control ${name}.`),
    );
  const names = values.map((value) => textOf(value, 'fullName'));
  for (const setting of along(set, 'valueSettings/valueName'))
    if (!named && !names.includes(setting.text.trim()))
      complaints.push(about(component, setting, `${setting.text.trim()} is no value of ${name}.`));
  for (const setting of along(set, 'valueSettings/controllingFieldValue'))
    if (controls?.values && !controls.values.includes(setting.text.trim()))
      complaints.push(about(component, setting, `${setting.text.trim()} is no value of ${controls.name}.`));
  return complaints;
}

function defaults(component: Component, values: ReturnType<typeof along>): Complaint[] {
  const { root, name } = component;
  const [, ...more] = values.filter((value) => isTrue(value, 'default'));
  const twice = more.map((value) => about(component, value, `${name} has a second default value.`));
  const inactive = values
    .filter((value) => isTrue(value, 'default') && textOf(value, 'isActive') === 'false')
    .map((value) => about(component, value, `The default of ${name} is not active.`));
  const byFormula = first(root, 'defaultValue');
  const literal = /^"([^"]*)"$/.exec(byFormula?.text.trim() ?? '')?.[1];
  const known = values.some((value) => textOf(value, 'fullName') === literal);
  const unknown =
    byFormula && literal !== undefined && values.length > 0 && !known
      ? [about(component, byFormula, `The default ${literal} is no value of ${name}.`)]
      : [];
  return [...twice, ...inactive, ...unknown];
}
