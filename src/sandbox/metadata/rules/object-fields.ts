import { isListColumn } from '../list-columns.ts';
import { about, type Rule } from '../rule.ts';
import { along } from '../xml.ts';

/** Elements of an object that name its fields as columns, and those that name them by API name. */
const AS_COLUMNS = [
  'searchResultsAdditionalFields',
  'lookupDialogsAdditionalFields',
  'lookupPhoneDialogsAdditionalFields',
  'searchFilterFields',
];

export const objectFields: Rule = {
  name: 'object-fields',
  severity: 'error',
  says: "An object's search layouts, field sets and indexes name fields it has.",
  source: 'Metadata API Developer Guide, "CustomObject: SearchLayouts", "FieldSet", "Index"',
  check: ({ ofType, catalog }) => [
    ...ofType('CustomObject').flatMap((component) =>
      AS_COLUMNS.flatMap((tag) => along(component.root, `searchLayouts/${tag}`))
        .filter((column) => !isListColumn(catalog, component.name, column.text.trim()))
        .map((column) => about(component, column, `${component.name} has no field ${column.text.trim()}.`)),
    ),
    ...[...ofType('FieldSet'), ...ofType('Index')].flatMap((component) =>
      ['availableFields/field', 'displayedFields/field', 'fields/name']
        .flatMap((path) => along(component.root, path))
        .filter((field) => !catalog.path(component.object, field.text.trim()))
        .map((field) => about(component, field, `${component.object} has no field ${field.text.trim()}.`)),
    ),
  ],
};
