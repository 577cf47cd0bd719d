import { ast, parse, type Tree } from 'formulon';
import { withoutComments } from '../metadata/rules/formula.ts';
import type { XmlElement } from '../metadata/xml.ts';
import { type Known, type Prepared, type Reader, resultOf, valuesOf, withNames } from '../org/formula/evaluate.ts';
import type { FieldValue } from '../org/org.ts';
import { salesforceDateTime } from '../org/rows/value.ts';
import type { FieldType } from '../org/schema/field.ts';
import type { Blueprint } from './blueprint.ts';
import type { Interview } from './interview.ts';
import { Refused } from './refused.ts';
import { plainValue } from './values.ts';

/** formulon has a function of this name which only says that there is none. */
const NOT_IMPLEMENTED = ['isnumber', 'currencyrate', 'getsessionid'];

/** A formula of a flow, ready to be worked out. Throws Refused for functions and names that are not known. */
export function compileFormula(
  blueprint: Blueprint,
  element: XmlElement,
  { type, scale }: { type: FieldType; scale: number },
): (interview: Interview) => FieldValue {
  const formula = withoutComments(element.text)
    // Changes are asked of fields of the record that starts the flow, and only of those.
    .replace(/\b(ISCHANGED|PRIORVALUE)\s*\(\s*\{!\s*\$Record\.([\w.]+)\s*\}\s*\)/gi, '$1($2)')
    .replace(/\{!([^{}]+)\}/g, ' $1 ');
  const named = withNames(formula);
  const tree = ast(named);
  const prepared: Prepared = {
    ...{ written: element.text, formula: named, tree },
    names: namesIn(tree, element),
    results: new Map(),
  };
  const readers = new Map(prepared.names.map((name) => [name, readerOf(blueprint, name, element)]));
  return (interview) => {
    const read: Reader = (name) => readers.get(name)?.(interview);
    const { dataType, value } = resultOf(prepared, valuesOf(prepared, read, interview.org.now()));
    if (value === null || value === undefined || dataType === 'null') return type === 'boolean' ? false : null;
    return converted(value, type, scale);
  };
}

/** The names in a formula. Throws Refused when it cannot be parsed or calls a function that is not there. */
function namesIn(tree: Tree, element: XmlElement): string[] {
  if (tree.type === 'error') throw new Refused(element, `The formula cannot be parsed: ${tree.message}`);
  const names = new Set<string>();
  const visit = (node: Tree): void => {
    if (node.type === 'identifier') names.add(node.name);
    if (node.type !== 'callExpression') return;
    if (!isFunction(node.id))
      throw new Refused(element, `The sandbox does not know the function ${node.id.toUpperCase()}.`);
    for (const argument of node.arguments) visit(argument);
  };
  visit(tree);
  return [...names];
}

const functions = new Map<string, boolean>();

function isFunction(name: string): boolean {
  const known = functions.get(name) ?? isKnownToFormulon(name);
  functions.set(name, known);
  return known;
}

function isKnownToFormulon(name: string): boolean {
  // Operators become functions with a capital inside, which no written name keeps.
  if (name !== name.toLowerCase()) return true;
  const answer = parse(`${name}()`);
  const isUnknown = answer.type === 'error' && answer.errorType === 'NoFunctionError';
  return !isUnknown && !NOT_IMPLEMENTED.includes(name);
}

type ReadKnown = (interview: Interview) => Known | undefined;

function readerOf(blueprint: Blueprint, name: string, element: XmlElement): ReadKnown {
  const [, change, field = ''] = /^Change__(isNew|isChanged|prior)(?:__(.+))?$/.exec(name) ?? [];
  if (change) return changeReader(blueprint, change, field, element);
  // TODAY() and NOW() are the formula's own.
  if (name.startsWith('Moment__')) return () => undefined;
  const { type, read } = blueprint.refer(name, element);
  if (type.kind !== 'plain' || type.isCollection) {
    throw new Refused(element, `${name} is no single value that a formula could work with.`);
  }
  return (interview) => ({ field: type.field, value: plainValue(read(interview)) });
}

function changeReader(blueprint: Blueprint, change: string, field: string, element: XmlElement): ReadKnown {
  const boolean = (value: boolean): Known => ({ field: { type: 'boolean', picklist: [] }, value });
  const isNew = ({ values }: Interview) => (values.get('$Record__Prior') ?? null) === null;
  if (!blueprint.startObject) throw new Refused(element, 'Only a record that starts a flow can be new or changed.');
  if (change === 'isNew') return (interview) => boolean(isNew(interview));
  const now = blueprint.refer(`$Record.${field}`, element);
  const before = blueprint.refer(`$Record__Prior.${field}`, element);
  if (change === 'isChanged') {
    return (interview) => boolean(!isNew(interview) && now.read(interview) !== before.read(interview));
  }
  const fieldType = now.type.kind === 'plain' ? now.type.field : undefined;
  return (interview) =>
    fieldType && { field: fieldType, value: plainValue((isNew(interview) ? now : before).read(interview)) };
}

function converted(value: unknown, type: FieldType, scale: number): FieldValue {
  if (value instanceof Date) {
    return type === 'date' ? value.toISOString().slice(0, 10) : salesforceDateTime(value);
  }
  if (typeof value === 'number' && type !== 'string') return Number(value.toFixed(scale));
  return typeof value === 'boolean' ? value : String(value);
}
