import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { markOutcomes } from '../../src/loop/outcomes.ts';
import { openOrg, type SalesforceOrg } from '../../src/salesforce/org.ts';
import { openTestSandbox, type TestSandbox } from '../support/sandbox.ts';

const NOW = new Date('2026-11-22T10:00:00Z');
const clock = { now: () => NOW, wall: () => NOW };
const log = { debug() {}, info() {}, warn() {}, error() {} };

let sandbox: TestSandbox;
let service: SalesforceOrg;

beforeAll(async () => {
  sandbox = await openTestSandbox({ seed: 'empty-company', startAt: NOW });
  service = openOrg(readConfig(sandbox.environment).signIn, clock);
});
afterAll(() => sandbox.close());

const account = (Name: string) => sandbox.org.insert('Account', { Name });
const opportunity = (AccountId: string, Name: string, StageName: string, CloseDate: string) =>
  sandbox.org.insert('Opportunity', { AccountId, Name, StageName, CloseDate });
const detractor = (Account__c: string, Responded_At__c: string, Verdict__c = 'Confirmed') =>
  sandbox.org.insert('NPS_Response__c', {
    ...{ Account__c, Responded_At__c, Verdict__c, Score__c: 3, Segment__c: 'Detractor' },
    Response_Key__c: `${Account__c}-${Responded_At__c}`.toLowerCase().replace(/\W/g, ''),
  });
const read = (object: string, id: string, field: string) =>
  sandbox.org.query(`SELECT ${field} FROM ${object} WHERE Id = '${id}'`)[0]?.[field];
const night = () => markOutcomes({ org: service, clock, log });

test('renewals are marked by the condition of the settings, and unmarked when it stops to hold', async () => {
  const acme = account('Acme');
  const renewal = opportunity(acme, 'Acme renewal 2027', 'Prospecting', '2027-01-31');
  const upgrade = opportunity(acme, 'More seats', 'Prospecting', '2027-01-31');
  await night();
  expect(read('Opportunity', renewal, 'NPS_Is_Renewal__c')).toBe(true);
  expect(read('Opportunity', upgrade, 'NPS_Is_Renewal__c')).toBe(false);
  sandbox.org.update('Opportunity', renewal, { Name: 'Acme prolongation' });
  await night();
  expect(read('Opportunity', renewal, 'NPS_Is_Renewal__c')).toBe(false);
});

test('a lost renewal is churn on its day, and a day that stands is never changed', async () => {
  const [gone, stayed] = [account('Gone'), account('Stayed')];
  for (const [id, stage] of [
    [gone, 'Closed Lost'],
    [stayed, 'Closed Won'],
  ] as const) {
    opportunity(id, 'Renewal', stage, '2026-10-01');
  }
  await night();
  expect(read('Account', gone, 'NPS_Churned_On__c')).toBe('2026-10-01');
  expect(read('Account', stayed, 'NPS_Churned_On__c')).toBeNull();
  sandbox.org.update('Account', gone, { NPS_Churned_On__c: '2026-09-15' });
  await night();
  expect(read('Account', gone, 'NPS_Churned_On__c')).toBe('2026-09-15');
});

test('one answer stands for its account, another one once it is old enough, none that counts no more', async () => {
  const acme = account('Judged');
  const [old, voided, young] = [
    detractor(acme, '2026-03-01T10:00:00Z'),
    detractor(acme, '2026-05-01T10:00:00Z', 'Void'),
    detractor(acme, '2026-10-01T10:00:00Z'),
  ];
  const judged = () => [old, voided, young].filter((id) => read('NPS_Response__c', id, 'Churn_Judged__c') === true);
  await night();
  expect(judged()).toEqual([old]);
  sandbox.org.update('NPS_Response__c', voided, { Verdict__c: 'Confirmed' });
  await night();
  expect(judged()).toEqual([voided]);
  const before = (await sandbox.calls()).total;
  await night();
  expect(judged()).toEqual([voided]);
  expect((await sandbox.calls()).total - before, 'a night that changes nothing').toBeLessThanOrEqual(10);
});

test('the follow-up metrics are written each night, the same rows again', async () => {
  await night();
  await night();
  const rows = sandbox.org.query(
    'SELECT Key__c, Value__c, Count__c, Target__c, Is_Met__c FROM NPS_Metric__c WHERE Window_Days__c = 365 ORDER BY Key__c',
  );
  expect(rows).toHaveLength(8);
  expect(rows).toContainEqual({ Key__c: 'retention', Value__c: 100, Count__c: 1, Target__c: 60, Is_Met__c: true });
  expect(rows).toContainEqual({ Key__c: 'loop-closure', Value__c: 0, Count__c: 3, Target__c: 80, Is_Met__c: false });
});

test('answers that do not say what their account pays say it after a night; what is said stays', async () => {
  const rich = sandbox.org.insert('Account', { Name: 'Rich', AnnualRevenue: 250_000 });
  const [imported, silent] = [
    detractor(rich, '2026-10-02T10:00:00Z'),
    detractor(account('Poor'), '2026-10-02T10:00:00Z'),
  ];
  await night();
  sandbox.org.update('Account', rich, { AnnualRevenue: 1 });
  await night();
  expect(read('NPS_Response__c', imported, 'Recurring_Revenue__c')).toBe(250_000);
  expect(read('NPS_Response__c', imported, 'ARR_Band__c')).toBe('4: 250 K to 1 M');
  expect(read('NPS_Response__c', silent, 'ARR_Band__c')).toBe('Unknown');
});
