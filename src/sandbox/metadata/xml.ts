import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An element of a metadata file, with the line its tag opens on. */
export interface XmlElement {
  name: string;
  line: number;
  /** Its own text with entities decoded; between its children, spaces do not count. */
  text: string;
  attributes: Record<string, string>;
  children: XmlElement[];
}

export interface XmlFault {
  line: number;
  message: string;
}

// Entities stay as they are written: long formulas run into the parser's expansion limit otherwise.
const parser = new XMLParser({
  preserveOrder: true,
  captureMetaData: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  processEntities: false,
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  trimValues: false,
});
const META = XMLParser.getMetaDataSymbol() as unknown as string;

interface RawNode {
  [name: string]: RawNode[] | string | Record<string, string> | { startIndex?: number };
}

/** The root element of a document, or where and why it is none. */
export function parseXml(text: string): XmlElement | XmlFault {
  const valid = XMLValidator.validate(text);
  if (valid !== true) return { line: valid.err.line, message: valid.err.msg };
  const lineAt = lineCounter(text);
  const [root] = elements(parser.parse(text), lineAt);
  return root ?? { line: 1, message: 'The file has no root element.' };
}

const known = new WeakMap<{ text: string }, ReturnType<typeof parseXml>>();

/** The same for a file. A deploy looks at every file of an org, and has changed few of them: each is parsed once. */
export function parseFile(file: { text: string }): ReturnType<typeof parseXml> {
  const root = known.get(file) ?? parseXml(file.text);
  known.set(file, root);
  return root;
}

export const isFault = (parsed: XmlElement | XmlFault): parsed is XmlFault => 'message' in parsed;

function elements(nodes: RawNode[], lineAt: (index: number) => number): XmlElement[] {
  return nodes.flatMap((node) => {
    const name = Object.keys(node).find((key) => key !== ':@');
    const inner = name === undefined ? undefined : node[name];
    if (name === undefined || name.startsWith('#') || name.startsWith('?') || !Array.isArray(inner)) return [];
    const meta = node[META] as { startIndex?: number } | undefined;
    const line = lineAt(meta?.startIndex ?? 0);
    const children = elements(inner, lineAt);
    const text = inner.map((child) => (typeof child['#text'] === 'string' ? child['#text'] : '')).join('');
    const attributes = (node[':@'] ?? {}) as Record<string, string>;
    return [
      {
        name,
        line,
        text: decoded(children.length > 0 ? text.trim() : text),
        attributes,
        children,
      },
    ];
  });
}

function lineCounter(text: string): (index: number) => number {
  let line = 1;
  let counted = 0;
  // Elements are asked about in the order they stand.
  return (index) => {
    for (let end = text.indexOf('\n', counted); end >= 0 && end < index; end = text.indexOf('\n', counted)) {
      line += 1;
      counted = end + 1;
    }
    return line;
  };
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decoded(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([\da-fA-F]+)|(\w+));/g, (whole, decimal, hex, name) => {
    if (decimal) return String.fromCodePoint(Number(decimal));
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    return ENTITIES[name] ?? whole;
  });
}

export const all = (element: XmlElement, name: string): XmlElement[] =>
  element.children.filter((child) => child.name === name);

export const first = (element: XmlElement, name: string): XmlElement | undefined =>
  element.children.find((child) => child.name === name);

/** The text of the first child of that name; undefined when there is none. */
export const textOf = (element: XmlElement, name: string): string | undefined => first(element, name)?.text.trim();

export const isTrue = (element: XmlElement, name: string): boolean => textOf(element, name) === 'true';

/** The elements at a path such as `valueSet/valueSetDefinition/value`. */
export function along(element: XmlElement, path: string): XmlElement[] {
  return path.split('/').reduce((found, name) => found.flatMap((each) => all(each, name)), [element]);
}

/** The element itself and everything below it. */
export function everyElement(element: XmlElement): XmlElement[] {
  return [element, ...element.children.flatMap(everyElement)];
}
