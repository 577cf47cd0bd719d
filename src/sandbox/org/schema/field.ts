import type { FieldValue } from '../org.ts';

/** Salesforce's types as a describe call names them. */
export type FieldType =
  | 'id'
  | 'string'
  | 'textarea'
  | 'email'
  | 'phone'
  | 'url'
  | 'boolean'
  | 'int'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'time'
  | 'picklist'
  | 'multipicklist'
  | 'reference'
  | 'base64';

export interface PicklistValue {
  value: string;
  label: string;
  default: boolean;
}

export interface Field {
  name: string;
  label: string;
  type: FieldType;
  /** Characters a text may have; 0 for other types. */
  length: number;
  precision: number;
  scale: number;
  required: boolean;
  createable: boolean;
  updateable: boolean;
  /** May be set on insert with "Set Audit Fields upon Record Creation", which the admin has. */
  audit: boolean;
  unique: boolean;
  externalId: boolean;
  referenceTo: string[];
  relationshipName: string | null;
  /** What a parent calls the rows that point at it here, `Contacts`; null when it cannot ask for them. */
  childRelationshipName: string | null;
  masterDetail: boolean;
  /** The row goes with its parent; otherwise the lookup is only emptied. */
  cascadeDelete: boolean;
  /** The parent cannot be deleted while a row points at it. */
  restrictedDelete: boolean;
  picklist: PicklistValue[];
  restricted: boolean;
  defaultValue: FieldValue;
  /** Worked out for every new row instead of `defaultValue`, `TODAY()`. */
  defaultFormula: string | null;
  /** Worked out whenever the row is read; nobody writes it. */
  formula: string | null;
  /** The display format of an auto number, `S-{00000}`. */
  autoNumber: string | null;
  custom: boolean;
  helpText: string | null;
  /** Seen and written only by those it is granted to; what every row must have is open to all who see the object. */
  permissionable: boolean;
}

const PLAIN: Omit<Field, 'name' | 'label' | 'type' | 'permissionable'> = {
  length: 0,
  precision: 0,
  scale: 0,
  required: false,
  createable: true,
  updateable: true,
  audit: false,
  unique: false,
  externalId: false,
  referenceTo: [],
  relationshipName: null,
  childRelationshipName: null,
  masterDetail: false,
  cascadeDelete: false,
  restrictedDelete: false,
  picklist: [],
  restricted: false,
  defaultValue: null,
  defaultFormula: null,
  formula: null,
  autoNumber: null,
  custom: false,
  helpText: null,
};

type More = Partial<Omit<Field, 'name' | 'type'>>;

const READ_ONLY: More = { createable: false, updateable: false, permissionable: false };

/** Standard fields that can be written and yet have no field-level security. */
const OPEN_TO_ALL = new Set(
  ['OwnerId', 'Name', 'FirstName', 'LastName', 'Salutation'].concat(['Subject', 'IsReminderSet', 'ReminderDateTime']),
);

/** A field of any type; the label comes from the name unless given. */
export function field(name: string, type: FieldType, more: More = {}): Field {
  const label = name.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/ Id$/, ' ID');
  const permissionable = type !== 'id' && !more.required && !OPEN_TO_ALL.has(name);
  return { ...PLAIN, label, defaultValue: type === 'boolean' ? false : null, permissionable, ...more, name, type };
}

export const text = (name: string, length: number, more: More = {}): Field =>
  field(name, 'string', { length, ...more });

export const longText = (name: string, length: number): Field => field(name, 'textarea', { length });

export const checkbox = (name: string, more: More = {}): Field => field(name, 'boolean', more);

export const amount = (name: string): Field => field(name, 'currency', { precision: 18, scale: 2 });

export const whole = (name: string, more: More = {}): Field => field(name, 'int', { precision: 9, ...more });

/** A picklist of a standard object: the API takes other values, too, unless it is restricted. */
export function picklist(name: string, values: string[], more: More = {}): Field {
  const defaultValue = more.defaultValue ?? null;
  const choices = values.map((value) => ({ value, label: value, default: value === defaultValue }));
  return field(name, 'picklist', { length: 255, picklist: choices, ...more });
}

/** A lookup called `XId`; its parent is read as `X`. */
export function lookup(name: string, referenceTo: string | string[], more: More = {}): Field {
  const targets = typeof referenceTo === 'string' ? [referenceTo] : referenceTo;
  return field(name, 'reference', { length: 18, referenceTo: targets, relationshipName: name.slice(0, -2), ...more });
}

/** The same field, but nobody can write it. */
export const readOnly = (of: Field): Field => ({ ...of, ...READ_ONLY });

/** The same field, but only "Set Audit Fields upon Record Creation" can write it. */
export const auditOnly = (of: Field): Field => ({ ...of, ...READ_ONLY, audit: true });

/** The same field without field-level security. */
export const open = (of: Field): Field => ({ ...of, permissionable: false });

/** Text areas of more than 255 characters can be neither filtered, sorted nor grouped. */
export const isLong = (of: Field): boolean => of.type === 'textarea' && of.length > 255;
