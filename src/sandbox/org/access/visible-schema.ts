import type { Field } from '../schema/field.ts';
import { makeSchema, type Schema } from '../schema/schema.ts';
import { type SObject, sobject } from '../schema/sobject.ts';
import type { Action, Grant } from './grant.ts';

/** Objects without object permissions of their own: who may edit what they are part of may change them, too. */
const PART_OF: Record<string, string> = { AccountContactRole: 'Account', CampaignMember: 'Campaign' };

/** Files have no object permissions: all may publish one. A document comes with its first version and takes all along. */
const FILES: Record<string, readonly Action[]> = {
  ContentDocument: ['read', 'edit', 'delete'],
  ContentVersion: ['read', 'create', 'edit'],
  ContentDocumentLink: ['read', 'create', 'edit', 'delete'],
};

/** Activities and mails have no object permissions: all see those of the records they see, and edit by a user permission. */
const EDITED_WITH: Record<string, string> = {
  ...{ Task: 'EditTask', Event: 'EditEvent', EmailMessage: 'EditTask', EmailMessageRelation: 'EditTask' },
};

/** What a user may do with an object at all, whosever its rows are. */
export function may(grant: Grant, action: Action, object: SObject): boolean {
  if (object.kind === 'metadata') return action === 'read' && grant.allows('read', object);
  if (object.setup) return action === 'read' || grant.has('ManageUsers');
  if (object.name in EDITED_WITH) return action === 'read' || activity(grant, action, object);
  const withFile = FILES[object.name];
  if (withFile) return withFile.includes(action);
  const whole = PART_OF[object.name];
  if (whole)
    return grant.allows(action === 'create' || action === 'delete' ? 'edit' : action, { ...object, name: whole });
  return grant.allows(action, object);
}

function activity(grant: Grant, action: Action, { name }: SObject): boolean {
  if (action === 'viewAll') return grant.has('ViewAllData');
  return grant.has(action === 'modifyAll' ? 'ModifyAllData' : (EDITED_WITH[name] ?? ''));
}

/**
 * The org as one user knows it: an object he may not read is not there, nor is a field hidden from him by field-level
 * security; a field he may only read is read-only.
 */
export function visibleSchema(schema: Schema, grant: Grant): Schema {
  // Who may publish an event, but not subscribe to it, still knows it.
  const known = schema
    .all()
    .filter((each) => may(grant, 'read', each) || (each.kind === 'event' && may(grant, 'create', each)));
  return makeSchema(known.map((each) => sobject({ ...each, fields: visibleFields(each, grant) }, each.keyPrefix)));
}

function visibleFields(object: SObject, grant: Grant): Field[] {
  // Neither events nor custom metadata nor set-up have field-level security.
  if (object.setup || object.kind === 'event' || object.kind === 'metadata') return object.fields;
  return object.fields.flatMap((field) => {
    if (!field.permissionable || grant.opens(object, field, 'edit')) return [field];
    return grant.opens(object, field, 'read') ? [{ ...field, createable: false, updateable: false }] : [];
  });
}
