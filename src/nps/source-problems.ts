import type { MomentSource } from './due-moments.ts';

/** What the org said to a trigger's query. */
export interface Refusal {
  /** Of the whole query. */
  reason: string;
  /** Of the same query without the record's condition; null when that one can be run. */
  withoutCondition: string | null;
}

/** A name the service cannot use: an org does not tell what is missing from what is hidden. */
export const UNSEEN =
  'which does not exist or is hidden from the service; correct the name, or grant it to NPS Integration';

/**
 * Why the org refuses a trigger's query, each sentence naming the field of the record. `fields` are those of the source
 * object that the service sees, by lower-case name with their type; none when it does not see the object.
 */
export function sourceProblems(source: MomentSource, fields: ReadonlyMap<string, string>, refusal: Refusal): string[] {
  const { object, dateField, accountField, contactField, threshold } = source;
  if (fields.size === 0) return [`Source_Object__c names ${object}, ${UNSEEN}`];
  // What stands at a parent record is not among the fields of the object itself.
  const isUnseen = (name: string) => !name.includes('.') && !fields.has(name.toLowerCase());
  const named = { Date_Field__c: dateField, Account_Field__c: accountField, Contact_Field__c: contactField ?? 'Id' };
  const unseen = Object.entries(named)
    .filter(([, name]) => isUnseen(name))
    .map(([field, name]) => `${field} names ${object}.${name}, ${UNSEEN}`);
  const type = fields.get(dateField.toLowerCase());
  if (type !== undefined && type !== 'date' && type !== 'datetime')
    unseen.push(`Date_Field__c names ${object}.${dateField}, which is no date; name a date or a date and time`);
  if (threshold !== null && object.toLowerCase() !== 'account')
    unseen.push('Threshold__c is set, which only a trigger on Account may have; empty it');
  if (unseen.length > 0) return unseen;
  if (refusal.withoutCondition !== null) return [`its fields cannot be read: ${refusal.withoutCondition}`];
  return [`Condition__c cannot be used: ${refusal.reason}`];
}
