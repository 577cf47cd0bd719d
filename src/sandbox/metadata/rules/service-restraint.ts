import type { Component } from '../component.ts';
import type { Complaint } from '../finding.ts';
import { sameField, takesObjectPermission } from '../permissions.ts';
import { about, type Demand, type Package, type Rule } from '../rule.ts';
import { all, first, isTrue, textOf, type XmlElement } from '../xml.ts';
import { demandsBySet, flagsFor } from './service-access.ts';

export const serviceRestraint: Rule = {
  name: 'service-restraint',
  severity: 'warning',
  says: "The service's permission set grants nothing that the service does not read or write.",
  source: 'issue 3, "the integration user can do all the service does and nothing more"',
  check: (pack) => demandsBySet(pack).flatMap(([component, demands]) => tooMuch(component, demands, pack)),
};

/** Modify All comes with Delete and View All, whether they are wanted or not. */
const DRAGGED_ALONG = ['allowDelete', 'viewAllRecords'];

function tooMuch(component: Component, demands: Demand[], { catalog }: Package): Complaint[] {
  const { root } = component;
  const excess = (element: XmlElement, what: string) => about(component, element, `The service never ${what}.`);
  const fields = all(root, 'fieldPermissions').flatMap((permission) => {
    const name = textOf(permission, 'field') ?? '';
    const [object = '', field = ''] = name.split('.');
    const uses = demands.filter(
      (demand) => demand.field === field && sameField(demand.object, field).includes(`${object}.${field}`),
    );
    if (uses.length === 0) return [excess(first(permission, 'field') ?? permission, `reads or writes ${name}`)];
    const writes = uses.some(({ access }) => access !== 'read');
    return isTrue(permission, 'editable') && !writes
      ? [excess(first(permission, 'editable') ?? permission, `writes ${name}`)]
      : [];
  });
  const objects = all(root, 'objectPermissions').flatMap((permission) => {
    const object = textOf(permission, 'object') ?? '';
    const needed = new Set(
      demands
        .filter((demand) => demand.object === object)
        .flatMap(({ access }) => ['allowRead', ...flagsFor(object, access)]),
    );
    if (needed.has('modifyAllRecords')) for (const flag of DRAGGED_ALONG) needed.add(flag);
    return permission.children
      .filter(({ name, text }) => name !== 'object' && text.trim() === 'true' && !needed.has(name))
      .map((flag) => excess(flag, `needs ${flag.name} on ${object}`));
  });
  const tasks = demands.filter(({ access }) => access !== 'read').map(({ object }) => `Edit${object}`);
  const users = all(root, 'userPermissions')
    .map((permission) => first(permission, 'name') ?? permission)
    .filter(({ text }) => !['ApiEnabled', ...tasks].includes(text.trim()))
    .map((name) => excess(name, `needs ${name.text.trim()}`));
  const types = all(root, 'customMetadataTypeAccesses')
    .map((access) => first(access, 'name') ?? access)
    .filter(
      ({ text }) =>
        !demands.some(
          ({ object }) => object === text.trim() && catalog.object(object) && !takesObjectPermission(object),
        ),
    )
    .map((name) => excess(name, `reads ${name.text.trim()}`));
  return [...fields, ...objects, ...users, ...types];
}
