import { checkbox, longText, lookup, picklist, readOnly, text } from '../field.ts';
import { standard } from './standard.ts';

/** What admins set up: roles, profiles, permission sets and who has them, types of notifications. */
export const SETUP = [
  standard('UserRole', '00E', { label: 'Role', deletable: false, setup: true }, [
    text('Name', 80, { required: true }),
    text('DeveloperName', 80),
    lookup('ParentRoleId', 'UserRole'),
  ]),
  standard('Profile', '00e', { label: 'Profile', deletable: false, setup: true }, [
    readOnly(text('Name', 255)),
    readOnly(picklist('UserType', ['Standard'])),
  ]),
  // Made by deploying one, or in Setup: the sandbox does not take them as rows.
  standard('PermissionSet', '0PS', { label: 'Permission Set', deletable: false, setup: true }, [
    readOnly(text('Name', 80)),
    readOnly(text('Label', 80)),
    readOnly(longText('Description', 255)),
    readOnly(text('NamespacePrefix', 15)),
    readOnly(checkbox('IsCustom', { defaultValue: true })),
    readOnly(checkbox('IsOwnedByProfile')),
    readOnly(picklist('Type', ['Regular', 'Profile'], { defaultValue: 'Regular' })),
  ]),
  // Made by deploying one, or in Setup.
  standard('CustomNotificationType', '0ML', { label: 'Custom Notification Type', deletable: false, setup: true }, [
    readOnly(text('DeveloperName', 80)),
    readOnly(text('MasterLabel', 80)),
    readOnly(text('CustomNotifTypeName', 80)),
    readOnly(longText('Description', 255)),
    readOnly(checkbox('Desktop')),
    readOnly(checkbox('Mobile')),
    readOnly(text('Language', 10)),
    readOnly(text('NamespacePrefix', 15)),
  ]),
  standard('PermissionSetAssignment', '0Pa', { label: 'Permission Set Assignment', deletable: false, setup: true }, [
    lookup('AssigneeId', 'User', {
      required: true,
      updateable: false,
      childRelationshipName: 'PermissionSetAssignments',
    }),
    lookup('PermissionSetId', 'PermissionSet', {
      required: true,
      updateable: false,
      childRelationshipName: 'Assignments',
    }),
    readOnly(checkbox('IsActive', { defaultValue: true })),
  ]),
];
