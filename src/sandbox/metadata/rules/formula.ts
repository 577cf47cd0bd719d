import { ast, extract } from 'formulon';
import type { Component } from '../component.ts';
import type { Complaint } from '../finding.ts';
import { about, type Package, type Rule } from '../rule.ts';
import { along, type XmlElement } from '../xml.ts';

/** Where formulas over a row's own fields stand. Flows have names of their own; see `flow-formula`. */
const FORMULAS: Record<string, string[]> = {
  CustomField: ['formula'],
  ValidationRule: ['errorConditionFormula'],
};

export const formula: Rule = {
  name: 'formula',
  severity: 'error',
  says: 'Formulas of fields and validation rules parse and name fields that exist; the field an error stands at exists.',
  source: 'Salesforce Help, "Build a Formula Field"; parsed by `formulon`',
  check: (pack) => [
    ...Object.entries(FORMULAS).flatMap(([type, paths]) =>
      pack
        .ofType(type)
        .flatMap((component) =>
          paths
            .flatMap((path) => along(component.root, path))
            .flatMap((element) => inFormula(component, element, pack)),
        ),
    ),
    ...pack.ofType('ValidationRule').flatMap((component) =>
      along(component.root, 'errorDisplayField')
        .filter((element) => !pack.catalog.field(component.object, element.text.trim()))
        .map((element) => about(component, element, `${component.object} has no field ${element.text.trim()}.`)),
    ),
  ],
};

function inFormula(component: Component, element: XmlElement, { catalog }: Package): Complaint[] {
  const text = withoutComments(element.text);
  const fault = faultIn(text);
  if (fault) return [about(component, element, fault)];
  return extract(text)
    .filter((name) => !name.startsWith('$') && !catalog.path(component.object, name))
    .map((name) => about(component, element, `${component.object} has no ${name}, which the formula names.`));
}

/** The parser does not know comments. */
export const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, ' ');

/** What is wrong with a formula's form; undefined when nothing is. */
export function faultIn(text: string): string | undefined {
  if (text.trim() === '') return 'The formula is empty.';
  const tree = ast(text);
  if (tree.type === 'error') return `The formula cannot be parsed: ${tree.message}`;
  const stranger = calledIn(tree).find((name) => !FUNCTIONS.has(name));
  return stranger ? `There is no function ${stranger.toUpperCase()}.` : undefined;
}

/** What operators become in the parsed tree. */
const OPERATORS = [
  'add',
  'subtract',
  'multiply',
  'divide',
  'exponentiate',
  'equal',
  'unequal',
  'lessthan',
  'greaterthan',
  'lessthanorequal',
  'greaterthanorequal',
];
/** Salesforce Help, "Formula Operators and Functions". */
const FUNCTIONS = new Set([
  ...OPERATORS,
  ...[
    'abs',
    'acos',
    'addmonths',
    'and',
    'ascii',
    'asin',
    'atan',
    'atan2',
    'begins',
    'blankvalue',
    'br',
    'case',
    'casesafeid',
    'ceiling',
  ],
  ...[
    'char',
    'contains',
    'cos',
    'currencyrate',
    'date',
    'datetimevalue',
    'datevalue',
    'day',
    'dayofyear',
    'distance',
    'exp',
    'find',
    'floor',
  ],
  ...[
    'formatduration',
    'fromunixtime',
    'geolocation',
    'getsessionid',
    'hour',
    'hyperlink',
    'if',
    'ifs',
    'image',
    'imageproxyurl',
    'includes',
  ],
  ...[
    'initcap',
    'isblank',
    'ischanged',
    'isclone',
    'isnew',
    'isnull',
    'isnumber',
    'isoweek',
    'isoyear',
    'ispickval',
    'junctionidlist',
    'left',
  ],
  ...[
    'len',
    'linkto',
    'ln',
    'log',
    'lower',
    'lpad',
    'max',
    'mceiling',
    'mfloor',
    'mid',
    'millisecond',
    'min',
    'minute',
    'mod',
    'month',
    'not',
  ],
  ...[
    'now',
    'nullvalue',
    'or',
    'parentgroupval',
    'pi',
    'pickcount',
    'predict',
    'prevgroupval',
    'priorvalue',
    'regex',
    'requirescript',
    'reverse',
  ],
  ...[
    'right',
    'round',
    'rpad',
    'second',
    'sin',
    'sqrt',
    'substitute',
    'sum',
    'tan',
    'text',
    'timenow',
    'timevalue',
    'today',
    'trim',
    'trunc',
  ],
  ...['unixtimestamp', 'upper', 'urlfor', 'value', 'vlookup', 'weekday', 'year', 'negate', 'power'],
]);

function calledIn(tree: unknown): string[] {
  if (typeof tree !== 'object' || tree === null) return [];
  const own = 'type' in tree && tree.type === 'callExpression' && 'id' in tree ? [String(tree.id).toLowerCase()] : [];
  return [
    ...own,
    ...Object.values(tree).flatMap((value) => (Array.isArray(value) ? value.flatMap(calledIn) : calledIn(value))),
  ];
}
