import { expect, it } from 'vitest';
import type { MomentSource } from '../../src/nps/due-moments.ts';
import { sourceProblems } from '../../src/nps/source-problems.ts';

const source: MomentSource = {
  ...{ object: 'Asset', dateField: 'InstallDate', offsetDays: 30, condition: "Status = 'Shipped'", threshold: null },
  ...{ accountField: 'AccountId', contactField: 'Contact.ReportsToId' },
};
const fields = new Map([
  ['installdate', 'date'],
  ['accountid', 'reference'],
  ['name', 'string'],
]);
const refusal = { reason: "INVALID_FIELD: No such column 'Status'", withoutCondition: null };

it.each([
  ['the object', {}, new Map(), refusal, 'Source_Object__c names Asset, which does not exist or is hidden'],
  ['the date', { dateField: 'Installed' }, fields, refusal, 'Date_Field__c names Asset.Installed, which does not'],
  ['what is no date', { dateField: 'Name' }, fields, refusal, 'Date_Field__c names Asset.Name, which is no date'],
  ['the way to the account', { accountField: 'Owner__c' }, fields, refusal, 'Account_Field__c names Asset.Owner__c'],
  ['the way to the contact', { contactField: 'Who__c' }, fields, refusal, 'Contact_Field__c names Asset.Who__c'],
  ['a threshold', { threshold: 5 }, fields, refusal, 'Threshold__c is set, which only a trigger on Account'],
  ['the condition', {}, fields, refusal, "Condition__c cannot be used: INVALID_FIELD: No such column 'Status'"],
  [
    'a field of a parent',
    { contactField: 'Contact.Nobody' },
    fields,
    { ...refusal, withoutCondition: "INVALID_FIELD: No such column 'Nobody'" },
    "its fields cannot be read: INVALID_FIELD: No such column 'Nobody'",
  ],
])('a refusal because of %s is told by its field', (_, wrong, seen, said, sentence) => {
  expect(sourceProblems({ ...source, ...wrong }, seen, said)).toEqual([expect.stringContaining(sentence)]);
});

it('names every field that is unseen, whatever the case it is written in', () => {
  const wrong = { ...source, dateField: 'INSTALLDATE', accountField: 'A__c', contactField: 'B__c' };
  expect(sourceProblems(wrong, fields, refusal)).toHaveLength(2);
});
