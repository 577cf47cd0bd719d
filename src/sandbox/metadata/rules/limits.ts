import { about, type Rule } from '../rule.ts';
import { along } from '../xml.ts';

/** The longest text each element may hold, by kind. */
const LONGEST: Record<string, [path: string, characters: number][]> = {
  CustomField: [
    ['label', 40],
    ['description', 1000],
    ['inlineHelpText', 510],
    ['relationshipLabel', 80],
    ['relationshipName', 40],
    ['formula', 3900],
    ['valueSet/valueSetDefinition/value/fullName', 255],
    ['valueSet/valueSetDefinition/value/label', 255],
    ['lookupFilter/errorMessage', 255],
  ],
  CustomObject: [
    ['label', 40],
    ['pluralLabel', 40],
    ['description', 1000],
    ['nameField/label', 40],
    ['nameField/displayFormat', 30],
  ],
  ListView: [['label', 40]],
  CompactLayout: [['label', 40]],
  ValidationRule: [
    ['errorMessage', 255],
    ['description', 255],
    ['errorConditionFormula', 5000],
  ],
  FieldSet: [['label', 40]],
  CustomMetadata: [
    ['label', 40],
    ['description', 255],
  ],
  PermissionSet: [
    ['label', 80],
    ['description', 255],
  ],
  CustomPermission: [
    ['label', 150],
    ['description', 255],
  ],
  CustomTab: [
    ['label', 80],
    ['description', 1000],
  ],
  CustomApplication: [
    ['label', 40],
    ['description', 1000],
  ],
  CustomNotificationType: [
    ['masterLabel', 80],
    ['description', 255],
    ['customNotifTypeName', 80],
  ],
  Flow: [
    ['label', 80],
    ['description', 1000],
    ['interviewLabel', 255],
  ],
  FlexiPage: [
    ['masterLabel', 80],
    ['description', 255],
  ],
  Report: [
    ['name', 40],
    ['description', 255],
  ],
  ReportFolder: [['name', 40]],
  ReportType: [
    ['label', 50],
    ['description', 1000],
    ['sections/masterLabel', 40],
  ],
  Dashboard: [
    ['title', 80],
    ['description', 255],
  ],
  DashboardFolder: [['name', 40]],
  Layout: [['layoutSections/label', 80]],
  LightningComponentBundle: [
    ['masterLabel', 80],
    ['description', 1000],
  ],
  ExternalClientApplication: [
    ['label', 80],
    ['description', 255],
  ],
  Queue: [['name', 40]],
  QuickAction: [['label', 80]],
};

/** What may not be left empty where it stands at all. */
const NEVER_EMPTY = new Set([
  'label',
  'masterLabel',
  'pluralLabel',
  'description',
  'inlineHelpText',
  'fullName',
  'name',
  'title',
]);

export const limits: Rule = {
  name: 'limits',
  severity: 'error',
  says: 'Labels, names, descriptions and formulas are not empty and no longer than an org takes.',
  source:
    'Salesforce Help, "Custom Field Attributes", "Salesforce Features and Edition Limits"; deploy error "value too long"',
  check: ({ components }) =>
    components.flatMap((component) => [
      ...(LONGEST[component.type] ?? []).flatMap(([path, characters]) =>
        along(component.root, path)
          .filter(({ text }) => text.length > characters)
          .map((element) =>
            about(
              component,
              element,
              `${element.name} has ${element.text.length} characters; ${characters} are the limit.`,
            ),
          ),
      ),
      ...component.root.children
        .filter(({ name, text, children }) => NEVER_EMPTY.has(name) && text.trim() === '' && children.length === 0)
        .map((element) => about(component, element, `${element.name} is empty.`)),
    ]),
};
