import { all, first, textOf, type XmlElement } from '../metadata/xml.ts';
import type { FieldValue } from '../org/org.ts';
import type { Field, FieldType } from '../org/schema/field.ts';
import type { SObject } from '../org/schema/sobject.ts';
import type { Blueprint } from './blueprint.ts';
import { ownField } from './fields.ts';
import type { Interview } from './interview.ts';
import { readLogic, soqlBy } from './logic.ts';
import { type Reading, readValue } from './readings.ts';
import { onlyKnown, Refused } from './refused.ts';
import { itemsOf, plainValue } from './values.ts';

/** The `filters` of an element as a WHERE clause, worked out when the flow comes to it. Throws Refused. */
export function readFilters(
  blueprint: Blueprint,
  element: XmlElement,
  sobject: SObject,
): (interview: Interview) => string {
  const filters = all(element, 'filters').map((filter) => {
    onlyKnown(filter, 'a filter', ['field', 'operator', 'value']);
    const field = ownField(sobject, textOf(filter, 'field') ?? '', filter);
    const operator = textOf(filter, 'operator') ?? '';
    const write = OPERATORS[operator];
    if (!write)
      throw new Refused(first(filter, 'operator') ?? filter, `The sandbox does not know the operator ${operator}.`);
    const value = readValue(blueprint, filter, 'value');
    return (interview: Interview) => write(field, value, interview);
  });
  const logic = readLogic(textOf(element, 'filterLogic'), filters.length, element);
  if (filters.length === 0) return () => '';
  return (interview) =>
    `WHERE ${soqlBy(
      logic,
      filters.map((write) => write(interview)),
    )}`;
}

type Write = (field: Field, value: Reading, interview: Interview) => string;

const comparing =
  (operator: string): Write =>
  (field, value, interview) =>
    `${field.name} ${operator} ${soqlLiteral(field.type, plainValue(value.read(interview)))}`;

const like =
  (before: string, after: string): Write =>
  (field, value, interview) => {
    const text = String(plainValue(value.read(interview)) ?? '').replace(/[\\%_']/g, '\\$&');
    return `${field.name} LIKE '${before}${text}${after}'`;
  };

const listing =
  (operator: string, ofNothing: string): Write =>
  (field, value, interview) => {
    const literals = itemsOf(value.read(interview)).map((item) => soqlLiteral(field.type, plainValue(item)));
    return literals.length > 0 ? `${field.name} ${operator} (${literals.join(', ')})` : ofNothing;
  };

/** Salesforce Help, "Flow Operators in Data Elements": an empty collection finds nothing by In, and all by Not In. */
const OPERATORS: Record<string, Write> = {
  EqualTo: comparing('='),
  NotEqualTo: comparing('!='),
  GreaterThan: comparing('>'),
  GreaterThanOrEqualTo: comparing('>='),
  LessThan: comparing('<'),
  LessThanOrEqualTo: comparing('<='),
  StartsWith: like('', '%'),
  EndsWith: like('%', ''),
  Contains: like('%', '%'),
  In: listing('IN', 'Id = null'),
  NotIn: listing('NOT IN', 'Id != null'),
  IsNull: (field, value, interview) => `${field.name} ${value.read(interview) === true ? '=' : '!='} null`,
};

const BARE: ReadonlySet<FieldType> = new Set<FieldType>(
  ['boolean', 'int', 'double', 'currency', 'percent'].concat(['date', 'datetime', 'time']) as FieldType[],
);

function soqlLiteral(type: FieldType, value: FieldValue): string {
  if (value === null || value === '') return 'null';
  const text = String(value);
  if (!BARE.has(type)) return `'${text.replace(/[\\']/g, '\\$&')}'`;
  // A date is compared with a date and time as its midnight, and the other way round as its day.
  if (type === 'datetime') return text.length === 10 ? `${text}T00:00:00Z` : text.replace('+0000', 'Z');
  return type === 'date' ? text.slice(0, 10) : text;
}
