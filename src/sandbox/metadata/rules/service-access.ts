import type { KnownField } from '../catalog.ts';
import type { Component } from '../component.ts';
import type { Complaint } from '../finding.ts';
import { type Grants, grantsOf, takesFieldPermission, takesObjectPermission } from '../permissions.ts';
import { about, type Demand, type Package, type Rule } from '../rule.ts';
import { demandsOf } from '../service-uses.ts';
import { all, first, isTrue, textOf, type XmlElement } from '../xml.ts';

export const serviceAccess: Rule = {
  name: 'service-access',
  severity: 'warning',
  says: "The service's permission set grants all that its queries read and its writes write, on every row whatever the sharing, the task permission and the metadata types included.",
  source:
    'salesforce-facts.md, "Sharing", "Tasks", "Lifecycle data"; errors INVALID_FIELD, INSUFFICIENT_ACCESS_OR_READONLY, or silently fewer rows',
  check: (pack) =>
    demandsBySet(pack).flatMap(([component, demands]) => demands.flatMap((demand) => refused(component, demand, pack))),
};

/** The demands on each permission set, those of its queries included, each once. */
export function demandsBySet(pack: Package): [Component, Demand[]][] {
  const { queries, demands } = pack.service;
  const readable = queries.filter(({ soql }) => soql !== '').flatMap((query) => parsedDemands(pack, query));
  const bySet = Map.groupBy([...demands, ...readable], ({ permissionSet }) => permissionSet);
  return pack.ofType('PermissionSet').flatMap((component) => {
    const wanted = bySet.get(component.name);
    if (!wanted) return [];
    const once = new Map(
      wanted.map((demand) => [`${demand.access} ${demand.object}.${demand.field} ${demand.value}`, demand]),
    );
    return [[component, [...once.values()]] as [Component, Demand[]]];
  });
}

/** The rule `service-query` tells about queries that cannot be parsed. */
function parsedDemands({ catalog }: Package, query: Package['service']['queries'][number]): Demand[] {
  try {
    return demandsOf(catalog, query);
  } catch {
    return [];
  }
}

function refused(component: Component, demand: Demand, { catalog }: Package): Complaint[] {
  const { object, field, access } = demand;
  const grants = grantsOf(component);
  const known = catalog.object(object);
  const what = field === undefined ? object : `${object}.${field}`;
  const complain = (element: XmlElement, message: string) => [
    about(component, element, `The service needs to ${access} ${what}: ${message}`),
  ];
  if (!known) return complain(component.root, 'there is no such object.');
  if (field === undefined) {
    const lacks = lacking(grants, object, access);
    return lacks ? complain(saying(component, 'objectPermissions', object, lacks), `${lacks} is not granted.`) : [];
  }
  const found = known.fields.get(field);
  if (!found) return complain(component.root, 'there is no such field.');
  if (demand.access === 'match')
    return isUniqueKey(found) ? [] : complain(component.root, 'it is no unique external id.');
  if (demand.value !== undefined && found.values && !found.values.includes(demand.value))
    return complain(component.root, `${demand.value} is none of its values.`);
  if (!takesFieldPermission(found)) return [];
  const flag = access === 'read' ? 'readable' : 'editable';
  if (grants.field(object, field, flag)) return [];
  return complain(saying(component, 'fieldPermissions', what, flag), `the field is not ${flag}.`);
}

const isUniqueKey = ({ component }: KnownField): boolean =>
  component !== undefined && isTrue(component.root, 'externalId') && isTrue(component.root, 'unique');

/** The element that says no, or the whole set when nothing is said. */
function saying({ root }: Component, tag: string, name: string, flag: string): XmlElement {
  const permission = all(root, tag).find((each) => [textOf(each, 'field'), textOf(each, 'object')].includes(name));
  return (permission && first(permission, flag)) ?? permission ?? root;
}

function lacking(grants: Grants, object: string, access: Demand['access']): string | undefined {
  if (!grants.user('ApiEnabled')) return 'ApiEnabled';
  if (object.endsWith('__mdt'))
    return grants.metadataType(object) ? undefined : `customMetadataTypeAccesses for ${object}`;
  if (object === 'Task' || object === 'Event')
    return access === 'read' || grants.user(`Edit${object}`) ? undefined : `Edit${object}`;
  if (!takesObjectPermission(object)) return undefined;
  return flagsFor(object, access).find((flag) => !grants.object(object, flag));
}

/** With private sharing a row nobody shared is missing from every answer, so all rows have to be granted. */
export function flagsFor(object: string, access: Demand['access']): string[] {
  if (object.endsWith('__e')) return [access === 'read' ? 'allowRead' : 'allowCreate'];
  if (access === 'read') return ['allowRead', 'viewAllRecords'];
  if (access === 'create') return ['allowCreate'];
  return [access === 'delete' ? 'allowDelete' : 'allowEdit', 'modifyAllRecords'];
}
