import { beforeAll, describe, expect, test } from 'vitest';
import type { SandboxOrg } from '../../../src/sandbox/org/open-org.ts';
import type { Body } from '../../../src/sandbox/org/rows/body.ts';
import { refusalOf, stageOrg } from './org-stage.ts';

let org: SandboxOrg;
let account: string;
let contact: string;
beforeAll(() => {
  ({ org } = stageOrg());
  account = org.insert('Account', { Name: 'Acme' });
  contact = org.insert('Contact', { LastName: 'Byron', AccountId: account });
  org.insert('NPS_Survey__c', { Survey_Key__c: 'taken' });
});

interface Case {
  what: string;
  sobject: string;
  body: () => Body;
  error: object;
}

const cases: Case[] = [
  {
    what: 'an unknown field',
    sobject: 'Account',
    body: () => ({ Name: 'A', Nope__c: 1 }),
    error: { errorCode: 'INVALID_FIELD', message: "No such column 'Nope__c' on sobject of type Account" },
  },
  {
    what: 'missing required fields',
    sobject: 'Opportunity',
    body: () => ({ Name: 'Deal' }),
    error: {
      errorCode: 'REQUIRED_FIELD_MISSING',
      message: 'Required fields are missing: [StageName, CloseDate]',
      fields: ['StageName', 'CloseDate'],
    },
  },
  {
    what: 'a detail without its master',
    sobject: 'NPS_Response__c',
    body: () => ({ Response_Key__c: 'k' }),
    error: { errorCode: 'REQUIRED_FIELD_MISSING', fields: ['Account__c'] },
  },
  {
    what: 'a text that is too long',
    sobject: 'NPS_Survey__c',
    body: () => ({ Survey_Key__c: 'k', Trigger__c: 'x'.repeat(41) }),
    error: {
      errorCode: 'STRING_TOO_LONG',
      message: expect.stringMatching(/: data value too large: x{41} \(max length=40\)$/),
      fields: ['Trigger__c'],
    },
  },
  {
    what: 'a text where a number belongs',
    sobject: 'NPS_Response__c',
    body: () => ({ Score__c: 'ten' }),
    error: {
      errorCode: 'JSON_PARSER_ERROR',
      message: expect.stringContaining('Cannot deserialize instance of double from VALUE_STRING value ten'),
    },
  },
  {
    what: 'a number where a text belongs',
    sobject: 'Account',
    body: () => ({ Name: 5 }),
    error: { errorCode: 'JSON_PARSER_ERROR', message: expect.stringContaining('string from VALUE_NUMBER_INT value 5') },
  },
  {
    what: 'a day that does not exist',
    sobject: 'Contract',
    body: () => ({ AccountId: account, StartDate: '2026-02-30' }),
    error: { errorCode: 'JSON_PARSER_ERROR', message: expect.stringContaining('date from VALUE_STRING') },
  },
  {
    what: 'a number with too many digits',
    sobject: 'NPS_Response__c',
    body: () => ({ Score__c: 100 }),
    error: {
      errorCode: 'NUMBER_OUTSIDE_VALID_RANGE',
      message: expect.stringContaining('value outside of valid range on numeric field: 100'),
      fields: ['Score__c'],
    },
  },
  {
    what: 'a value a restricted picklist does not have',
    sobject: 'NPS_Response__c',
    body: () => ({ Segment__c: 'Fan' }),
    error: {
      errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      message: expect.stringContaining('bad value for restricted picklist field: Fan'),
      fields: ['Segment__c'],
    },
  },
  {
    what: 'a key that is taken, in other letters',
    sobject: 'NPS_Survey__c',
    body: () => ({ Survey_Key__c: 'TAKEN' }),
    error: {
      errorCode: 'DUPLICATE_VALUE',
      message: expect.stringMatching(
        /^duplicate value found: Survey_Key__c duplicates value on record with id: a0\d\w{12}$/,
      ),
      fields: [],
    },
  },
  {
    what: 'a lookup to nothing',
    sobject: 'Contact',
    body: () => ({ LastName: 'X', AccountId: '001000000000001' }),
    error: { errorCode: 'INVALID_CROSS_REFERENCE_KEY', message: 'invalid cross reference id', fields: [] },
  },
  {
    what: 'a lookup that is no id',
    sobject: 'Contact',
    body: () => ({ LastName: 'X', AccountId: 'acme' }),
    error: { errorCode: 'MALFORMED_ID', fields: ['AccountId'] },
  },
  {
    what: 'a lookup to another kind of record',
    sobject: 'Contact',
    body: () => ({ LastName: 'X', AccountId: contact }),
    error: { errorCode: 'FIELD_INTEGRITY_EXCEPTION', fields: ['AccountId'] },
  },
  {
    what: 'a WhatId of an object without activities',
    sobject: 'Task',
    body: () => ({ WhatId: org.id }),
    error: { errorCode: 'FIELD_INTEGRITY_EXCEPTION', fields: ['WhatId'] },
  },
  {
    what: 'a read-only field',
    sobject: 'Task',
    body: () => ({ AccountId: account }),
    error: { errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', fields: ['AccountId'] },
  },
  {
    what: 'an address that is none',
    sobject: 'Contact',
    body: () => ({ LastName: 'X', Email: 'nobody' }),
    error: { errorCode: 'INVALID_EMAIL_ADDRESS', fields: ['Email'] },
  },
  {
    what: 'a row of custom metadata',
    sobject: 'NPS_Trigger__mdt',
    body: () => ({ DeveloperName: 'Mine' }),
    error: { errorCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY' },
  },
  {
    what: 'an object that does not exist',
    sobject: 'AccountTeamMember',
    body: () => ({}),
    error: { errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' },
  },
];

describe('an insert is refused in Salesforce’s words for', () => {
  test.each(cases)('$what', ({ sobject, body, error }) => {
    const session = org.as(org.userId('admin@sandbox.example'));
    expect(refusalOf(() => session.insert(sobject, body()))).toMatchObject(error);
  });
});

test('an owner has to be active', () => {
  const left = org.insert('User', {
    Username: 'left@acme.example',
    LastName: 'Left',
    Email: 'l@acme.example',
    IsActive: false,
  });
  expect(refusalOf(() => org.insert('Account', { Name: 'A', OwnerId: left }))).toMatchObject({
    errorCode: 'INACTIVE_OWNER_OR_USER',
  });
});

test('a lookup to a deleted row says so', () => {
  const gone = org.insert('Account', { Name: 'Gone' });
  org.delete('Account', gone);
  expect(refusalOf(() => org.insert('Contact', { LastName: 'X', AccountId: gone }))).toMatchObject({
    errorCode: 'ENTITY_IS_DELETED',
  });
});

test('an update cannot empty a required field', () => {
  expect(refusalOf(() => org.update('Account', account, { Name: null }))).toMatchObject({
    errorCode: 'REQUIRED_FIELD_MISSING',
    fields: ['Name'],
  });
});

test('only the admin sets audit fields, and only on insert', () => {
  const service = org.as(org.userId('nps.integration@sandbox.example'));
  const refused = { errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', fields: ['CreatedDate'] };
  const CreatedDate = '2025-01-01T00:00:00Z';
  expect(refusalOf(() => service.insert('NPS_Survey__c', { Survey_Key__c: 'audited', CreatedDate }))).toMatchObject(
    refused,
  );
  expect(refusalOf(() => org.update('Account', account, { CreatedDate }))).toMatchObject(refused);
});

test('numbers are rounded half up to their scale, date times cut to whole seconds', () => {
  const id = org.insert('Account', {
    Name: 'Rounded',
    NPS_Rolling_Average__c: 7.005,
    NPS_Last_Survey_Date__c: '2026-11-22T12:00:00.999+01:00',
  });
  expect(org.query(`SELECT NPS_Rolling_Average__c, NPS_Last_Survey_Date__c FROM Account WHERE Id = '${id}'`)).toEqual([
    { NPS_Rolling_Average__c: 7.01, NPS_Last_Survey_Date__c: '2026-11-22T11:00:00.000+0000' },
  ]);
});
