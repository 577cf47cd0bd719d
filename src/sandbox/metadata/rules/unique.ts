import { type Component, fullNameOf } from '../component.ts';
import type { Complaint } from '../finding.ts';
import { about, type Rule } from '../rule.ts';
import { along, first, textOf, type XmlElement } from '../xml.ts';

/** What may be said once in a file: the elements, and the child that tells them apart (none: their own text). */
const ONCE: Record<string, [path: string, key?: string][]> = {
  CustomField: [
    ['valueSet/valueSetDefinition/value', 'fullName'],
    ['valueSet/valueSettings', 'valueName'],
  ],
  CustomMetadata: [['values', 'field']],
  CustomObject: [
    ['searchLayouts/searchResultsAdditionalFields'],
    ['searchLayouts/lookupDialogsAdditionalFields'],
    ['actionOverrides', 'actionName'],
  ],
  CompactLayout: [['fields']],
  ListView: [['columns']],
  Layout: [
    ['layoutSections/layoutColumns/layoutItems', 'field'],
    ['relatedLists', 'relatedList'],
  ],
  PermissionSet: [
    ['fieldPermissions', 'field'],
    ['objectPermissions', 'object'],
    ['userPermissions', 'name'],
    ['customMetadataTypeAccesses', 'name'],
    ['customPermissions', 'name'],
    ['flowAccesses', 'flow'],
    ['tabSettings', 'tab'],
    ['applicationVisibilities', 'application'],
    ['recordTypeVisibilities', 'recordType'],
  ],
  GlobalValueSet: [['customValue', 'fullName']],
  Report: [['columns', 'field']],
};

export const unique: Rule = {
  name: 'unique',
  severity: 'error',
  says: 'No component is shipped twice, and no permission, column, value, layout item or record value stands twice in its file.',
  source: 'Metadata API deploy errors "Duplicate name" and "Duplicate field specified"',
  check: ({ components }) => [...twice(components), ...components.flatMap(saidTwice)],
};

function twice(components: readonly Component[]): Complaint[] {
  const seen = new Map<string, Component>();
  return components.flatMap((component) => {
    // Salesforce ignores the case of names.
    const name = `${component.type}:${fullNameOf(component)}`.toLowerCase();
    const before = seen.get(name);
    seen.set(name, before ?? component);
    if (!before) return [];
    return [about(component, component.root, `${fullNameOf(component)} is in ${before.file} already.`)];
  });
}

function saidTwice(component: Component): Complaint[] {
  return (ONCE[component.type] ?? []).flatMap(([path, key]) => {
    const seen = new Set<string>();
    return along(component.root, path).flatMap((element) => {
      const name = (key ? textOf(element, key) : element.text.trim())?.toLowerCase();
      if (name === undefined || name === '' || !seen.has(name)) {
        seen.add(name ?? '');
        return [];
      }
      return [
        about(
          component,
          telling(element, key),
          `${telling(element, key).text.trim()} stands in ${component.name} already.`,
        ),
      ];
    });
  });
}

const telling = (element: XmlElement, key: string | undefined): XmlElement =>
  (key ? first(element, key) : undefined) ?? element;
