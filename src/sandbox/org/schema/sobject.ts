import { auditOnly, checkbox, type Field, field, lookup, readOnly } from './field.ts';
import type { Sharing } from './sharing.ts';

export type Kind = 'standard' | 'custom' | 'event' | 'metadata';

/** What force-app or the table of standard objects says about one kind of record. */
export interface SObjectDefinition {
  name: string;
  label: string;
  labelPlural: string;
  kind: Kind;
  /** The first three characters of its ids; those of our own objects are given out by the org. */
  keyPrefix: string | null;
  fields: Field[];
  sharing: Sharing;
  /** Users, roles, working hours: everybody reads them, only an admin writes them. */
  setup: boolean;
  /** May be the WhatId of a Task. */
  allowsActivities: boolean;
}

export interface SObject extends SObjectDefinition {
  keyPrefix: string;
  /** By lower-case name: Salesforce ignores the case of names. */
  field(name: string): Field | undefined;
  /** The lookup whose parent is read under this name. */
  relationship(name: string): Field | undefined;
}

/** A definition ready for use. */
export function sobject(definition: SObjectDefinition, keyPrefix: string): SObject {
  const byName = new Map(definition.fields.map((each) => [each.name.toLowerCase(), each]));
  const byRelationship = new Map(
    definition.fields.flatMap((each) => (each.relationshipName ? [[each.relationshipName.toLowerCase(), each]] : [])),
  );
  return {
    ...definition,
    keyPrefix,
    field: (name) => byName.get(name.toLowerCase()),
    relationship: (name) => byRelationship.get(name.toLowerCase()),
  };
}

/** The fields every row has. */
export function systemFields(): Field[] {
  return [
    readOnly(field('Id', 'id', { length: 18, label: 'Record ID' })),
    readOnly(checkbox('IsDeleted', { label: 'Deleted' })),
    auditOnly(field('CreatedDate', 'datetime')),
    auditOnly(lookup('CreatedById', 'User')),
    auditOnly(field('LastModifiedDate', 'datetime')),
    auditOnly(lookup('LastModifiedById', 'User')),
    readOnly(field('SystemModstamp', 'datetime')),
  ];
}
