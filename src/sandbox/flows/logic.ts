import type { XmlElement } from '../metadata/xml.ts';
import { Refused } from './refused.ts';

/** How numbered conditions are joined. */
export type Logic =
  | { all: readonly Logic[] }
  | { any: readonly Logic[] }
  | { not: Logic }
  /** The condition itself, counted from 0. */
  | number;

/** Reads `and`, `or` or `1 AND (2 OR NOT 3)` over so many conditions; without a text all have to hold. */
export function readLogic(text: string | undefined, count: number, at: XmlElement): Logic {
  const every = Array.from({ length: count }, (_, index) => index);
  const written = (text ?? 'and').trim().toLowerCase();
  if (written === 'and') return { all: every };
  if (written === 'or') return { any: every };
  const tokens = written.match(/\d+|and|or|not|[()]|[^\s]/g) ?? [];
  let place = 0;
  const refuse = () => new Refused(at, `The sandbox cannot read the logic "${text}".`);

  const term = (): Logic => {
    const token = tokens[place++];
    if (token === 'not') return { not: term() };
    if (token === '(') {
      const inner = joined();
      if (tokens[place++] !== ')') throw refuse();
      return inner;
    }
    const index = Number(token) - 1;
    if (!every.includes(index)) throw refuse();
    return index;
  };

  // AND and OR side by side need parentheses, as everywhere in Salesforce.
  const joined = (): Logic => {
    const terms = [term()];
    const joint = tokens[place];
    while (place < tokens.length && tokens[place] !== ')') {
      if (tokens[place++] !== joint || (joint !== 'and' && joint !== 'or')) throw refuse();
      terms.push(term());
    }
    return joint === 'or' ? { any: terms } : { all: terms };
  };

  const logic = joined();
  if (place < tokens.length) throw refuse();
  return logic;
}

/** Whether it holds, asking only for the conditions that decide it. */
export function holdsBy(logic: Logic, holds: (condition: number) => boolean): boolean {
  if (typeof logic === 'number') return holds(logic);
  if ('not' in logic) return !holdsBy(logic.not, holds);
  if ('all' in logic) return logic.all.every((each) => holdsBy(each, holds));
  return logic.any.some((each) => holdsBy(each, holds));
}

/** The same as SOQL, made of the conditions' texts; empty when there is none. */
export function soqlBy(logic: Logic, texts: readonly string[]): string {
  if (typeof logic === 'number') return texts[logic] ?? '';
  if ('not' in logic) return `(NOT ${soqlBy(logic.not, texts)})`;
  const [parts, joint] = 'all' in logic ? [logic.all, ' AND '] : [logic.any, ' OR '];
  const inner = parts.map((each) => soqlBy(each, texts)).join(joint);
  return parts.length > 1 ? `(${inner})` : inner;
}
