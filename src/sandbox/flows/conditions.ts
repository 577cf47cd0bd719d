import { all, first, textOf, type XmlElement } from '../metadata/xml.ts';
import type { Blueprint } from './blueprint.ts';
import type { Interview } from './interview.ts';
import { holdsBy, readLogic } from './logic.ts';
import { type Reading, readValue } from './readings.ts';
import { onlyKnown, Refused } from './refused.ts';
import { type FlowValue, isCollection, itemsOf } from './values.ts';

/** Whether something holds at this point of an interview. */
export type Test = (interview: Interview) => boolean;

/** The `conditions` of a rule, joined by its logic. Throws Refused. */
export function readConditions(blueprint: Blueprint, rule: XmlElement): Test {
  const tests = all(rule, 'conditions').map((condition) => {
    onlyKnown(condition, 'a condition', ['leftValueReference', 'operator', 'rightValue']);
    const path = textOf(condition, 'leftValueReference') ?? '';
    const left = blueprint.refer(path, condition);
    return compared(blueprint, path, left, condition, readValue(blueprint, condition, 'rightValue'));
  });
  const logic = readLogic(textOf(rule, 'conditionLogic'), tests.length, rule);
  return (interview) => holdsBy(logic, (index) => tests[index]?.(interview) === true);
}

/** The `filters` of a flow's start, asked of the record that starts it. Throws Refused. */
export function readRecordFilters(blueprint: Blueprint, start: XmlElement): Test {
  const tests = all(start, 'filters').map((filter) => {
    onlyKnown(filter, 'a filter', ['field', 'operator', 'value']);
    const path = `$Record.${textOf(filter, 'field')}`;
    return compared(blueprint, path, blueprint.refer(path, filter), filter, readValue(blueprint, filter, 'value'));
  });
  const logic = readLogic(textOf(start, 'filterLogic'), tests.length, start);
  return (interview) => holdsBy(logic, (index) => tests[index]?.(interview) === true);
}

function compared(blueprint: Blueprint, path: string, left: Reading, at: XmlElement, right: Reading): Test {
  const operator = textOf(at, 'operator') ?? '';
  if (operator === 'IsChanged') {
    const changed = changeOf(blueprint, path, at);
    return (interview) => changed(interview) === (right.read(interview) === true);
  }
  const compare = OPERATORS[operator];
  if (!compare) throw new Refused(first(at, 'operator') ?? at, `The sandbox does not know the operator ${operator}.`);
  return (interview) => compare(left.read(interview), right.read(interview));
}

function changeOf(blueprint: Blueprint, path: string, at: XmlElement): Test {
  const [, field] = /^\$Record\.(\w+)$/.exec(path) ?? [];
  if (!field) throw new Refused(at, 'IsChanged is asked of fields of $Record only.');
  const [now, before] = [blueprint.refer(path, at), blueprint.refer(`$Record__Prior.${field}`, at)];
  return (interview) => {
    const isNew = (interview.values.get('$Record__Prior') ?? null) === null;
    return !isNew && now.read(interview) !== before.read(interview);
  };
}

type Compare = (left: FlowValue, right: FlowValue) => boolean;

/** Operators as in decisions; texts are compared without regard to case. Null is neither greater nor less. */
const OPERATORS: Record<string, Compare> = {
  EqualTo: (left, right) => same(left, right),
  NotEqualTo: (left, right) => !same(left, right),
  GreaterThan: (left, right) => ordered(left, right, (one, other) => one > other),
  GreaterThanOrEqualTo: (left, right) => ordered(left, right, (one, other) => one >= other),
  LessThan: (left, right) => ordered(left, right, (one, other) => one < other),
  LessThanOrEqualTo: (left, right) => ordered(left, right, (one, other) => one <= other),
  StartsWith: (left, right) => texts(left, right, (one, other) => one.startsWith(other)),
  EndsWith: (left, right) => texts(left, right, (one, other) => one.endsWith(other)),
  Contains: (left, right) =>
    isCollection(left) ? isAmong(right, left) : texts(left, right, (one, other) => one.includes(other)),
  In: (left, right) => isAmong(left, right),
  NotIn: (left, right) => !isAmong(left, right),
  IsNull: (left, right) => (left === null) === (right === true),
  IsBlank: (left, right) => (left === null || String(left).trim() === '') === (right === true),
  IsEmpty: (left, right) => (itemsOf(left).length === 0) === (right === true),
};

const isAmong = (item: FlowValue, collection: FlowValue) => itemsOf(collection).some((each) => same(each, item));

function same(left: FlowValue, right: FlowValue): boolean {
  const [one, other] = alike(left, right);
  return one === other;
}

function ordered(left: FlowValue, right: FlowValue, compare: (one: Plain, other: Plain) => boolean): boolean {
  const [one, other] = alike(left, right);
  return one !== null && other !== null && compare(one, other);
}

function texts(left: FlowValue, right: FlowValue, compare: (one: string, other: string) => boolean): boolean {
  const [one, other] = alike(left, right);
  return one !== null && other !== null && compare(String(one), String(other));
}

type Plain = string | number | boolean;

/** Both sides so that they can be compared; a date beside a date and time is its midnight. */
function alike(left: FlowValue, right: FlowValue): [Plain | null, Plain | null] {
  const [one, other] = [comparable(left), comparable(right)];
  if (isDate(one) && isDateTime(other)) return [midnight(one), other];
  if (isDateTime(one) && isDate(other)) return [one, midnight(other)];
  return [one, other];
}

function comparable(value: FlowValue): Plain | null {
  if (typeof value === 'string') return value.toLowerCase();
  return typeof value === 'object' ? null : value;
}

const isDate = (value: Plain | null): value is string => /^\d{4}-\d\d-\d\d$/.test(String(value));
const isDateTime = (value: Plain | null): value is string => /^\d{4}-\d\d-\d\dt\d\d:/.test(String(value));
const midnight = (date: string) => `${date}t00:00:00.000+0000`;
