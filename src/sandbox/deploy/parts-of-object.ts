import { KINDS, type Kind } from '../metadata/kinds.ts';
import type { SourceFile } from '../org/schema/metadata-file.ts';

/** A part of an `objects/X.object` as a file of its own. */
export interface ObjectPart {
  file: SourceFile;
  /** The line of the object's file its first line stands on, counted from 1. */
  firstLine: number;
}

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';

/**
 * Takes an object's file in metadata format apart into the files source format keeps. Lines stay lines, so that a
 * finding in a part tells its place in the whole. The text has to be well-formed.
 */
export function partsOfObject(name: string, text: string): ObjectPart[] {
  const parts: ObjectPart[] = [];
  let rest = text;
  for (const kind of KINDS) {
    const tag = kind.partOfObject;
    if (!tag) continue;
    for (const { index, inner } of topLevel(text, tag)) {
      const partName = /<fullName>([^<]+)<\/fullName>/.exec(inner)?.[1]?.trim() ?? '';
      parts.push({
        file: { path: partPath(name, partName, kind), text: asFile(kind.type, inner) },
        firstLine: lineAt(text, index),
      });
      rest = blanked(rest, index, `<${tag}>${inner}</${tag}>`.length);
    }
  }
  const isMore = /<CustomObject\b[^>]*>\s*<\w/.test(rest);
  if (isMore) parts.push({ file: { path: `objects/${name}/${name}.object-meta.xml`, text: rest }, firstLine: 1 });
  return parts;
}

/** The elements of that name right below the root: `fields` also stands within compact layouts and field sets. */
function topLevel(text: string, tag: string): { index: number; inner: string }[] {
  const others = KINDS.flatMap(({ partOfObject }) => partOfObject ?? []).join('|');
  const elements = text.matchAll(new RegExp(`<(${others})>([\\s\\S]*?)</\\1>`, 'g'));
  return [...elements].flatMap(({ index, 1: found, 2: inner = '' }) => (found === tag ? [{ index, inner }] : []));
}

function partPath(object: string, name: string, { suffix, folder }: Kind): string {
  return `objects/${object}/${folder}/${name}.${suffix}-meta.xml`;
}

// All in the first line, where the part's own tag stood.
function asFile(type: string, inner: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><${type} xmlns="${NAMESPACE}">${inner}</${type}>\n`;
}

function blanked(text: string, index: number, length: number): string {
  const end = index + length;
  return text.slice(0, index) + text.slice(index, end).replace(/[^\n]/g, ' ') + text.slice(end);
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
