import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

export interface ElementType {
  name: string;
  required: boolean;
  repeats: boolean;
  /** `boolean`, `number`, `string`, `Date`, `any`, or the name of another type. */
  type: string;
}

export interface MetadataTypes {
  /** The elements of a type by name, those it inherits included; undefined when there is no such type. */
  elements(type: string): ReadonlyMap<string, ElementType> | undefined;
  /** The values of an enumeration; undefined when the type is none. */
  values(type: string): ReadonlySet<string> | undefined;
}

/**
 * Reads the Metadata API's own types out of the declarations of `@salesforce/types`, which Salesforce generates from
 * its WSDL. They are read as text: compiling 19,000 lines takes longer than all the checks.
 */
function readTypes(): MetadataTypes {
  const path = createRequire(import.meta.url)
    .resolve('@salesforce/types/metadata')
    .replace(/\.js$/, '.d.ts');
  const text = readFileSync(path, 'utf8');
  const shapes = new Map<string, { parent: string | undefined; body: string }>();
  for (const [, name = '', parent, body = ''] of text.matchAll(/^export type (\w+) = (?:(\w+) & )?\{\n([^}]*)\};$/gm))
    shapes.set(name, { parent, body });
  for (const [, name = '', same] of text.matchAll(/^export type (\w+) = ([A-Z]\w+);$/gm))
    shapes.set(name, { parent: same, body: '' });
  const unions = new Map<string, ReadonlySet<string>>();
  for (const [, name = '', union = ''] of text.matchAll(/^export type (\w+) = ((?:'[^']*'(?: \| )?)+);$/gm))
    unions.set(name, new Set([...union.matchAll(/'([^']*)'/g)].map(([, value = '']) => value)));

  const known = new Map<string, ReadonlyMap<string, ElementType>>();
  const elements = (type: string): ReadonlyMap<string, ElementType> | undefined => {
    const shape = shapes.get(type);
    if (!shape) return undefined;
    const found = known.get(type) ?? new Map([...(elements(shape.parent ?? '') ?? []), ...ownElements(shape.body)]);
    known.set(type, found);
    return found;
  };
  return { elements, values: (type) => unions.get(type) };
}

function ownElements(body: string): [string, ElementType][] {
  return [...body.matchAll(/^ {4}(\w+)(\?)?: (\w+)(\[\])?;$/gm)].map(([, name = '', optional, type = '', array]) => [
    name,
    // An array may be empty, which in XML is no element at all.
    { name, type, required: optional === undefined && array === undefined, repeats: array !== undefined },
  ]);
}

let types: MetadataTypes | undefined;

/** Read once, when the first check asks. */
export function metadataTypes(): MetadataTypes {
  types ??= readTypes();
  return types;
}
