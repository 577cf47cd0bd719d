import { DateTime } from 'luxon';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../../src/config.ts';
import { utcDate, utcDay } from '../../../src/nps/days.ts';
import { judgedAnswers, judgedBefore, leftOn } from '../../../src/nps/departure.ts';
import { accountNumbers, type CountedAnswer } from '../../../src/nps/numbers.ts';
import { riskOf } from '../../../src/nps/risk.ts';
import type { Score } from '../../../src/nps/score.ts';
import { themeFrom, themesOf } from '../../../src/nps/themes.ts';
import { numberFields } from '../../../src/salesforce/accounts.ts';
import { openOrg } from '../../../src/salesforce/org.ts';
import { ADMIN } from '../../../src/sandbox/org/open-org.ts';
import { reportsOf } from '../../../src/sandbox/reports/reports.ts';
import { openTestSandbox, startTestSandbox, type TestSandbox } from '../../support/sandbox.ts';

const startAt = new Date('2026-11-22T10:00:00Z');
let sandbox: TestSandbox;
const rows = (soql: string) => sandbox.org.query(soql);
const answersOf = (accountId: unknown): CountedAnswer[] =>
  rows(
    `SELECT Response_Key__c, Contact__c, Score__c, Responded_At__c FROM NPS_Response__c WHERE Account__c = '${accountId}' AND Is_Counted__c = true`,
  ).map((row) => ({
    key: String(row.Response_Key__c),
    contactId: String(row.Contact__c),
    score: Number(row.Score__c) as Score,
    respondedAt: new Date(String(row.Responded_At__c)),
  }));

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

test('what stands on an account is what the service makes of its answers', () => {
  const accounts = rows(
    'SELECT Id, Name, NPS_Score__c, NPS_Segment__c, NPS_Rolling_Average__c, NPS_Net_Score__c, NPS_Trend__c, NPS_Response_Count__c, NPS_Last_Response_Date__c, NPS_Risk__c, NPS_Risk_Reason__c FROM Account WHERE NPS_Score__c != null',
  );
  expect(accounts).toHaveLength(9);
  for (const { Id, Name, ...stands } of accounts) {
    const numbers = accountNumbers(answersOf(Id), startAt, 365);
    const [contract] = rows(`SELECT EndDate FROM Contract WHERE AccountId = '${Id}' AND EndDate >= TODAY`);
    const daysToRenewal = contract ? utcDay(new Date(`${contract.EndDate}T00:00:00Z`)) - utcDay(startAt) : null;
    const risk = riskOf(numbers, { usageFalls: false, recentlyEscalated: false, daysToRenewal });
    expect(stands, String(Name)).toEqual({
      ...numberFields(numbers),
      NPS_Last_Response_Date__c: stands.NPS_Last_Response_Date__c,
      NPS_Risk__c: risk.atRisk,
      NPS_Risk_Reason__c: risk.reason,
    });
    expect(new Date(String(stands.NPS_Last_Response_Date__c)), String(Name)).toEqual(numbers.lastResponseAt);
  }
});

test('a night of the service finds nothing to mark', async () => {
  const service = openOrg(readConfig(sandbox.environment).signIn, { now: () => startAt, wall: () => startAt });
  expect(await service.wrongRenewals()).toEqual([]);
  expect(await service.missingRevenues()).toEqual([]);
  const leaving = (await service.departureFacts()).filter((facts) => leftOn(facts, utcDate(startAt)) !== null);
  expect(leaving).toEqual([]);
  const { answers, judged } = await service.detractorAnswers(judgedBefore(startAt));
  expect(judged).toEqual(judgedAnswers(answers, startAt));
  expect(judged.size).toBe(9);
});

test('who left did so by the lost renewal and the contract that ended', async () => {
  const gone = rows('SELECT Id, NPS_Churned_On__c FROM Account WHERE NPS_Churned_On__c != null');
  expect(gone).toHaveLength(2);
  for (const { Id, NPS_Churned_On__c } of gone) {
    const closed = (stage: string) =>
      rows(`SELECT CloseDate FROM Opportunity WHERE AccountId = '${Id}' AND StageName = '${stage}'`).map(
        ({ CloseDate }) => String(CloseDate),
      );
    const contractEnds = rows(`SELECT EndDate FROM Contract WHERE AccountId = '${Id}'`).map(({ EndDate }) =>
      String(EndDate),
    );
    const facts = { accountId: String(Id), meetsCondition: false, lostRenewals: closed('Closed Lost') };
    const left = leftOn({ ...facts, won: closed('Closed Won'), contractEnds }, utcDate(startAt));
    expect(left).toBe(NPS_Churned_On__c);
  }
});

