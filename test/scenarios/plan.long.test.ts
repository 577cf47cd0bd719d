import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Connection } from 'jsforce';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openForAdmin } from '../../src/admin.ts';
import { type App, startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { Plan, PlanOptions } from '../../src/loop/ports.ts';
import { dateOfDay, utcDay } from '../../src/nps/days.ts';
import { deployed, recordFile } from '../support/deploy.ts';
import { openTestSandbox, type TestSandbox } from '../support/sandbox.ts';
import { temporaryFolder, untilIdle } from '../support/stack.ts';

const START = new Date('2026-11-25T15:00:00Z');
const day = (offset: number) => dateOfDay(utcDay(START) + offset);

let sandbox: TestSandbox;
let app: App;
let admin: Connection;

beforeAll(async () => {
  sandbox = await openTestSandbox({ startAt: START });
  app = await startApp(config(), pino({ level: 'silent' }));
  admin = await sandbox.adminConnection();
  await untilIdle(app.url);
});

afterAll(async () => {
  await app.stop();
  await sandbox.close();
});

const config = () => readConfig({ ...sandbox.environment, DATA_DIR: temporaryFolder(), PORT: '0' });

async function plan(options: Partial<PlanOptions> = {}): Promise<Plan> {
  const planner = await openForAdmin(config());
  return planner.plan({ days: 30, asIfActive: false, ...options }).finally(planner.close);
}

/** As an admin does it: the record is deployed. */
async function deployRenewal(values: { Active__c: boolean }): Promise<void> {
  await deployed(sandbox, recordFile('NPS_Trigger', 'Pre_Renewal', { Active_From__c: day(-365), ...values }));
  await sandbox.advance('PT1M');
}

/** Customers of two years with what makes the programme think twice. */
async function difficultCustomers() {
  const customer = async (name: string, facts: Record<string, unknown> = {}) => {
    const account = await admin.create('Account', { Name: name, CreatedDate: `${day(-700)}T00:00:00Z`, ...facts });
    await admin.create('Contact', {
      AccountId: account.id,
      LastName: name,
      Email: `${name.toLowerCase()}@plan.example`,
    });
    return String(account.id);
  };
  const closedCase = (AccountId: string, ago: number) =>
    admin.create('Case', { AccountId, Subject: 'x', Status: 'Closed', ClosedDate: `${day(-ago)}T09:00:00Z` });
  const started = (AccountId: string, ago: number) =>
    admin.create('Contract', { AccountId, Status: 'Activated', StartDate: day(-ago), ContractTerm: 36 });

  const meeting = await customer('Meeting');
  await closedCase(meeting, 5);
  await started(meeting, 36);
  const leaving = await customer('Leaving', { NPS_Churned_On__c: day(-3) });
  await closedCase(leaving, 3);
  const asked = await customer('Asked', { NPS_Last_Survey_Date__c: `${day(-70)}T10:00:00Z` });
  // Ends in 80 days: due in five, free in twenty, and a renewal waits that long.
  await admin.create('Contract', { AccountId: asked, Status: 'Activated', StartDate: day(-650), ContractTerm: 24 });
  await closedCase(asked, 4);
  const far = await customer('Overdue', { NPS_Usage__c: 5000 });
  await started(far, 49);
}

test('what is planned for thirty days is what thirty days bring: the same surveys, the same reasons', async () => {
  await difficultCustomers();
  const { surveys, ...planned } = await plan();
  const decidedBefore = await allSurveys();
  // The hourly look of today, then a day after another.
  for (const step of ['PT2H', ...Array.from({ length: 30 }, () => 'P1D')]) {
    await sandbox.advance(step);
    await untilIdle(app.url);
  }
  const decidedSince = (await allSurveys()).filter(({ key }) => !decidedBefore.some((before) => before.key === key));
  const foreseen = surveys.map(({ key, trigger, account, contact, outcome }) => ({
    ...{ key, trigger, account: account.id, contact: contact?.id ?? null, status: outcome.status },
    code: outcome.status === 'Sent' ? null : outcome.code,
  }));
  const byKey = <T extends { key: string }>(rows: T[]) =>
    rows.toSorted((one, other) => one.key.localeCompare(other.key));
  expect(byKey(decidedSince)).toEqual(byKey(foreseen));

  expect(planned.clashes).toContainEqual(
    expect.objectContaining({ account: 'Brightwater Health', campaign: 'Webinar: forecasting in practice' }),
  );
  expect(planned.summary.sent).toBeGreaterThanOrEqual(8);
  const codes = surveys.flatMap(({ outcome }) => (outcome.status === 'Sent' ? [] : [outcome.code]));
  expect(codes).toEqual(expect.arrayContaining(['CHURNED', 'ACCOUNT_ASKED_RECENTLY', 'OPEN_ESCALATION']));
  const sentOn = await mailedDays();
  for (const { outcome, contact, decidedOn } of surveys) {
    if (outcome.status === 'Sent') expect(sentOn.get(contact?.id ?? '')).toBe(decidedOn);
  }
});

test('an inactive trigger sends nothing; as if it were active it shows what it would send, and nothing is changed', async () => {
  await deployRenewal({ Active__c: false });
  const sentFor = (shown: Plan, name: string) => shown.surveys.filter(({ trigger }) => trigger === name).length;
  const asItIs = await plan({ days: 90 });
  expect(sentFor(asItIs, 'Pre_Renewal')).toBe(0);
  const asIfActive = await plan({ days: 90, asIfActive: true });
  expect(sentFor(asIfActive, 'Pre_Renewal')).toBeGreaterThan(0);
  expect(asIfActive.triggers).toContainEqual(expect.objectContaining({ name: 'Pre_Renewal', active: false }));
  await deployRenewal({ Active__c: true });
  expect((await plan({ days: 90 })).surveys).toEqual(asIfActive.surveys);
});

test('npm run plan finds the sandbox that runs in its DATA_DIR, beside the running service', async () => {
  const run = (...words: string[]) =>
    promisify(execFile)(process.execPath, ['scripts/run.mjs', 'scripts/plan.ts', ...words], {
      env: { PATH: process.env.PATH, DATA_DIR: sandbox.dataDir },
    });
  const { stdout } = await run('--json', '--days', '60');
  expect(JSON.parse(stdout)).toMatchObject({ days: 60, surveys: (await plan({ days: 60 })).surveys });
  expect((await run()).stdout).toContain('Surveys a week');
  await expect(run('--days', 'soon')).rejects.toThrow('--days is a whole number from 1 to 365, not "soon"');
});

async function allSurveys() {
  const { records } = await admin.query<Record<string, string | null>>(
    'SELECT Survey_Key__c, Trigger__c, Account__c, Contact__c, Status__c, Suppression_Code__c FROM NPS_Survey__c',
  );
  return records.map((row) => ({
    ...{ key: String(row.Survey_Key__c), trigger: row.Trigger__c, account: row.Account__c, contact: row.Contact__c },
    // What becomes of a mail that left is another matter.
    ...{ status: row.Status__c === 'Delivered' ? 'Sent' : row.Status__c, code: row.Suppression_Code__c },
  }));
}

async function mailedDays(): Promise<Map<string, string>> {
  const { records } = await admin.query<{ Contact__c: string; Sent_At__c: string }>(
    `SELECT Contact__c, Sent_At__c FROM NPS_Survey__c WHERE Sent_At__c >= ${START.toISOString()} ORDER BY Sent_At__c`,
  );
  return new Map(records.map(({ Contact__c, Sent_At__c }) => [Contact__c, Sent_At__c.slice(0, 10)]));
}
