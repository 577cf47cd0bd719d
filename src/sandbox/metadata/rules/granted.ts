import type { Component } from '../component.ts';
import { grantsOf, sameField, takesFieldPermission } from '../permissions.ts';
import { about, type Rule } from '../rule.ts';
import { all, first, isTrue } from '../xml.ts';

/** Permissions, and the flag without which they grant nothing. */
const FLAGS: Record<string, string> = {
  fieldPermissions: 'readable',
  objectPermissions: 'allowRead',
  userPermissions: 'enabled',
  customMetadataTypeAccesses: 'enabled',
  customPermissions: 'enabled',
  flowAccesses: 'enabled',
};

export const granted: Rule = {
  name: 'granted',
  severity: 'warning',
  says: 'Every field, object, custom metadata type and tab that is shipped is granted by some permission set, or nobody sees it; no permission is written down that grants nothing.',
  source:
    'issue 3, "every field is granted by some permission set"; a new field is hidden from everyone, the API included',
  check: ({ ofType, catalog }) => {
    const sets = ofType('PermissionSet').map(grantsOf);
    const hiddenFields = catalog
      .fields()
      .filter((field) => field.component && (field.object === 'Activity' || takesFieldPermission(field)))
      .filter(({ object, name }) => {
        const names = object === 'Activity' ? sameField('Task', name) : [`${object}.${name}`];
        return !names.some((each) => sets.some((set) => set.field(each.split('.')[0] ?? '', name, 'readable')));
      })
      // A field of Activity is known on Task and Event, too.
      .filter(({ object, component }) => component?.object === object)
      .flatMap(({ component }) =>
        component
          ? [
              about(
                component,
                component.root,
                `No permission set lets anybody read ${component.object}.${component.name}.`,
              ),
            ]
          : [],
      );
    const hiddenObjects = ofType('CustomObject')
      .filter(({ name }) => /__(c|e|mdt)$/.test(name))
      .filter(({ name }) =>
        sets.every((set) => (name.endsWith('__mdt') ? !set.metadataType(name) : !set.object(name, 'allowRead'))),
      )
      .map((component) => about(component, component.root, `No permission set lets anybody read ${component.name}.`));
    return [...hiddenFields, ...hiddenObjects, ...ofType('PermissionSet').flatMap(empty)];
  },
};

function empty(component: Component) {
  return Object.entries(FLAGS).flatMap(([tag, flag]) =>
    all(component.root, tag)
      .filter((permission) => !isTrue(permission, flag))
      .map((permission) =>
        about(component, first(permission, flag) ?? permission, `A ${tag} without ${flag} grants nothing.`),
      ),
  );
}
