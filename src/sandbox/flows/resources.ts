import { first, isTrue, textOf, type XmlElement } from '../metadata/xml.ts';
import type { FieldType } from '../org/schema/field.ts';
import type { Blueprint, Namer, Reference } from './blueprint.ts';
import { compileFormula } from './formulas.ts';
import type { Interview } from './interview.ts';
import { readValue, template } from './readings.ts';
import { onlyKnown, Refused } from './refused.ts';
import { type FlowValue, plain, recordOf, takenAs, type ValueType } from './values.ts';

/** What a flow declares besides its elements, by tag. */
export const RESOURCES: Record<string, Namer> = {
  variables: (blueprint, element, rest) => ({ reference: variable(blueprint, element), rest }),
  constants: (blueprint, element, rest) => ({ reference: constant(blueprint, element), rest }),
  formulas: (blueprint, element, rest) => ({ reference: formula(blueprint, element), rest }),
  textTemplates: (blueprint, element, rest) => ({ reference: textTemplate(blueprint, element), rest }),
};

const DATA_TYPES: Record<string, FieldType> = {
  String: 'string',
  Number: 'double',
  Currency: 'currency',
  Boolean: 'boolean',
  Date: 'date',
  DateTime: 'datetime',
  Picklist: 'picklist',
};

/** The type a variable, constant or formula says it has. Throws Refused for those the sandbox does not know. */
export function declaredType({ schema }: Blueprint, element: XmlElement): ValueType {
  const dataType = textOf(element, 'dataType') ?? '';
  const isCollection = isTrue(element, 'isCollection');
  if (dataType === 'SObject') {
    const named = first(element, 'objectType');
    const sobject = schema.find(named?.text.trim() ?? '');
    if (sobject) return recordOf(sobject, isCollection);
    throw new Refused(named ?? element, `There is no object ${named?.text.trim() ?? ''}.`);
  }
  const type = DATA_TYPES[dataType];
  if (type) return plain(type, isCollection);
  throw new Refused(first(element, 'dataType') ?? element, `The sandbox does not know the data type ${dataType}.`);
}

/** What stands under a name in the interview. */
export function stored(name: string, type: ValueType): Reference {
  return {
    type,
    read: ({ values }) => values.get(name) ?? null,
    assign: ({ values }, value) => void values.set(name, held(type, value)),
  };
}

/** A single value is kept as its type says; a number in a text variable is text. */
function held(type: ValueType, value: FlowValue): FlowValue {
  return type.kind === 'plain' && !type.isCollection ? takenAs(type.field.type, value) : value;
}

function variable(blueprint: Blueprint, element: XmlElement): Reference {
  return stored(textOf(element, 'name') ?? '', declaredType(blueprint, element));
}

function constant(blueprint: Blueprint, element: XmlElement): Reference {
  const { read } = readValue(blueprint, element, 'value');
  return { type: declaredType(blueprint, element), read };
}

function formula(blueprint: Blueprint, element: XmlElement): Reference {
  const type = declaredType(blueprint, element);
  const scale = Number(textOf(element, 'scale') ?? 18);
  const expression = first(element, 'expression');
  if (type.kind !== 'plain' || !expression)
    throw new Refused(element, 'A formula has an expression and a plain value.');
  return { type, read: compileFormula(blueprint, expression, { type: type.field.type, scale }) };
}

function textTemplate(blueprint: Blueprint, element: XmlElement): Reference {
  const text = first(element, 'text') ?? element;
  return { type: plain('string'), read: template(blueprint, text) };
}

const TAGS: Record<string, readonly string[]> = {
  variables: ['dataType', 'isCollection', 'isInput', 'isOutput', 'objectType', 'scale', 'value'],
  constants: ['dataType', 'value'],
  formulas: ['dataType', 'expression', 'scale'],
  textTemplates: ['isViewedAsPlainText', 'text'],
};

/**
 * Checks a resource even if nothing refers to it, and returns how a variable gets the value it begins with. Throws
 * Refused.
 */
export function readResource(blueprint: Blueprint, element: XmlElement): (interview: Interview) => void {
  onlyKnown(element, element.name, ['name', 'description', ...(TAGS[element.name] ?? [])]);
  const name = textOf(element, 'name') ?? '';
  blueprint.refer(name, element);
  if (element.name !== 'variables' || !first(element, 'value')) return () => undefined;
  const { read } = readValue(blueprint, element, 'value');
  return (interview) => blueprint.refer(name, element).assign?.(interview, read(interview));
}
