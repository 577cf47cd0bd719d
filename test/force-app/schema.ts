import { filesOf, type MetadataFile, text } from './metadata.ts';

export interface Field extends MetadataFile {
  object: string;
  /** `Object.Field__c`, as it is shipped. */
  fullName: string;
  type: string;
}

/** Every field we ship, on our objects and on standard ones. */
export const fields: Field[] = filesOf('field').map((file) => {
  const object = file.path.split('/').at(-3) ?? '';
  return { ...file, object, fullName: `${object}.${file.name}`, type: text(file.root, 'type') ?? '' };
});

export const fieldsOf = (object: string): Field[] => fields.filter((field) => field.object === object);

export const isEvent = (field: Field): boolean => field.object.endsWith('__e');

/** Salesforce keeps required and master-detail fields visible and refuses a permission on them. */
export const takesPermission = (field: Field): boolean =>
  text(field.root, 'required') !== 'true' &&
  field.type !== 'MasterDetail' &&
  !isEvent(field) &&
  !field.object.endsWith('__mdt');

/** Fields of Activity are named by their two kinds in permission sets. */
export const permissionNames = (field: Field): string[] =>
  field.object === 'Activity' ? [`Event.${field.name}`, `Task.${field.name}`] : [field.fullName];
