import { children, childText, type Element, isTrue, metadataFiles, type SourceFile } from '../schema/metadata-file.ts';
import type { Action, Grant } from './grant.ts';

export interface PermissionSet extends Grant {
  name: string;
  label: string;
  description: string | null;
}

const ELEMENTS: Record<Action, string> = {
  read: 'allowRead',
  create: 'allowCreate',
  edit: 'allowEdit',
  delete: 'allowDelete',
  viewAll: 'viewAllRecords',
  modifyAll: 'modifyAllRecords',
};

/** The permission sets among these files. */
export function readPermissionSets(source: readonly SourceFile[]): PermissionSet[] {
  return metadataFiles(source, '**/permissionsets/*.permissionset-meta.xml').map(({ fullName, root }) =>
    permissionSet(fullName, root),
  );
}

/** A permission set as its file describes it. */
export function permissionSet(name: string, root: Element): PermissionSet {
  const objects = byName(root, 'objectPermissions', 'object');
  const fields = byName(root, 'fieldPermissions', 'field');
  const types = byName(root, 'customMetadataTypeAccesses', 'name');
  const users = byName(root, 'userPermissions', 'name');
  return {
    name,
    label: childText(root, 'label') ?? name,
    description: childText(root, 'description') ?? null,
    allows(action, { name: sobject, kind }) {
      if (kind === 'metadata') return action === 'read' && granted(types.get(sobject.toLowerCase()), 'enabled');
      return granted(objects.get(sobject.toLowerCase()), ELEMENTS[action]);
    },
    opens: (sobject, field, to) =>
      granted(fields.get(`${sobject.name}.${field.name}`.toLowerCase()), to === 'edit' ? 'editable' : 'readable'),
    has: (userPermission) => granted(users.get(userPermission.toLowerCase()), 'enabled'),
  };
}

function byName(root: Element, kind: string, nameElement: string): Map<string, Element> {
  return new Map(children(root, kind).map((each) => [(childText(each, nameElement) ?? '').toLowerCase(), each]));
}

const granted = (element: Element | undefined, right: string) => element !== undefined && isTrue(element, right);
