import { globSync, readFileSync } from 'node:fs';
import { basename, join, matchesGlob } from 'node:path';
import { XMLParser } from 'fast-xml-parser';

/** An element of a metadata file: text, or child elements by name. One of a kind stands alone, several in an array. */
export type Element = string | { [name: string]: Element | Element[] };

const xml = new XMLParser({ ignoreAttributes: false, parseTagValue: false, parseAttributeValue: false });

/** A file of metadata in source format, as it is shipped or was deployed. */
export interface SourceFile {
  /** From the folder of its kind on, `objects/Account/fields/Score__c.field-meta.xml`: one path for one component. */
  path: string;
  text: string;
}

export interface MetadataFile {
  path: string;
  /** The file's name without the endings of source format, `Score__c` of `Score__c.field-meta.xml`. */
  fullName: string;
  root: Element;
}

/** The metadata of a source tree on disk, sorted by path. */
export function readSourceTree(folder: string): SourceFile[] {
  return globSync('**/*.*', { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'README.md')
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: path.replace(/^.*\/default\//, ''), text: readFileSync(path, 'utf8') }))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** The metadata files whose paths have a pattern, parsed. */
export function metadataFiles(source: readonly SourceFile[], pattern: string): MetadataFile[] {
  return source
    .filter(({ path }) => matchesGlob(path, pattern))
    .map((file) => ({
      path: file.path,
      fullName: basename(file.path).replace(/\.[A-Za-z]+-meta\.xml$/, ''),
      root: rootOf(file),
    }));
}

const known = new WeakMap<SourceFile, Element>();

// An org reads all its files anew at each deploy, which has changed few of them.
function rootOf(file: SourceFile): Element {
  const root = known.get(file) ?? parsed(file.text);
  known.set(file, root);
  return root;
}

function parsed(text: string): Element {
  const content: Record<string, Element> = xml.parse(text);
  return Object.entries(content).find(([name]) => !name.startsWith('?'))?.[1] ?? {};
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
