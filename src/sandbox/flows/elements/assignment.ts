import { all, first, textOf, type XmlElement } from '../../metadata/xml.ts';
import { type Blueprint, targetOf } from '../blueprint.ts';
import type { Interview } from '../interview.ts';
import { readValue } from '../readings.ts';
import { onlyKnown, Refused } from '../refused.ts';
import { type FlowItem, type FlowValue, isCollection, itemsOf, plainValue, type ValueType } from '../values.ts';
import type { ElementKind } from './element.ts';

/** Sets variables, fields of records and collections, one after another. */
export const assignments: ElementKind = {
  tag: 'assignments',
  knows: ['assignmentItems'],
  beforeSave: true,
  make(blueprint, element) {
    const items = all(element, 'assignmentItems').map((item) => assignment(blueprint, item));
    const next = targetOf(element);
    return (interview) => {
      for (const assign of items) assign(interview);
      return next;
    };
  },
};

function assignment(blueprint: Blueprint, item: XmlElement): (interview: Interview) => void {
  onlyKnown(item, 'an assignment', ['assignToReference', 'operator', 'value']);
  const path = textOf(item, 'assignToReference') ?? '';
  const { type, read, assign } = blueprint.refer(path, item);
  if (!assign) throw new Refused(item, `Nothing can be assigned to ${path}.`);
  const operator = textOf(item, 'operator') ?? '';
  const change = OPERATORS[operator];
  if (!change)
    throw new Refused(first(item, 'operator') ?? item, `The sandbox does not know the operator ${operator}.`);
  const value = readValue(blueprint, item, 'value');
  return (interview) => assign(interview, change(read(interview), value.read(interview), type));
}

type Change = (held: FlowValue, given: FlowValue, type: ValueType) => FlowValue;

/** Salesforce Help, "Flow Operators in Assignment Elements". */
const OPERATORS: Record<string, Change> = {
  Assign: (_, given, type) => (type.isCollection && !isCollection(given) && given !== null ? [given] : given),
  Add: (held, given, type) => (type.isCollection ? [...itemsOf(held), ...itemsOf(given)] : sum(held, given, type, 1)),
  AddAtStart: (held, given) => [...itemsOf(given), ...itemsOf(held)],
  Subtract: (held, given, type) => sum(held, given, type, -1),
  AssignCount: (_, given) => itemsOf(given).length,
  RemoveAll: (held, given) => without(held, (item) => itemsOf(given).some((each) => isSame(each, item))),
  RemoveFirst: (held, given) => {
    const place = itemsOf(held).findIndex((item) => itemsOf(given).some((each) => isSame(each, item)));
    return itemsOf(held).filter((_, index) => index !== place);
  },
};

const without = (held: FlowValue, isOut: (item: FlowItem) => boolean) => itemsOf(held).filter((item) => !isOut(item));

const isSame = (one: FlowItem, other: FlowItem) => JSON.stringify(one) === JSON.stringify(other);

const NUMBERS: readonly string[] = ['int', 'double', 'currency', 'percent'];
const DAY = 24 * 60 * 60 * 1000;

/** Numbers are added, texts joined, days counted. Nothing counts as zero. */
function sum(held: FlowValue, given: FlowValue, type: ValueType, sign: 1 | -1): FlowValue {
  const [one, other] = [plainValue(held), plainValue(given)];
  const kind = type.kind === 'plain' ? type.field.type : undefined;
  if (kind === 'date' || kind === 'datetime') {
    if (one === null) return null;
    const moved = new Date(new Date(String(one)).getTime() + sign * Number(other ?? 0) * DAY).toISOString();
    return kind === 'date' ? moved.slice(0, 10) : `${moved.slice(0, 19)}.000+0000`;
  }
  if (NUMBERS.includes(kind ?? '')) return Number(one ?? 0) + sign * Number(other ?? 0);
  return `${one ?? ''}${other ?? ''}`;
}
