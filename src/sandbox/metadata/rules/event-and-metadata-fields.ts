import type { Component } from '../component.ts';
import type { Complaint } from '../finding.ts';
import { about, type Rule } from '../rule.ts';
import { first } from '../xml.ts';

const ON_EVENTS = ['Checkbox', 'Date', 'DateTime', 'Number', 'Text', 'LongTextArea'];
const ON_METADATA_TYPES = [
  ...['Checkbox', 'Date', 'DateTime', 'Email', 'LongTextArea', 'MetadataRelationship', 'Number', 'Percent'],
  ...['Phone', 'Picklist', 'Text', 'TextArea', 'Url'],
];

export const eventAndMetadataFields: Rule = {
  name: 'event-and-metadata-fields',
  severity: 'error',
  says: 'Platform events have fields of six plain types and no formulas; custom metadata types have no lookups to rows and say who manages each field.',
  source: 'Platform Events Developer Guide, "Platform Event Fields"; Salesforce Help, "Custom Metadata Types"',
  check: ({ ofType }) =>
    ofType('CustomField').flatMap((component) => {
      if (component.object.endsWith('__e'))
        return [...wrongType(component, ON_EVENTS, 'a platform event'), ...unmanaged(component, false)];
      if (component.object.endsWith('__mdt'))
        return [...wrongType(component, ON_METADATA_TYPES, 'a custom metadata type'), ...unmanaged(component, true)];
      return unmanaged(component, false);
    }),
};

function wrongType(component: Component, types: string[], where: string): Complaint[] {
  const { root, name } = component;
  const type = first(root, 'type');
  const formula = first(root, 'formula');
  if (formula) return [about(component, formula, `${name} is a formula, which ${where} cannot have.`)];
  if (!type || types.includes(type.text.trim())) return [];
  return [about(component, type, `${name} is a ${type.text.trim()}, which ${where} cannot have: ${types.join(', ')}.`)];
}

function unmanaged(component: Component, isMetadata: boolean): Complaint[] {
  const { root, name } = component;
  const manageability = first(root, 'fieldManageability');
  if (isMetadata && !manageability)
    return [about(component, root, `${name} does not say by fieldManageability who may change it.`)];
  if (!isMetadata && manageability)
    return [about(component, manageability, 'fieldManageability belongs to fields of custom metadata types.')];
  return [];
}