test('comments are about what the shipped themes find in them', () => {
  const [settings] = rows("SELECT Themes__c FROM NPS_Setting__mdt WHERE DeveloperName = 'Default'");
  const themes = String(settings?.Themes__c)
    .split('\n')
    .flatMap((line) => themeFrom(line) ?? []);
  const answers = rows('SELECT Verbatim__c, Theme__c FROM NPS_Response__c').filter(({ Verbatim__c }) => Verbatim__c);
  expect(answers.map(({ Theme__c }) => Theme__c)).toEqual(
    answers.map(({ Verbatim__c }) => themesOf(String(Verbatim__c), themes)),
  );
});

test('whoever has a moment ahead was last asked 90 days before it or more, and most accounts are older than 30', () => {
  const DAYS: [string, string, number][] = [
    ['Contract', 'StartDate', 45],
    ['Contract', 'EndDate', -75],
    ['Case', 'ClosedDate', 14],
  ];
  const lastAsked = new Map(
    rows('SELECT Id, NPS_Last_Survey_Date__c FROM Account WHERE NPS_Last_Survey_Date__c != null').map((row) => [
      row.Id,
      utcDay(new Date(String(row.NPS_Last_Survey_Date__c))),
    ]),
  );
  for (const [object, field, days] of DAYS) {
    for (const row of rows(`SELECT AccountId, ${field} FROM ${object} WHERE ${field} != null`)) {
      const due = utcDay(new Date(String(row[field]))) + days;
      const last = lastAsked.get(row.AccountId);
      if (due >= utcDay(startAt) && last !== undefined)
        expect(due - last, `${object} ${field}`).toBeGreaterThanOrEqual(90);
    }
  }
  expect(rows('SELECT Id FROM Account WHERE CreatedDate < 2026-10-23T00:00:00Z')).toHaveLength(12);
});

test('the reports tell the story of the customers, as counted by hand in their files', () => {
  const reports = reportsOf(sandbox.org);
  const told = (path: string) => {
    const report = reports.find(`NPS_Reports/${path}`);
    if (!report) throw new Error(`The org has no report ${path}.`);
    const { down, summaries } = reports.run(report, sandbox.org.as(sandbox.org.userId(ADMIN)));
    const formula = summaries.find(({ key }) => key === 'FORMULA1');
    return Object.fromEntries(down.map(({ label, rows: of }) => [label, [formula?.of(of), of.length]]));
  };
  expect(told('NPS_Detractor_Churn')).toEqual({
    '<= 24 h': [0, 4],
    '24-48 h': [0, 2],
    '> 48 h': [1 / 2, 2],
    none: [1, 1],
  });
  expect(told('NPS_Advocacy_Rate')).toEqual({ Yes: [3 / 6, 6], No: [1 / 4, 4] });
  expect(told('NPS_Renewal_Win_Rate')).toEqual({
    ...{ Promoter: [7 / 8, 8], Passive: [3 / 5, 5], Detractor: [2 / 7, 7] },
    ...{ Stale: [1, 1], None: [1, 1] },
  });
  expect(told('NPS_Response_Rate')).toMatchObject({ 'Usage Milestone': [9 / 12, 12], Recovery: [6 / 7, 7] });
});

test('no report is empty but those that wait for the service or for a person', () => {
  const reports = reportsOf(sandbox.org);
  const empty = reports
    .all()
    .filter((report) => reports.run(report, sandbox.org.as(sandbox.org.userId(ADMIN))).rows.length === 0);
  expect(empty.map(({ name }) => name)).toEqual(['NPS Follow-Up Metrics', 'NPS My Detractors']);
});

test('the empty company has people, hours and triggers, but no account', async () => {
  const { org } = await startTestSandbox({ seed: 'empty-company' });
  expect(org.query('SELECT COUNT(Id) FROM Account')).toEqual([{ expr0: 0 }]);
  expect(org.query('SELECT Id FROM NPS_Trigger__mdt WHERE Active__c = true')).not.toHaveLength(0);
  expect(org.query('SELECT TimeZoneSidKey FROM BusinessHours WHERE IsDefault = true')).toEqual([
    { TimeZoneSidKey: 'Europe/Berlin' },
  ]);
});
