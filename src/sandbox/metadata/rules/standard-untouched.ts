import type { Component } from '../component.ts';
import { about, type Rule } from '../rule.ts';

const isOurs = (object: string) => /__(c|e|mdt)$/.test(object);
const NEVER = ['Profile', 'Settings', 'StandardValueSet'];
const OUR_FIELD = /^NPS_\w+__c$/;

export const standardUntouched: Rule = {
  name: 'standard-untouched',
  severity: 'warning',
  says: 'Nothing of a standard object is shipped but our own fields, which start with NPS_: no layout, record type, list view, value set, rule, profile or setting.',
  source:
    'data-model.md, "Nothing of a standard object\'s layouts, record types, value sets or settings is ever shipped"',
  check: ({ components }) =>
    components
      .filter((component) => touches(component))
      .map((component) =>
        about(
          component,
          component.root,
          `${component.object || component.name} belongs to the customer; its ${component.type} is not ours to ship.`,
        ),
      ),
};

function touches({ type, name, object, root }: Component): boolean {
  if (NEVER.includes(type)) return true;
  if (type === 'Layout') return !isOurs(name.split('-')[0] ?? '');
  if (type === 'CustomObject') return !isOurs(name) && root.children.some(({ name: tag }) => tag !== 'fields');
  if (object === '' || isOurs(object)) return false;
  return type !== 'CustomField' || !OUR_FIELD.test(name);
}
