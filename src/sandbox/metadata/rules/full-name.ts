import type { Component } from '../component.ts';
import { about, type Rule } from '../rule.ts';
import { first } from '../xml.ts';

/** Letters, digits and single underscores, a letter first, none last; at most 40, besides a suffix such as __c. */
const API_NAME = /^(?=.{1,40}(__|$))[A-Za-z](?:_?[A-Za-z0-9])*(__(c|e|mdt|r))?$/;

/** Kinds whose names are no API names: layouts and tabs of objects, members of folders, records. */
const NAMED_OTHERWISE = new Set(['Layout', 'Report', 'Dashboard', 'ReportFolder', 'DashboardFolder', 'EmailTemplate']);

export const fullName: Rule = {
  name: 'full-name',
  severity: 'error',
  says: "A part of an object states its `fullName`, which says what the file's name says, and names are API names: letters, digits, single underscores, 40 at most.",
  source: 'Metadata API Developer Guide, "Metadata"; Salesforce Help, "API names"',
  check: ({ components }) => components.flatMap((component) => [...otherName(component), ...noApiName(component)]),
};

function otherName(component: Component) {
  const stated = first(component.root, 'fullName');
  const text = stated?.text.trim();
  if (!stated && component.kind.partOfObject)
    return [about(component, component.root, `${component.name} does not state its fullName.`)];
  if (!stated || text === component.name) return [];
  return [about(component, stated, `fullName is ${text}, the file says ${component.name}.`)];
}

function noApiName(component: Component) {
  const { type, name, root, object } = component;
  if (NAMED_OTHERWISE.has(type) || (object !== '' && !/__(c|e|mdt)$/.test(object) && !name.endsWith('__c'))) return [];
  const parts = type === 'CustomMetadata' ? name.split('.') : [name];
  const wrong = parts.length !== (type === 'CustomMetadata' ? 2 : 1) || parts.some((part) => !API_NAME.test(part));
  const unsuffixed = type === 'CustomField' && !name.endsWith('__c');
  if (wrong)
    return [
      about(
        component,
        first(root, 'fullName') ?? root,
        `${name} is no API name of at most 40 letters, digits and single underscores.`,
      ),
    ];
  return unsuffixed
    ? [about(component, first(root, 'fullName') ?? root, `${name} is a custom field and has to end in __c.`)]
    : [];
}
