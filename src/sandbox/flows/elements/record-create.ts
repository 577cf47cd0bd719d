import { first, isTrue, textOf, type XmlElement } from '../../metadata/xml.ts';
import type { SObject } from '../../org/schema/sobject.ts';
import { type Blueprint, objectOf, type Reference, targetOf } from '../blueprint.ts';
import type { Interview } from '../interview.ts';
import { Refused } from '../refused.ts';
import { stored } from '../resources.ts';
import { type FlowItem, type FlowRecord, type FlowValue, isCollection, isRecord, itemsOf, plain } from '../values.ts';
import { attempt } from './attempt.ts';
import type { ElementKind } from './element.ts';
import { readFieldValues, referredRecords } from './field-values.ts';

/** Create Records: inserts rows, all or none; those of a platform event are published instead. */
export const recordCreates: ElementKind = {
  tag: 'recordCreates',
  knows: ['object', 'inputAssignments', 'inputReference', 'assignRecordIdToReference', 'storeOutputAutomatically'],
  beforeSave: false,
  make(blueprint, element) {
    const next = targetOf(element);
    const reference = first(element, 'inputReference');
    const create = reference ? referred(blueprint, reference) : written(blueprint, element);
    return (interview) => {
      create(interview);
      return next;
    };
  },
  output(_, element, rest, at) {
    if (!isTrue(element, 'storeOutputAutomatically')) throw new Refused(at, 'This Create Records hands on no id.');
    return { reference: stored(textOf(element, 'name') ?? '', plain('id')), rest };
  },
};

type Fields = FlowRecord['fields'];

/** Records of variables, which get the ids of their rows. */
function referred(blueprint: Blueprint, reference: XmlElement): (interview: Interview) => void {
  const { sobject, records } = referredRecords(blueprint, reference);
  const { name: flow } = blueprint.file;
  return (interview) => {
    const held = records.read(interview);
    const items = itemsOf(held).filter(isRecord);
    const ids = insertAll(
      interview,
      sobject,
      items.map(({ fields }) => fields),
      flow,
    );
    const created: FlowItem[] = items.map((item, index) => ({
      ...item,
      fields: { ...item.fields, ...idField(ids[index]) },
    }));
    const value: FlowValue = isCollection(held) ? created : (created[0] ?? null);
    records.assign?.(interview, value);
  };
}

/** One row of the fields the element lists. */
function written(blueprint: Blueprint, element: XmlElement): (interview: Interview) => void {
  const sobject = objectOf(blueprint, element);
  const values = readFieldValues(blueprint, element, sobject);
  const idTo = idTarget(blueprint, element);
  const { name: flow } = blueprint.file;
  return (interview) => {
    const [id] = insertAll(interview, sobject, [values(interview)], flow);
    idTo?.assign?.(interview, id ?? null);
  };
}

function idTarget(blueprint: Blueprint, element: XmlElement): Reference | undefined {
  const named = first(element, 'assignRecordIdToReference');
  if (named) return blueprint.refer(named.text.trim(), named);
  return isTrue(element, 'storeOutputAutomatically') ? stored(textOf(element, 'name') ?? '', plain('id')) : undefined;
}

const idField = (id: string | undefined) => (id === undefined ? {} : { Id: id });

/** The ids of the new rows; none for events, which have no rows. */
function insertAll({ org }: Interview, sobject: SObject, rows: readonly Fields[], flow: string): string[] {
  const ids: string[] = [];
  attempt('create records', () =>
    org.atOnce(rows.length, () => {
      for (const fields of rows) {
        if (sobject.kind === 'event') org.publish(sobject.name, fields, flow);
        else ids.push(org.insert(sobject.name, fields));
      }
    }),
  );
  return ids;
}
