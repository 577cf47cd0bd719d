import type { Component } from '../component.ts';
import type { Complaint } from '../finding.ts';
import { permittedField, takesFieldPermission, takesObjectPermission } from '../permissions.ts';
import { about, type Package, type Rule } from '../rule.ts';
import { all, along, first, textOf } from '../xml.ts';

const USER_PERMISSIONS = [
  ...['ApiEnabled', 'ApiUserOnly', 'EditTask', 'EditEvent', 'EditPublicReports', 'ManageReportsInPubFolders'],
  ...[
    'ManageDashbdsInPubFolders',
    'RunReports',
    'RunFlow',
    'ExportReport',
    'ScheduleReports',
    'CreateCustomizeReports',
  ],
  ...[
    'CreateCustomizeDashboards',
    'CreateCustomizeFilters',
    'ViewSetup',
    'ViewRoles',
    'ViewAllUsers',
    'ViewEventLogFiles',
  ],
  ...[
    'ViewPublicReports',
    'ViewPublicDashboards',
    'LightningExperienceUser',
    'ActivitiesAccess',
    'CustomizeApplication',
  ],
  ...['ActivateContract', 'ViewAllCustomSettings', 'BulkApiHardDelete', 'PasswordNeverExpires'],
];

/** Accesses to something else that is shipped, by the element that names it. */
const ACCESSES: [path: string, type: string][] = [
  ['tabSettings/tab', 'CustomTab'],
  ['flowAccesses/flow', 'Flow'],
  ['customPermissions/name', 'CustomPermission'],
  ['applicationVisibilities/application', 'CustomApplication'],
];

export const permissionSet: Rule = {
  name: 'permission-set',
  severity: 'error',
  says: 'A permission set names objects, fields, types, tabs, apps and flows that exist, and no field that is required, master-detail or always seen.',
  source:
    'Metadata API Developer Guide, "PermissionSet"; deploy errors "no CustomField named", "You cannot deploy to a required field"',
  check: (pack) =>
    ['PermissionSet', 'MutingPermissionSet']
      .flatMap(pack.ofType)
      .flatMap((component) => [
        ...inFields(component, pack),
        ...inObjects(component, pack),
        ...inAccesses(component, pack),
      ]),
};

function inFields(component: Component, { catalog }: Package): Complaint[] {
  return along(component.root, 'fieldPermissions/field').flatMap((element) => {
    const name = element.text.trim();
    const field = permittedField(catalog, name);
    if (!field) return [about(component, element, `There is no field ${name}.`)];
    if (takesFieldPermission(field)) return [];
    return [
      about(
        component,
        element,
        `${name} takes no permission: it is required, master-detail or seen by all who see the row.`,
      ),
    ];
  });
}

function inObjects(component: Component, { catalog }: Package): Complaint[] {
  return along(component.root, 'objectPermissions/object').flatMap((element) => {
    const name = element.text.trim();
    if (!catalog.object(name)) return [about(component, element, `There is no object ${name}.`)];
    return takesObjectPermission(name) ? [] : [about(component, element, `${name} takes no object permission.`)];
  });
}

function inAccesses(component: Component, { catalog, components, ofType }: Package): Complaint[] {
  const shipped = ACCESSES.flatMap(([path, type]) =>
    along(component.root, path)
      .filter(({ text }) => !text.startsWith('standard') && !ofType(type).some(({ name }) => name === text.trim()))
      .map((element) => about(component, element, `${element.text.trim()} is no ${type} that is shipped.`)),
  );
  const types = along(component.root, 'customMetadataTypeAccesses/name')
    .filter(({ text }) => !text.trim().endsWith('__mdt') || !catalog.object(text.trim()))
    .map((element) => about(component, element, `There is no custom metadata type ${element.text.trim()}.`));
  const users = all(component.root, 'userPermissions').flatMap((permission) => {
    const name = first(permission, 'name');
    if (!name || USER_PERMISSIONS.includes(name.text.trim())) return [];
    return [about(component, name, `${name.text.trim()} is no user permission known here.`)];
  });
  const recordTypes = along(component.root, 'recordTypeVisibilities/recordType')
    .filter(
      ({ text }) =>
        !components.some(({ type, object, name }) => type === 'RecordType' && `${object}.${name}` === text.trim()),
    )
    .map((element) => about(component, element, `There is no record type ${element.text.trim()}.`));
  const license = first(component.root, 'license');
  const odd =
    license && !['Salesforce', 'Salesforce API Integration'].includes(textOf(component.root, 'license') ?? '')
      ? [about(component, license, `${license.text.trim()} is no licence known here.`)]
      : [];
  return [...shipped, ...types, ...users, ...recordTypes, ...odd];
}
