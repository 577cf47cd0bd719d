import { all, first, type XmlElement } from '../../metadata/xml.ts';
import type { SObject } from '../../org/schema/sobject.ts';
import { type Blueprint, objectOf, targetOf } from '../blueprint.ts';
import type { Interview } from '../interview.ts';
import { Refused } from '../refused.ts';
import { readFilters } from '../row-filters.ts';
import { type FlowRecord, isRecord, itemsOf, withField } from '../values.ts';
import { attempt } from './attempt.ts';
import type { ElementKind } from './element.ts';
import { readFieldValues, referredRecords } from './field-values.ts';

/**
 * Update Records: writes fields of all rows that filters find, or the fields records of variables hold. Before the save
 * only `$Record` can be updated, which is no write of its own.
 */
export const recordUpdates: ElementKind = {
  tag: 'recordUpdates',
  knows: ['object', 'filterLogic', 'filters', 'inputAssignments', 'inputReference'],
  beforeSave: true,
  make(blueprint, element) {
    const next = targetOf(element);
    const reference = first(element, 'inputReference');
    if (blueprint.isBeforeSave && reference?.text.trim() !== '$Record') {
      throw new Refused(element, 'Before the save a flow can update nothing but $Record.');
    }
    const update = reference ? referred(blueprint, element, reference) : filtered(blueprint, element);
    return (interview) => {
      update(interview);
      return next;
    };
  },
};

type Change = Pick<FlowRecord, 'fields'> & { id: string };

function filtered(blueprint: Blueprint, element: XmlElement): (interview: Interview) => void {
  const sobject = objectOf(blueprint, element);
  const where = readFilters(blueprint, element, sobject);
  const values = readFieldValues(blueprint, element, sobject);
  return (interview) => {
    const soql = `SELECT Id FROM ${sobject.name} ${where(interview)}`;
    const found = attempt('update records', () => interview.org.select(sobject.name, soql));
    const fields = values(interview);
    updateAll(
      interview,
      sobject,
      found.map((row) => ({ id: String(row.fields.Id), fields })),
    );
  };
}

function referred(blueprint: Blueprint, element: XmlElement, reference: XmlElement): (interview: Interview) => void {
  const { sobject, records } = referredRecords(blueprint, reference);
  const values = readFieldValues(blueprint, element, sobject);
  if (blueprint.isBeforeSave) {
    return (interview) => {
      for (const [name, value] of Object.entries(values(interview))) {
        records.assign?.(interview, withField(records.read(interview), sobject.name, name, value));
      }
    };
  }
  const writesAll = all(element, 'inputAssignments').length === 0;
  return (interview) => {
    const given = values(interview);
    const held = itemsOf(records.read(interview)).filter(isRecord);
    const changes = held.map(({ fields: { Id, ...rest } }) => {
      const id = String(Id ?? '');
      return { id, fields: writesAll ? writable(interview, sobject, id, rest) : given };
    });
    updateAll(interview, sobject, changes);
  };
}

/** What is left of a record that was read whole: fields nobody can write are no fault unless they were changed. */
function writable(
  { org }: Interview,
  sobject: SObject,
  id: string,
  fields: FlowRecord['fields'],
): FlowRecord['fields'] {
  const stored = org.row(sobject.name, id)?.fields ?? {};
  const kept = Object.entries(fields).filter(
    ([name, value]) => sobject.field(name)?.updateable || (stored[name] ?? null) !== value,
  );
  return Object.fromEntries(kept);
}

function updateAll({ org }: Interview, sobject: SObject, changes: readonly Change[]): void {
  if (changes.length === 0) return;
  attempt('update records', () =>
    org.atOnce(changes.length, () => {
      for (const { id, fields } of changes) org.update(sobject.name, id, fields);
    }),
  );
}
