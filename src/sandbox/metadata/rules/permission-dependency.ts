import type { Catalog } from '../catalog.ts';
import type { Component } from '../component.ts';
import type { Complaint } from '../finding.ts';
import { grantsOf } from '../permissions.ts';
import { about, type Rule } from '../rule.ts';
import { all, first, isTrue, textOf } from '../xml.ts';

/** What each flag of an object permission cannot be without. */
const NEEDS: Record<string, string[]> = {
  allowCreate: ['allowRead'],
  allowEdit: ['allowRead'],
  allowDelete: ['allowRead', 'allowEdit'],
  viewAllRecords: ['allowRead'],
  modifyAllRecords: ['allowRead', 'allowEdit', 'allowDelete', 'viewAllRecords'],
};

/** Standard details: reading them depends on reading these. */
const STANDARD_MASTERS: Record<string, string[]> = {
  Asset: ['Account', 'Contact'],
  Case: ['Account', 'Contact'],
  Contact: ['Account'],
  Contract: ['Account'],
  Opportunity: ['Account'],
};

export const permissionDependency: Rule = {
  name: 'permission-dependency',
  severity: 'error',
  says: 'A permission comes with what it depends on: edit with read, delete with edit, Modify All with all of them, a detail with its master, View All on a detail with View All on its master.',
  source: 'salesforce-facts.md, "Sharing"; deploy error "Permission X depends on permission(s): Y"',
  check: ({ ofType, catalog }) =>
    ofType('PermissionSet').flatMap((component) => [...inObjects(component, catalog), ...inFields(component)]),
};

function inObjects(component: Component, catalog: Catalog): Complaint[] {
  const grants = grantsOf(component);
  return all(component.root, 'objectPermissions').flatMap((permission) => {
    const object = textOf(permission, 'object') ?? '';
    const own = Object.entries(NEEDS).flatMap(([flag, needed]) =>
      isTrue(permission, flag)
        ? needed
            .filter((each) => !isTrue(permission, each))
            .map((each) =>
              about(component, first(permission, each) ?? permission, `${flag} on ${object} depends on ${each}.`),
            )
        : [],
    );
    const isEvent = object.endsWith('__e');
    const eventFlags = ['allowEdit', 'allowDelete', 'viewAllRecords', 'modifyAllRecords']
      .filter((flag) => isEvent && isTrue(permission, flag))
      .map((flag) => about(component, first(permission, flag) ?? permission, `${flag} cannot be given on an event.`));
    const ofMaster = mastersOf(catalog, object).flatMap((master) =>
      ['allowRead', 'viewAllRecords']
        .filter((flag) => flag === 'allowRead' || catalog.object(object)?.isCustom)
        .filter((flag) => isTrue(permission, flag) && !grants.object(master, flag))
        .map((flag) =>
          about(
            component,
            first(permission, flag) ?? permission,
            `${flag} on ${object} depends on ${flag} on ${master}.`,
          ),
        ),
    );
    return [...own, ...eventFlags, ...ofMaster];
  });
}

function mastersOf(catalog: Catalog, object: string): string[] {
  const details = [...(catalog.object(object)?.fields.values() ?? [])].filter(({ type }) => type === 'MasterDetail');
  return [...(STANDARD_MASTERS[object] ?? []), ...details.flatMap(({ referenceTo }) => referenceTo)];
}

function inFields(component: Component): Complaint[] {
  const grants = grantsOf(component);
  return all(component.root, 'fieldPermissions').flatMap((permission) => {
    const named = textOf(permission, 'field') ?? '';
    const [object = ''] = named.split('.');
    const readable = first(permission, 'readable');
    const blind =
      isTrue(permission, 'editable') && !isTrue(permission, 'readable')
        ? [about(component, readable ?? permission, `${named} is editable but not readable.`)]
        : [];
    // Fields of activities go with the activities themselves, which have no object permission.
    const isActivity = ['Task', 'Event'].includes(object);
    const objectless =
      !isActivity && !grants.object(object, 'allowRead')
        ? [about(component, first(permission, 'field') ?? permission, `${named} is granted without read on ${object}.`)]
        : [];
    return [...blind, ...objectless];
  });
}
