import type { Field } from '../schema/field.ts';
import type { SObject } from '../schema/sobject.ts';

export type Action = 'read' | 'create' | 'edit' | 'delete' | 'viewAll' | 'modifyAll';

/** What a profile or a permission set gives; what several give adds up. */
export interface Grant {
  /** On objects and events that have object permissions, and on custom metadata types. */
  allows(action: Action, sobject: SObject): boolean;
  /** On fields that have field-level security. */
  opens(sobject: SObject, field: Field, to: 'read' | 'edit'): boolean;
  /** A user permission, `EditTask`. */
  has(userPermission: string): boolean;
}

/** What several grants give together. */
export function together(grants: readonly Grant[]): Grant {
  return {
    allows: (action, sobject) => grants.some((each) => each.allows(action, sobject)),
    opens: (sobject, field, to) => grants.some((each) => each.opens(sobject, field, to)),
    has: (userPermission) => grants.some((each) => each.has(userPermission)),
  };
}
