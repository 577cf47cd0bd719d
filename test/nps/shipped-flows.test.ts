import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MomentSource } from '../../src/nps/due-moments.ts';
import { SHIPPED_FLOWS, standsDown } from '../../src/nps/shipped-flows.ts';

const RENEWAL: MomentSource = {
  object: 'Contract',
  dateField: 'EndDate',
  offsetDays: -75,
  condition: "StatusCode = 'Activated'",
  accountField: 'AccountId',
  contactField: null,
  threshold: null,
};

const USAGE: MomentSource = {
  object: 'Account',
  dateField: 'NPS_Usage_Milestone_Reached_On__c',
  offsetDays: 0,
  condition: null,
  accountField: 'Id',
  contactField: null,
  threshold: 1000,
};

describe('a shipped flow stands down', () => {
  test.each<[keyof MomentSource, MomentSource[keyof MomentSource], string]>([
    ['object', 'Opportunity', 'Source_Object__c is Opportunity where the flow has Contract'],
    ['dateField', 'Renewal__c', 'Date_Field__c is Renewal__c where the flow has EndDate'],
    ['condition', null, "Condition__c is empty where the flow has StatusCode = 'Activated'"],
    ['accountField', 'Payer__c', 'Account_Field__c is Payer__c where the flow has AccountId'],
    ['contactField', 'CustomerSignedId', 'Contact_Field__c is CustomerSignedId where the flow has none'],
  ])('when %s is another one', (field, value, told) => {
    expect(standsDown('Pre_Renewal', { ...RENEWAL, [field]: value })).toBe(
      `The flow NPS_Pre_Renewal stands down, because the NPS Trigger record Pre_Renewal differs from what the flow reads: ${told}. The sweep serves the trigger instead, and nothing is lost.`,
    );
  });

  test('when it would publish on the day and the record asks later', () => {
    expect(standsDown('Usage_Milestone', { ...USAGE, offsetDays: 7 })).toContain(
      'Offset_Days__c is 7 where the flow publishes on the day itself',
    );
  });

  test('when the record names no source at all, which no sweep serves either', () => {
    expect(standsDown('Pre_Renewal', null)).toContain('names no source object');
    expect(standsDown('Pre_Renewal', null)).not.toContain('sweep');
  });

  test('exactly when one of the names is another one, whatever days and threshold say', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SHIPPED_FLOWS),
        fc.record({
          object: fc.boolean(),
          dateField: fc.boolean(),
          condition: fc.boolean(),
          accountField: fc.boolean(),
          contactField: fc.boolean(),
        }),
        fc.integer({ min: -400, max: 0 }),
        fc.constantFrom(null, 1000),
        ([trigger, flow], changed, offsetDays, threshold) => {
          const { object, dateField, condition, accountField, contactField } = flow;
          const reads = { object, dateField, condition, accountField, contactField };
          const others = Object.fromEntries(
            Object.entries(changed).flatMap(([field, is]) => (is ? [[field, 'Other']] : [])),
          );
          const source: MomentSource = { ...reads, ...others, offsetDays, threshold };
          expect(standsDown(trigger, source) !== undefined).toBe(Object.values(changed).includes(true));
        },
      ),
    );
  });
});

test('a trigger of an admin has no flow that could stand down', () => {
  expect(standsDown('After_Install', { ...RENEWAL, object: 'Asset' })).toBeUndefined();
  expect(standsDown('After_Install', null)).toBeUndefined();
});
