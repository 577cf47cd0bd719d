import { all, textOf, type XmlElement } from '../../metadata/xml.ts';
import type { FieldValue } from '../../org/org.ts';
import type { SObject } from '../../org/schema/sobject.ts';
import type { Blueprint, Reference } from '../blueprint.ts';
import { ownField } from '../fields.ts';
import type { Interview } from '../interview.ts';
import { readValue } from '../readings.ts';
import { onlyKnown, Refused } from '../refused.ts';
import { takenAs } from '../values.ts';

/** The `inputAssignments` of an element: the values it writes, by field. Throws Refused. */
export function readFieldValues(
  blueprint: Blueprint,
  element: XmlElement,
  sobject: SObject,
): (interview: Interview) => Record<string, FieldValue> {
  const given = all(element, 'inputAssignments').map((assignment) => {
    onlyKnown(assignment, 'a field value', ['field', 'value']);
    const { name, type } = ownField(sobject, textOf(assignment, 'field') ?? '', assignment);
    return { name, type, value: readValue(blueprint, assignment, 'value') };
  });
  return (interview) =>
    Object.fromEntries(given.map(({ name, type, value }) => [name, takenAs(type, value.read(interview))]));
}

/** The record, or the records, an element writes by reference. Throws Refused. */
export function referredRecords(blueprint: Blueprint, reference: XmlElement): { sobject: SObject; records: Reference } {
  const records = blueprint.refer(reference.text.trim(), reference);
  if (records.type.kind === 'record') return { sobject: records.type.sobject, records };
  throw new Refused(reference, `${reference.text} holds no record.`);
}
