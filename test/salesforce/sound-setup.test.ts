import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { openOrg, type SalesforceOrg } from '../../src/salesforce/org.ts';
import type { FieldValue } from '../../src/sandbox/org/org.ts';
import { movableClock } from '../loop/fakes.ts';
import { openTestSandbox, type TestSandbox } from '../support/sandbox.ts';

const AFTER_CASE = {
  ...{ Active__c: true, Source_Object__c: 'Case', Date_Field__c: 'ClosedDate', Offset_Days__c: 14 },
  ...{ Account_Field__c: 'AccountId', Contact_Field__c: 'ContactId', Condition__c: 'IsClosed = true' },
  ...{ Context_Sentence__c: 'We closed a case.', Open_Question__c: 'Why?', Subject_A__c: 'A case' },
};

let sandbox: TestSandbox;
let org: SalesforceOrg;
const clock = movableClock();

beforeAll(async () => {
  sandbox = await openTestSandbox({ seed: 'empty-company' });
  org = openOrg(readConfig(sandbox.environment).signIn, clock);
});
beforeEach(() => clock.advance(11_000));
afterAll(() => sandbox.close());

const deploy = (type: string, name: string, fields: Record<string, FieldValue>) =>
  sandbox.org.deployRecord(type, name, name, fields);

async function problemOf(fields: Record<string, FieldValue>) {
  deploy('NPS_Trigger__mdt', 'After_Case', { ...AFTER_CASE, ...fields });
  return (await org.triggers()).get('after_case')?.problem;
}

describe('what a trigger names is judged by the org', () => {
  it.each([
    [{ Source_Object__c: 'Ticket__c' }, 'Source_Object__c names Ticket__c'],
    [{ Source_Object__c: 'Product2', Condition__c: null }, 'Source_Object__c names Product2'],
    [{ Date_Field__c: 'ResolvedDate' }, 'Date_Field__c names Case.ResolvedDate'],
    [{ Date_Field__c: 'Subject' }, 'Date_Field__c names Case.Subject'],
    [{ Account_Field__c: 'Customer__c' }, 'Account_Field__c names Case.Customer__c'],
    [{ Contact_Field__c: 'Contact.Boss__c' }, 'its fields cannot be read: INVALID_FIELD'],
    [{ Condition__c: "IsClosed = true AND Priority = 'Low' OR Priority = 'High'" }, 'Condition__c cannot be used'],
    [{ Condition__c: 'IsClosed is true' }, 'Condition__c cannot be used: MALFORMED_QUERY'],
    [{ Condition__c: "Mood__c = 'good'" }, 'Condition__c cannot be used: INVALID_FIELD'],
    [{ Condition__c: 'IsClosed = true) OR (IsClosed = false' }, 'Condition__c cannot be used'],
  ])('%o', async (fields, sentence) => {
    const problem = await problemOf(fields);
    expect(problem).toMatch(/^The NPS Trigger record After_Case cannot be used: /);
    expect(problem).toContain(sentence);
    const others = [...(await org.triggers()).values()].filter(({ name }) => name !== 'After_Case');
    expect(others.map((other) => other.problem)).toEqual(others.map(() => null));
  });

  it('is sound again once it is mended', async () => {
    expect(await problemOf({ Date_Field__c: 'Nothing' })).not.toBeNull();
    clock.advance(11_000);
    expect(await problemOf({})).toBeNull();
  });
});

describe('what the settings name is judged by the org', () => {
  it.each([
    [{ CSM_Field__c: 'Nobody__c' }, 'CSM_Field__c names Account.Nobody__c'],
    [{ CSM_Field__c: 'ParentId' }, 'CSM_Field__c names Account.ParentId'],
    [{ Churn_Condition__c: 'Left is true' }, 'Churn_Condition__c cannot be used'],
    [{ Programme_Condition__c: 'Tier__c = 1' }, 'Programme_Condition__c cannot be used'],
    [{ Open_Case_Condition__c: 'IsClosed = false AND' }, 'Open_Case_Condition__c cannot be used'],
  ])('%o', async (fields, sentence) => {
    deploy('NPS_Setting__mdt', 'Default', fields);
    await expect(org.settings()).rejects.toThrow(sentence);
    expect(await org.quarantineMinutes()).toBe(30);
    expect((await org.answerFacts({ surveyKeys: ['ab'], accountIds: [] })).quarantineMinutes).toBe(30);
  });

  it('is sound again once it is mended', async () => {
    deploy('NPS_Setting__mdt', 'Default', {});
    expect(await org.settings()).toMatchObject({ csmField: 'NPS_CSM__c' });
  });
});

it('costs two calls more than the one that reads the records at first, and none while they stay as they are', async () => {
  deploy('NPS_Trigger__mdt', 'After_Case', { ...AFTER_CASE, Offset_Days__c: 15 });
  const before = (await sandbox.calls()).total;
  await org.triggers();
  expect((await sandbox.calls()).total - before).toBeLessThanOrEqual(4);
  clock.advance(11_000);
  const again = (await sandbox.calls()).total;
  await org.triggers();
  expect((await sandbox.calls()).total - again).toBe(1);
});
