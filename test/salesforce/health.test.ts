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
  expect(await org.healthRows()).toEqual(
    new Map([
      [BAD.key, { ...BAD, state: 'OK', message: '' }],
      ['dead-letters', { ...BAD, key: 'dead-letters', kind: 'Dead Letters', count: 2 }],
    ]),
  );
  expect(sandbox.org.query('SELECT Checked_At__c FROM NPS_Health__c')).toMatchObject([
    { Checked_At__c: expect.stringContaining('2027-01-01T12:00:00') },
    { Checked_At__c: expect.stringContaining('2027-01-01T12:00:00') },
  ]);
});

test('a row that is refused costs no other', async () => {
  const refused = { ...BAD, kind: 'Weather' as HealthRow['kind'] };
  const write = org.writeHealth([refused, { ...BAD, key: 'settings', kind: 'Settings' }], NOON);
  await expect(write).rejects.toThrow('Weather');
  expect([...(await org.healthRows()).keys()]).toContain('settings');
});
