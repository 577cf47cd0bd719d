import type { Component } from '../component.ts';
import { about, type Rule } from '../rule.ts';
import { first, textOf } from '../xml.ts';

/** Literals each type's default may be; anything else is a formula, which the rule `formula` looks at. */
const LITERALS: Record<string, { form: RegExp; called: string }> = {
  Checkbox: { form: /^(true|false)$/, called: 'true or false' },
  Number: { form: /^-?\d+(\.\d+)?$/, called: 'a number' },
  Currency: { form: /^-?\d+(\.\d+)?$/, called: 'a number' },
  Percent: { form: /^-?\d+(\.\d+)?$/, called: 'a number' },
  Text: { form: /^"[^"]*"$/, called: 'a text in double quotes' },
  Picklist: { form: /^"[^"]*"$/, called: 'a value in double quotes' },
};
const FORMULA = /[(&+*/]|^[A-Z_$][\w$.]*$/;

export const defaultValue: Rule = {
  name: 'default-value',
  severity: 'error',
  says: "A field's default value is a literal of its type, within its length, or a formula.",
  source: 'Metadata API Developer Guide, "CustomField: defaultValue"',
  check: ({ ofType }) => ofType('CustomField').flatMap(inField),
};

function inField(component: Component) {
  const { root, name } = component;
  const element = first(root, 'defaultValue');
  const type = textOf(root, 'type') ?? '';
  const literal = LITERALS[type];
  if (!element || !literal) return [];
  const value = element.text.trim();
  const fits = literal.form.test(value);
  if (!fits && (type === 'Checkbox' || !FORMULA.test(value)))
    return [about(component, element, `The default of ${name} has to be ${literal.called}, not ${value || 'empty'}.`)];
  const length = Number(textOf(root, 'length') ?? 0);
  if (fits && type === 'Text' && value.length - 2 > length)
    return [about(component, element, `The default of ${name} is longer than its ${length} characters.`)];
  return [];
}
