import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';

/** An element of a metadata file: text, or child elements by name. One of a kind stands alone, several in an array. */
export type Element = string | { [name: string]: Element | Element[] };

const xml = new XMLParser({ ignoreAttributes: false, parseTagValue: false, parseAttributeValue: false });

export interface MetadataFile {
  path: string;
  /** The file's name without the endings of source format, `Score__c` of `Score__c.field-meta.xml`. */
  fullName: string;
  root: Element;
}

/** The metadata files of one type in a source tree, sorted by path; none if the folder does not exist. */
export function metadataFiles(forceApp: string, pattern: string): MetadataFile[] {
  return globSync(pattern, { cwd: forceApp })
    .sort()
    .map((path) => {
      const content: Record<string, Element> = xml.parse(readFileSync(join(forceApp, path), 'utf8'));
      const root = Object.entries(content).find(([name]) => !name.startsWith('?'))?.[1] ?? {};
      return { path, fullName: basename(path).replace(/\.[A-Za-z]+-meta\.xml$/, ''), root };
    });
}

/** All child elements of that name. */
export function children(element: Element, name: string): Element[] {
  const found = typeof element === 'string' ? undefined : element[name];
  if (found === undefined) return [];
  return Array.isArray(found) ? found : [found];
}

/** The text of the first child of that name. */
export function childText(element: Element, name: string): string | undefined {
  const [first] = children(element, name);
  if (first === undefined) return undefined;
  if (typeof first === 'string') return first;
  const inner = first['#text'];
  return typeof inner === 'string' ? inner : '';
}

export const isTrue = (element: Element, name: string): boolean => childText(element, name) === 'true';
