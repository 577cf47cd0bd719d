import { first, textOf, type XmlElement } from '../metadata/xml.ts';
import type { FieldValue } from '../org/org.ts';
import { salesforceDateTime } from '../org/rows/value.ts';
import type { Blueprint, Reference } from './blueprint.ts';
import type { Interview } from './interview.ts';
import { Refused } from './refused.ts';
import { type FlowValue, plain, plainValue } from './values.ts';

/** A value on the right-hand side of something: written in the flow or read from a resource. */
export type Reading = Pick<Reference, 'type' | 'read'>;

type Written = (text: string, at: XmlElement, blueprint: Blueprint) => Reading;

const literal = (type: Reading['type'], value: FieldValue): Reading => ({ type, read: () => value });

/** The ways a value is written (Metadata API Developer Guide, "FlowElementReferenceOrValue"). */
const WRITTEN: Record<string, Written> = {
  stringValue: (_, at, blueprint) => ({ type: plain('string'), read: template(blueprint, at) }),
  numberValue: (text) => literal(plain('double'), Number(text)),
  booleanValue: (text) => literal(plain('boolean'), text === 'true'),
  dateValue: (text) => literal(plain('date'), text.slice(0, 10)),
  dateTimeValue: (text) => literal(plain('datetime'), salesforceDateTime(new Date(text))),
  elementReference: (text, at, blueprint) => blueprint.refer(text, at),
};

/** Reads the `value` or `rightValue` of an element; an empty one is null. Throws Refused. */
export function readValue(blueprint: Blueprint, element: XmlElement, tag: string): Reading {
  const [written] = first(element, tag)?.children ?? [];
  if (!written) return literal(plain('string'), null);
  const read = WRITTEN[written.name];
  if (!read) throw new Refused(written, `The sandbox does not know a value written as <${written.name}>.`);
  return read(written.text.trim(), written, blueprint);
}

/** A text in which `{!Name}` stands for what the name holds. Throws Refused for names the flow does not know. */
export function template(blueprint: Blueprint, element: XmlElement): (interview: Interview) => string {
  const parts = element.text.split(/\{!([^{}]+)\}/);
  const readers = parts.map((part, index) => {
    if (index % 2 === 0) return () => part;
    const { read, type } = blueprint.refer(part.trim(), element);
    if (type.kind === 'plain' && !type.isCollection) return (interview: Interview) => written(read(interview));
    throw new Refused(element, `${part} is no single value that a text could hold.`);
  });
  return (interview) => readers.map((read) => read(interview)).join('');
}

const written = (value: FlowValue): string => String(plainValue(value) ?? '');

/** The text of a child that has to be one of those the sandbox knows. */
export function oneOf<T extends string>(element: XmlElement, tag: string, known: readonly T[]): T {
  const text = textOf(element, tag) ?? '';
  const found = known.find((each) => each === text);
  if (found !== undefined) return found;
  throw new Refused(first(element, tag) ?? element, `The sandbox does not know the ${tag} "${text}".`);
}
