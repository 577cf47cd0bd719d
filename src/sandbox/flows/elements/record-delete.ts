import { first } from '../../metadata/xml.ts';
import { objectOf, targetOf } from '../blueprint.ts';
import type { Interview } from '../interview.ts';
import { readFilters } from '../row-filters.ts';
import { type FlowRecord, isRecord, itemsOf } from '../values.ts';
import { attempt } from './attempt.ts';
import type { ElementKind } from './element.ts';
import { referredRecords } from './field-values.ts';

/** Delete Records: those that filters find, or those of variables. */
export const recordDeletes: ElementKind = {
  tag: 'recordDeletes',
  knows: ['object', 'filterLogic', 'filters', 'inputReference'],
  beforeSave: false,
  make(blueprint, element) {
    const next = targetOf(element);
    const reference = first(element, 'inputReference');
    const { sobject, records } = reference
      ? referredRecords(blueprint, reference)
      : { sobject: objectOf(blueprint, element), records: undefined };
    const where = reference ? undefined : readFilters(blueprint, element, sobject);
    const doomed = (interview: Interview): readonly FlowRecord[] => {
      if (records) return itemsOf(records.read(interview)).filter(isRecord);
      return interview.org.select(sobject.name, `SELECT Id FROM ${sobject.name} ${where?.(interview)}`);
    };
    return (interview) => {
      attempt('delete records', () => {
        const rows = doomed(interview);
        if (rows.length === 0) return;
        interview.org.atOnce(rows.length, () => {
          for (const { fields } of rows) interview.org.delete(sobject.name, String(fields.Id));
        });
      });
      return next;
    };
  },
};
