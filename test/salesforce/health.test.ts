import { afterAll, beforeAll, expect, test } from 'vitest';
import { openClock } from '../../src/clock.ts';
import { readConfig } from '../../src/config.ts';
import type { HealthRow } from '../../src/nps/health.ts';
import { openOrg, type SalesforceOrg } from '../../src/salesforce/org.ts';
import { openTestSandbox, type TestSandbox } from '../support/sandbox.ts';

const NOON = new Date('2027-01-01T12:00:00Z');
const BAD: HealthRow = {
  key: 'trigger-pre_renewal',
  kind: 'Trigger',
  state: 'Disabled',
  message: 'The NPS Trigger record Pre_Renewal cannot be used.',
  count: null,
};

let sandbox: TestSandbox;
let org: SalesforceOrg;

beforeAll(async () => {
  sandbox = await openTestSandbox({ seed: 'empty-company' });
  org = openOrg(readConfig(sandbox.environment).signIn, await openClock(undefined));
});

afterAll(() => sandbox.close());

test('rows of health are read as they were written, and written again under the same key', async () => {
  await org.writeHealth([BAD, { ...BAD, key: 'dead-letters', kind: 'Dead Letters', count: 2 }], NOON);
  await org.writeHealth([{ ...BAD, state: 'OK', message: '' }], NOON);
  expect(await org.healthFacts()).toEqual({
    shown: new Map([
      [BAD.key, { ...BAD, state: 'OK', message: '', checkedAt: NOON }],
      ['dead-letters', { ...BAD, key: 'dead-letters', kind: 'Dead Letters', count: 2, checkedAt: NOON }],
    ]),
    writeErrors: 0,
  });
});

test('a row that is refused costs no other', async () => {
  const refused = { ...BAD, kind: 'Weather' as HealthRow['kind'] };
  const write = org.writeHealth([refused, { ...BAD, key: 'settings', kind: 'Settings' }], NOON);
  await expect(write).rejects.toThrow('Weather');
  expect([...(await org.healthFacts()).shown.keys()]).toContain('settings');
});

test('a new row that two replicas write at once is written by both', async () => {
  const row = { ...BAD, key: 'trigger-first_value' };
  await Promise.all(Array.from({ length: 5 }, () => org.writeHealth([row], NOON)));
  expect((await org.healthFacts()).shown.get(row.key)).toMatchObject({ message: BAD.message });
});

test('responses that could not be written whole are counted', async () => {
  const admin = await sandbox.adminConnection();
  const { id: Account__c } = await admin.create('Account', { Name: 'Acme' });
  const response = { Account__c, Response_Key__c: 'ab12', Score__c: 3 };
  await admin.create('NPS_Response__c', { ...response, Write_Error__c: 'Account: no.' });
  await admin.create('NPS_Response__c', { ...response, Response_Key__c: 'ab13' });
  expect((await org.healthFacts()).writeErrors).toBe(1);
});
