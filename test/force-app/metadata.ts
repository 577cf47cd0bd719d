import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { XMLParser } from 'fast-xml-parser';

/** An XML element: every tag with all its occurrences, in the file's order. An element without children is its text. */
export interface Element {
  [tag: string]: (Element | string)[];
}

export interface MetadataFile {
  path: string;
  /** The file's name without its kind: what Salesforce calls fullName. */
  name: string;
  root: Element;
}

const forceApp = new URL('../../force-app/', import.meta.url).pathname;

const parser = new XMLParser({
  ignoreDeclaration: true,
  parseTagValue: false,
  processEntities: false,
  isArray: () => true,
});

export const shippedPaths = (): string[] => globSync('**/*.*', { cwd: forceApp }).sort();

export const rawText = (path: string): string => readFileSync(forceApp + path, 'utf8');

/** Every shipped file of one kind, such as `field` for `*.field-meta.xml`, parsed. */
export function filesOf(kind: string): MetadataFile[] {
  const suffix = `.${kind}-meta.xml`;
  return shippedPaths()
    .filter((path) => path.endsWith(suffix))
    .map((path) => ({ path, name: basename(path, suffix), root: rootOf(path) }));
}

function rootOf(path: string): Element {
  const document = parser.parse(rawText(path)) as Element;
  const root = Object.values(document).flat()[0];
  if (typeof root !== 'object') throw new Error(`${path} has no root element with children.`);
  return root;
}

export const texts = (element: Element, tag: string): string[] =>
  (element[tag] ?? []).filter((child) => typeof child === 'string');

export const text = (element: Element, tag: string): string | undefined => texts(element, tag)[0];

export const children = (element: Element, tag: string): Element[] =>
  (element[tag] ?? []).filter((child) => typeof child === 'object');
