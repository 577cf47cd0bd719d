import { DateTime } from 'luxon';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestSandbox, startTestSandbox, type TestSandbox } from '../../support/sandbox.ts';

const startAt = new Date('2026-11-22T10:00:00Z');
let sandbox: TestSandbox;
const rows = (soql: string) => sandbox.org.query(soql);

beforeAll(async () => {
  sandbox = await openTestSandbox({ startAt });
});
afterAll(() => sandbox.close());

test('the company has twelve accounts with contacts, activated contracts and active triggers', () => {
  expect(rows('SELECT Id FROM Account')).toHaveLength(12);
  expect(rows("SELECT Id FROM Contract WHERE StatusCode = 'Activated'")).toHaveLength(12);
  expect(rows('SELECT Id FROM NPS_Trigger__mdt WHERE Active__c = true').length).toBeGreaterThanOrEqual(4);
  const withAddress = new Set(
    rows('SELECT AccountId FROM Contact WHERE Email != null').map(({ AccountId }) => AccountId),
  );
  expect(withAddress.size).toBe(12);
});

test('CSMs are active, report to a manager and live in distinct time zones', () => {
  const csms = rows(
    "SELECT Name, TimeZoneSidKey, Manager.Manager.Title FROM User WHERE IsActive = true AND Title = 'Customer Success Manager'",
  );
  expect(new Set(csms.map(({ TimeZoneSidKey }) => TimeZoneSidKey)).size).toBe(3);
  expect(csms[0]).toMatchObject({ Manager: { Manager: { Title: 'Chief Customer Officer' } } });
  expect(rows('SELECT Name FROM Account WHERE Owner.IsActive = false')).not.toHaveLength(0);
});

test('first-value, post-resolution and pre-renewal fall due within 120 days', () => {
  const due = (date: unknown, days: number) =>
    DateTime.fromISO(String(date), { zone: 'utc' }).plus({ days }).toMillis();
  const isAhead = (moment: number) => moment > startAt.getTime() && moment < startAt.getTime() + 120 * 86_400_000;
  const contracts = rows('SELECT StartDate, EndDate FROM Contract');
  const cases = rows('SELECT ClosedDate FROM Case WHERE IsClosed = true');
  expect(contracts.filter(({ StartDate }) => isAhead(due(StartDate, 45))).length).toBeGreaterThanOrEqual(2);
  expect(contracts.filter(({ EndDate }) => isAhead(due(EndDate, -75))).length).toBeGreaterThanOrEqual(2);
  expect(cases.filter(({ ClosedDate }) => isAhead(due(ClosedDate, 14))).length).toBeGreaterThanOrEqual(2);
});

test('the numbers of an account follow from its responses', () => {
  const accounts = rows('SELECT Id, Name, NPS_Score__c, NPS_Rolling_Average__c, NPS_Response_Count__c FROM Account');
  for (const account of accounts) {
    const answers = rows(
      `SELECT Score__c, Responded_At__c FROM NPS_Response__c WHERE Account__c = '${account.Id}' ORDER BY Responded_At__c DESC`,
    );
    const inWindow = answers.filter(
      ({ Responded_At__c }) => Date.parse(String(Responded_At__c)) > startAt.getTime() - 365 * 86_400_000,
    );
    const mean = inWindow.reduce((sum, { Score__c }) => sum + Number(Score__c), 0) / inWindow.length;
    expect(account, String(account.Name)).toMatchObject({
      NPS_Score__c: answers[0]?.Score__c ?? null,
      NPS_Rolling_Average__c: inWindow.length > 0 ? Math.round(mean * 100) / 100 : null,
      NPS_Response_Count__c: answers.length > 0 ? inWindow.length : null,
    });
  }
});

test('nobody was surveyed within the last 90 days, and most accounts are older than 30', () => {
  expect(rows('SELECT Id FROM Account WHERE NPS_Last_Survey_Date__c = LAST_N_DAYS:91')).toEqual([]);
  expect(rows('SELECT Id FROM Account WHERE CreatedDate < 2026-10-23T00:00:00Z')).toHaveLength(12);
});

test('the empty company has people, hours and triggers, but no account', async () => {
  const { org } = await startTestSandbox({ seed: 'empty-company' });
  expect(org.query('SELECT COUNT(Id) FROM Account')).toEqual([{ expr0: 0 }]);
  expect(org.query('SELECT Id FROM NPS_Trigger__mdt WHERE Active__c = true')).not.toHaveLength(0);
  expect(org.query('SELECT TimeZoneSidKey FROM BusinessHours WHERE IsDefault = true')).toEqual([
    { TimeZoneSidKey: 'Europe/Berlin' },
  ]);
});
