import type { Catalog } from './catalog.ts';
import type { Component, MetadataFile, ReadComponents } from './component.ts';
import type { Complaint, Severity } from './finding.ts';
import type { XmlElement } from './xml.ts';

/** Something a program must be able to do with its permission set. */
export interface Demand {
  permissionSet: string;
  object: string;
  /** Absent when the whole object is meant. A field of the object itself, not of a parent. */
  field?: string;
  /** `match`: rows are found by this field, so it has to be a unique external id. */
  access: 'read' | 'create' | 'edit' | 'delete' | 'match';
  /** What is written, where it has to be a value of a picklist. */
  value?: string;
}

/** A query a program sends; `permissionSet` is the one it runs under. */
export interface Query {
  permissionSet: string;
  soql: string;
  /** Where it is written, for the report. */
  file: string;
}

/** What the metadata must serve besides itself. */
export interface Service {
  demands: readonly Demand[];
  queries: readonly Query[];
}

/** Everything a rule may look at. */
export interface Package extends ReadComponents {
  files: readonly MetadataFile[];
  catalog: Catalog;
  service: Service;
  ofType(type: string): Component[];
}

export interface Rule {
  name: string;
  severity: Severity;
  /** What must be so, in one sentence. */
  says: string;
  /** Who says it. */
  source: string;
  check(pack: Package): Complaint[];
}

/** A complaint about an element of a component's file. */
export function about({ file }: Pick<Component, 'file'>, element: XmlElement, message: string): Complaint {
  return { file, line: element.line, message };
}
