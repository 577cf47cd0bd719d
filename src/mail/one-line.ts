// Control characters and line ends would split a header; bidirectional marks would let a name reorder the words around it.
const UNFIT_FOR_A_LINE = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

/** A name or subject as it may stand in one line of a mail: no line ends, no control characters, no bidi tricks. */
export function oneLine(text: string): string {
  return text.toWellFormed().replace(UNFIT_FOR_A_LINE, ' ').replace(/\s+/g, ' ').trim();
}

/** The same data with every text in it made one line. */
export function onOneLine<T>(data: T): T;
export function onOneLine(data: unknown): unknown {
  if (typeof data === 'string') return oneLine(data);
  if (Array.isArray(data)) return data.map((entry) => onOneLine(entry));
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, onOneLine(value)]));
}
