import type { Catalog, KnownField } from './catalog.ts';
import type { Component } from './component.ts';
import { all, isTrue, textOf, type XmlElement } from './xml.ts';

/** Task and Event share the fields of Activity, and a grant on one is a grant on the other. */
const ACTIVITIES = ['Task', 'Event'];

/** Standard fields that every user of the object sees: no permission can be given on them. */
const ALWAYS_SEEN: Record<string, string[]> = {
  '*': [
    ...['Id', 'Name', 'OwnerId', 'IsDeleted', 'CreatedDate', 'CreatedById', 'LastModifiedDate', 'LastModifiedById'],
    ...['SystemModstamp', 'LastActivityDate'],
  ],
  Contact: ['FirstName', 'LastName', 'Salutation', 'IsEmailBounced'],
  Contract: ['AccountId', 'Status', 'StatusCode', 'ContractNumber'],
  Case: ['CaseNumber', 'IsClosed', 'Status', 'ClosedDate'],
  Opportunity: ['StageName', 'CloseDate', 'IsClosed', 'IsWon'],
  Task: [
    'Subject',
    'Status',
    'Priority',
    'AccountId',
    'IsReminderSet',
    'ReminderDateTime',
    'IsClosed',
    'IsHighPriority',
    'TaskSubtype',
    'CompletedDateTime',
  ],
  Event: ['Subject', 'AccountId', 'IsReminderSet', 'ReminderDateTime', 'StartDateTime', 'EndDateTime', 'ActivityDate'],
};
/** Objects whose fields have no permissions at all, or that are granted otherwise. */
const WITHOUT_FIELD_PERMISSIONS = ['User', 'Organization', 'BusinessHours', 'Holiday', 'Group', 'Activity'].concat([
  // Seen and changed with what they are part of.
  'AccountContactRole',
  'CampaignMember',
  // Files are seen with the records they hang on.
  ...['ContentDocument', 'ContentVersion', 'ContentDocumentLink'],
  // Seen with the records they are about.
  'EmailMessage',
  'EmailMessageRelation',
]);
/** Objects that are read without an object permission. Tasks go with the user permission EditTask. */
const WITHOUT_OBJECT_PERMISSION = [...WITHOUT_FIELD_PERMISSIONS, ...ACTIVITIES];

export const takesObjectPermission = (object: string): boolean =>
  !WITHOUT_OBJECT_PERMISSION.includes(object) && !object.endsWith('__mdt');

/** Whether a permission can be given on a field; required and master-detail fields are seen by all who see the row. */
export function takesFieldPermission({ object, name, type, required, component }: KnownField): boolean {
  if (/__(e|mdt)$/.test(object) || WITHOUT_FIELD_PERMISSIONS.includes(object)) return object === 'Activity';
  if (component) return !required && type !== 'MasterDetail';
  return !required && !ALWAYS_SEEN['*']?.includes(name) && !ALWAYS_SEEN[object]?.includes(name);
}

/** What one permission set grants, for asking. */
export interface Grants {
  object(object: string, flag: string): boolean;
  field(object: string, field: string, flag: 'readable' | 'editable'): boolean;
  user(permission: string): boolean;
  metadataType(type: string): boolean;
}

export function grantsOf({ root }: Component): Grants {
  const objects = all(root, 'objectPermissions');
  const fields = all(root, 'fieldPermissions');
  const named = (elements: XmlElement[], tag: string, name: string) =>
    elements.find((each) => textOf(each, tag) === name);
  const enabled = (tag: string, name: string) => {
    const found = named(all(root, tag), 'name', name);
    return found !== undefined && isTrue(found, 'enabled');
  };
  return {
    object(object, flag) {
      const found = named(objects, 'object', object);
      return found !== undefined && isTrue(found, flag);
    },
    field: (object, field, flag) =>
      sameField(object, field).some((name) => {
        const found = named(fields, 'field', name);
        return found !== undefined && isTrue(found, flag);
      }),
    user: (permission) => enabled('userPermissions', permission),
    metadataType: (type) => enabled('customMetadataTypeAccesses', type),
  };
}

/** The names one field has in permission sets. */
export const sameField = (object: string, field: string): string[] =>
  (ACTIVITIES.includes(object) ? ACTIVITIES : [object]).map((each) => `${each}.${field}`);

/** The field a permission names, `Account.NPS_Score__c`. */
export function permittedField(catalog: Catalog, name: string): KnownField | undefined {
  const [object = '', field = ''] = name.split('.');
  return catalog.field(object, field);
}
