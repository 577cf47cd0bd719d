import { all, first, isTrue, textOf, type XmlElement } from '../../metadata/xml.ts';
import type { Field } from '../../org/schema/field.ts';
import type { SObject } from '../../org/schema/sobject.ts';
import { type Blueprint, objectOf, targetOf } from '../blueprint.ts';
import { ownField } from '../fields.ts';
import type { Interview } from '../interview.ts';
import { oneOf, readValue } from '../readings.ts';
import { onlyKnown, Refused } from '../refused.ts';
import { stored } from '../resources.ts';
import { readFilters } from '../row-filters.ts';
import { type FlowRecord, plainValue, recordOf } from '../values.ts';
import { attempt } from './attempt.ts';
import type { ElementKind } from './element.ts';

/** Get Records: finds rows and keeps them under its own name, in a variable, or field by field in several. */
export const recordLookups: ElementKind = {
  tag: 'recordLookups',
  knows: [
    ...['object', 'filterLogic', 'filters', 'sortField', 'sortOrder', 'limit', 'getFirstRecordOnly', 'queriedFields'],
    ...['storeOutputAutomatically', 'outputReference', 'outputAssignments', 'assignNullValuesIfNoRecordsFound'],
  ],
  beforeSave: true,
  make(blueprint, element) {
    const sobject = objectOf(blueprint, element);
    const fields = [...fieldsRead(sobject, element)].map(({ name }) => name).join(', ');
    const where = readFilters(blueprint, element, sobject);
    const order = sorting(sobject, element);
    const { isSingle, keep } = keeper(blueprint, element, sobject);
    const limit = first(element, 'limit') && readValue(blueprint, element, 'limit');
    const next = targetOf(element);
    return (interview) => {
      const most = isSingle ? 1 : limit && plainValue(limit.read(interview));
      const ending = `${order} ${most === undefined ? '' : `LIMIT ${most}`}`;
      const soql = `SELECT ${fields} FROM ${sobject.name} ${where(interview)} ${ending}`;
      keep(
        interview,
        attempt('look up records', () => interview.org.select(sobject.name, soql)),
      );
      return next;
    };
  },
  output(blueprint, element, rest, at) {
    const sobject = objectOf(blueprint, element);
    if (!isTrue(element, 'storeOutputAutomatically'))
      throw new Refused(at, 'This Get Records keeps nothing by itself.');
    const read = first(element, 'queriedFields') ? fieldsRead(sobject, element) : undefined;
    const type = recordOf(sobject, textOf(element, 'getFirstRecordOnly') === 'false', read);
    return { reference: stored(textOf(element, 'name') ?? '', type), rest };
  },
};

/** The fields that are read: those named and the id, or all. */
function fieldsRead(sobject: SObject, element: XmlElement): ReadonlySet<Field> {
  const assigned = all(element, 'outputAssignments').flatMap((each) => all(each, 'field'));
  const named = [...all(element, 'queriedFields'), ...assigned].map((each) =>
    ownField(sobject, each.text.trim(), each),
  );
  return new Set(named.length === 0 ? sobject.fields : [ownField(sobject, 'Id', element), ...named]);
}

function sorting(sobject: SObject, element: XmlElement): string {
  const field = first(element, 'sortField');
  if (!field) return '';
  return `ORDER BY ${ownField(sobject, field.text.trim(), field).name} ${oneOf(element, 'sortOrder', ['Asc', 'Desc'])}`;
}

type Keep = (interview: Interview, found: readonly FlowRecord[]) => void;

/** Where the rows go; what was there stays when nothing is found, unless the element says that null is assigned. */
function keeper(blueprint: Blueprint, element: XmlElement, sobject: SObject): { isSingle: boolean; keep: Keep } {
  const assignsNull = isTrue(element, 'assignNullValuesIfNoRecordsFound');
  const into = first(element, 'outputReference');
  if (into) {
    const { type, assign } = blueprint.refer(into.text.trim(), into);
    if (type.kind !== 'record' || !assign) throw new Refused(into, `${into.text} is no variable for records.`);
    return {
      isSingle: !type.isCollection,
      keep(interview, found) {
        if (found.length > 0 || assignsNull) assign(interview, (type.isCollection ? found : found[0]) ?? null);
      },
    };
  }
  const outputs = all(element, 'outputAssignments').map((output) => {
    onlyKnown(output, 'an output', ['assignToReference', 'field']);
    const target = textOf(output, 'assignToReference') ?? '';
    const { assign } = blueprint.refer(target, output);
    if (!assign) throw new Refused(output, `Nothing can be assigned to ${target}.`);
    return { assign, field: ownField(sobject, textOf(output, 'field') ?? '', output).name };
  });
  if (outputs.length > 0) {
    return {
      isSingle: true,
      keep(interview, [row]) {
        if (!row && !assignsNull) return;
        for (const { assign, field } of outputs) assign(interview, row?.fields[field] ?? null);
      },
    };
  }
  if (!isTrue(element, 'storeOutputAutomatically')) throw new Refused(element, 'This Get Records keeps nothing.');
  const isSingle = textOf(element, 'getFirstRecordOnly') !== 'false';
  const name = textOf(element, 'name') ?? '';
  return {
    isSingle,
    keep: ({ values }, found) => void values.set(name, (isSingle ? found[0] : nothingIsNull(found)) ?? null),
  };
}

/** A collection that nothing was found for is null, which is what flows ask for. */
const nothingIsNull = (found: readonly FlowRecord[]) => (found.length > 0 ? found : null);
