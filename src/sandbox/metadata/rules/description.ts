import { about, type Rule } from '../rule.ts';
import { first } from '../xml.ts';

const DESCRIBED = [
  'CustomField',
  'CustomObject',
  'PermissionSet',
  'Flow',
  'ReportType',
  'Report',
  'Dashboard',
  'ValidationRule',
  'CustomPermission',
  'ExternalClientApplication',
];

export const description: Rule = {
  name: 'description',
  severity: 'warning',
  says: 'Every object, field, rule, flow, report and permission set has a description; every field people see has help text.',
  source: 'data-model.md, "adding is fine, with description, help text, permission and a test"',
  check: ({ components }) =>
    components
      .filter(({ type }) => DESCRIBED.includes(type))
      .flatMap((component) => {
        const { root, type, object, name } = component;
        const seen = type === 'CustomField' && !object.endsWith('__e');
        const isOurs = type !== 'CustomObject' || name.includes('__');
        return ['description', ...(seen ? ['inlineHelpText'] : [])]
          .filter((tag) => isOurs && !first(root, tag))
          .map((tag) => about(component, root, `${name} has no ${tag}.`));
      }),
};
