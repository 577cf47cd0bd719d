import type { Component } from '../component.ts';
import type { Complaint } from '../finding.ts';
import { metadataTypes } from '../metadata-types.ts';
import { about, type Rule } from '../rule.ts';
import { all, first, type XmlElement } from '../xml.ts';

/** In files it is a tree of its own, in the API an opaque text. */
const OPAQUE = new Set(['LightningComponentBundle.targetConfigs']);

/** What the API asks for by the letter, but source format says by the file's name or leaves out. */
const NOT_ASKED_FOR = new Set(['fullName']);

const VALUES: Record<string, { form: RegExp; called: string }> = {
  boolean: { form: /^(true|false)$/, called: 'true or false' },
  number: { form: /^-?\d+(\.\d+)?$/, called: 'a number' },
  Date: {
    form: /^(\d{4}-\d{2}-\d{2})?T?(\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})?)?$/,
    called: 'a date or a time',
  },
};

export const schema: Rule = {
  name: 'schema',
  severity: 'error',
  says: 'Every element is one the Metadata API knows, as often, with a value of the type and the enumeration it asks for; none that it requires is missing.',
  source: 'Metadata API WSDL, as `@salesforce/types` has it',
  check: ({ components }) =>
    components.filter(isWhole).flatMap((component) => inElement(component, component.root, component.type)),
};

/** The parts of an object's file are checked with the object. */
const isWhole = ({ root, type, kind }: Component) => root.name === type || kind.partOfObject === undefined;

function inElement(component: Component, element: XmlElement, type: string): Complaint[] {
  const allowed = metadataTypes().elements(type);
  if (!allowed) return inValue(component, element, type);
  const missing = [...allowed.values()]
    .filter(({ name, required }) => required && !NOT_ASKED_FOR.has(name) && !first(element, name))
    .map(({ name }) => about(component, element, `${element.name} has no ${name}, which ${type} requires.`));
  const inside = element.children.flatMap((child) => {
    const known = allowed.get(child.name);
    if (!known) return [about(component, child, `${type} has no element ${child.name}.`)];
    if (OPAQUE.has(`${type}.${child.name}`)) return [];
    const again = !known.repeats && all(element, child.name)[0] !== child;
    return [
      ...(again ? [about(component, child, `${child.name} stands twice in ${element.name}.`)] : []),
      ...inElement(component, child, known.type),
    ];
  });
  const stray =
    element.text.trim() === '' ? [] : [about(component, element, `${element.name} holds elements, no text.`)];
  return [...missing, ...inside, ...stray];
}

function inValue(component: Component, element: XmlElement, type: string): Complaint[] {
  if (type === 'any') return [];
  const text = element.text.trim();
  const [child] = element.children;
  if (child) return [about(component, child, `${element.name} is a value and has no element ${child.name}.`)];
  const enumeration = metadataTypes().values(type);
  const form = VALUES[type];
  if (enumeration && !enumeration.has(text))
    return [about(component, element, `${text || '(nothing)'} is no ${type}: ${few(enumeration)}.`)];
  if (form && !form.form.test(text))
    return [about(component, element, `${element.name} has to be ${form.called}, not ${text || 'empty'}.`)];
  return [];
}

function few(values: ReadonlySet<string>): string {
  const names = [...values];
  return names.length <= 12 ? names.join(', ') : `${names.slice(0, 12).join(', ')} and ${names.length - 12} more`;
}
