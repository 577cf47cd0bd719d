import type { DueMoment, Trigger } from '../loop/ports.ts';
import type { Dates, MomentSource } from '../nps/due-moments.ts';
import type { Calls, Row } from './calls.ts';
import { isRow, text, textOrNull } from './rows.ts';

/**
 * Finds the moments of a trigger that fall on certain dates, by the trigger's own record. A date-time counts by its
 * UTC date. @throws SalesforceError when the record names something the org does not have or hides
 */
export async function dueMoments(
  calls: Calls,
  trigger: Trigger,
  source: MomentSource,
  dates: Dates,
): Promise<DueMoment[]> {
  const { object, dateField } = source;
  const isDateTime = (await calls.visibleFields(object)).get(dateField.toLowerCase()) === 'datetime';
  const from = isDateTime ? `${dates.from}T00:00:00Z` : dates.from;
  const to = isDateTime ? `${dates.to}T23:59:59Z` : dates.to;
  const conditions = [`${dateField} >= ${from}`, `${dateField} <= ${to}`, ...momentConditions(source)];
  const { moments } = await calls.select({
    moments: `SELECT ${momentFields(source)} FROM ${object} WHERE ${conditions.join(' AND ')} ORDER BY ${dateField}, Id`,
  });
  return moments.flatMap((row) => momentIn(row, trigger, source, text(valueAt(row, dateField)).slice(0, 10)));
}

function momentIn(row: Row, trigger: Trigger, source: MomentSource, anchorDate: string): DueMoment[] {
  const accountId = textOrNull(valueAt(row, source.accountField));
  if (!accountId) return [];
  const contactId = source.contactField ? textOrNull(valueAt(row, source.contactField)) : null;
  return [{ moment: { trigger: trigger.name, sourceId: text(row.Id), anchorDate }, accountId, contactId }];
}

/** Moments of accounts that crossed the threshold and bear no stamp of it yet, as if it were set on `today`. */
export async function usageCrossings(
  calls: Calls,
  trigger: Trigger,
  source: MomentSource,
  today: string,
): Promise<DueMoment[]> {
  const { threshold, condition } = source;
  if (threshold === null) return [];
  const { crossed } = await calls.select({
    crossed: `SELECT ${momentFields(source)} FROM Account WHERE ${crossing(threshold)}${condition ? ` AND (${condition})` : ''} ORDER BY Id`,
  });
  return crossed.flatMap((row) => momentIn(row, trigger, source, today));
}

function crossing(threshold: number): string {
  return `NPS_Usage__c >= ${threshold} AND (NPS_Usage_Milestone__c = null OR NPS_Usage_Milestone__c < ${threshold})`;
}

/** What is read of each record that is a moment. */
export function momentFields({ dateField, accountField, contactField }: MomentSource): string[] {
  return [...new Set(['Id', dateField, accountField, ...(contactField ? [contactField] : [])])];
}

/** What records must be, besides their date. */
export function momentConditions({ condition, threshold }: MomentSource): string[] {
  return [
    ...(condition ? [`(${condition})`] : []),
    ...(threshold === null ? [] : [`NPS_Usage_Milestone__c = ${threshold}`]),
  ];
}

/** Accounts whose usage crossed the threshold since it was last looked: stamped with milestone and day. */
export async function stampUsageCrossings(calls: Calls, threshold: number, today: string): Promise<number> {
  const { crossed } = await calls.select({
    crossed: `SELECT Id FROM Account WHERE ${crossing(threshold)} ORDER BY Id`,
  });
  const fields = { NPS_Usage_Milestone__c: threshold, NPS_Usage_Milestone_Reached_On__c: today };
  const results = await calls.update(
    crossed.map((row) => ({ sobject: 'Account', id: text(row.Id), fields: { ...fields } })),
  );
  const refused = results.find((result) => !result.written);
  if (refused && !refused.written) throw refused.error;
  return crossed.length;
}

/** The value of `Account.OwnerId` and its like in a row with nested parents; names ignore case, as in SOQL. */
function valueAt(row: Row, path: string): Row[string] {
  return path.split('.').reduce<Row[string]>((value, step) => {
    if (!isRow(value)) return undefined;
    const name = Object.keys(value).find((field) => field.toLowerCase() === step.toLowerCase());
    return name === undefined ? undefined : value[name];
  }, row);
}
