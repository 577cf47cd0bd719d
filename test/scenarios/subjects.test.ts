import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Connection } from 'jsforce';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openForAdmin } from '../../src/admin.ts';
import { type App, startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { dateOfDay, utcDay } from '../../src/nps/days.ts';
import { openTestSandbox, type TestSandbox } from '../support/sandbox.ts';
import { mailTo, newCustomer, publish, temporaryFolder, untilIdle } from '../support/stack.ts';

const START = new Date('2027-03-01T15:00:00Z');
const dayBefore = (days: number) => `${dateOfDay(utcDay(START) - days)}T12:00:00Z`;

let sandbox: TestSandbox;
let app: App;
let admin: Connection;

beforeAll(async () => {
  sandbox = await openTestSandbox({ seed: 'empty-company', startAt: START });
  app = await startApp(config(), pino({ level: 'silent' }));
  admin = await sandbox.adminConnection();
});

afterAll(async () => {
  await app.stop();
  await sandbox.close();
});

const config = () => readConfig({ ...sandbox.environment, DATA_DIR: temporaryFolder(), PORT: '0' });

async function compared(since?: Date) {
  const commands = await openForAdmin(config());
  return commands.subjects(since).finally(commands.close);
}

test('half of the invitations get the second subject, and the survey says which', async () => {
  const customers = [];
  for (let each = 0; each < 12; each += 1) customers.push(await newCustomer(admin));
  for (const { accountId } of customers) await publish(admin, 'First_Value', accountId);
  await untilIdle(app.url);
  const seen = new Set<string>();
  for (const { accountId, email } of customers) {
    const { records } = await admin.query<{ Subject_Variant__c: string }>(
      `SELECT Subject_Variant__c FROM NPS_Survey__c WHERE Account__c = '${accountId}'`,
    );
    const variant = String(records[0]?.Subject_Variant__c);
    const [mail] = await mailTo(sandbox.url, email);
    expect(mail?.subject).toBe(variant === 'A' ? 'How has your start been, Dana?' : 'Dana, six weeks with us');
    seen.add(variant);
  }
  expect(seen).toEqual(new Set(['A', 'B']));
  const [firstValue] = (await compared()).filter(({ trigger }) => trigger === 'First_Value');
  // Sent today: they may still be answered.
  expect(firstValue).toMatchObject({ records: { A: { sent: 0 }, B: { sent: 0 } }, verdict: { kind: 'too-few' } });
});

let surveys = 0;

/** Surveys that were sent, with their answers, as they stand in the org after some months. */
async function sent(variant: 'A' | 'B', sentAt: string, fates: Record<string, number>, facts: object = {}) {
  const account = await admin.create('Account', { Name: `Subjects ${variant} ${sentAt}` });
  for (const [fate, amount] of Object.entries(fates)) {
    const [status = '', verdict] = fate.split(' ');
    const rows = Array.from({ length: amount }, () => {
      surveys += 1;
      return {
        ...{ Survey_Key__c: surveys.toString(16).padStart(64, '0'), Account__c: account.id, Trigger__c: 'Pre_Renewal' },
        ...{ Status__c: status, Sent_At__c: sentAt, Subject_Variant__c: variant, ...facts },
      };
    });
    const saved = await admin.sobject('NPS_Survey__c').create(rows, { allowRecursive: true });
    if (!verdict) continue;
    const responses = saved.map(({ id }, index) => ({
      ...{ Response_Key__c: rows[index]?.Survey_Key__c, Account__c: account.id, Survey__c: id, Score__c: 8 },
      ...{ Segment__c: 'Passive', Verdict__c: verdict, Responded_At__c: sentAt },
    }));
    await admin.sobject('NPS_Response__c').create(responses, { allowRecursive: true });
  }
}

test('subjects are compared by who answered of those whom a mail reached, from the day both were in use', async () => {
  await sent('A', dayBefore(200), { 'Responded Confirmed': 50, Delivered: 10 });
  await sent('A', dayBefore(60), { 'Responded Confirmed': 24, Delivered: 84, Bounced: 30, 'Sent Provisional': 2 });
  await sent('B', dayBefore(60), { 'Responded Confirmed': 40, 'Responded Accepted': 8, Sent: 62, Failed: 5 });
  await sent('B', dayBefore(50), { 'Sent Unresolved': 3, 'Responded Void': 4, Cancelled: 2 });
  await sent('B', dayBefore(5), { 'Responded Confirmed': 60 });
  await sent('B', dayBefore(40), { 'Responded Confirmed': 9 }, { Is_Test__c: true });

  const [preRenewal] = (await compared()).filter(({ trigger }) => trigger === 'Pre_Renewal');
  expect(preRenewal).toMatchObject({
    from: new Date(dayBefore(60)),
    records: { A: { sent: 110, answered: 24, unproven: 2 }, B: { sent: 117, answered: 48, unproven: 3 } },
    verdict: { kind: 'difference' },
  });
  expect(preRenewal?.sentence).toMatch(/^B is answered more often/);
  const [later] = (await compared(new Date(dayBefore(55)))).filter(({ trigger }) => trigger === 'Pre_Renewal');
  expect(later).toMatchObject({ records: { A: { sent: 0 }, B: { sent: 7 } }, verdict: { kind: 'too-few' } });
});

test('npm run subjects says so beside the running service, and refuses a day that is none', async () => {
  const run = (...words: string[]) =>
    promisify(execFile)(process.execPath, ['scripts/run.mjs', 'scripts/subjects.ts', ...words], {
      env: { PATH: process.env.PATH, ...sandbox.environment },
    });
  const { stdout } = await run();
  expect(stdout).toMatch(/^Pre_Renewal +A +110 +24 +2 +21\.8 % +15\.\d % to 30\.\d % +Before we talk/m);
  expect(stdout).toContain('Pre_Renewal, mails from 2026-12-31 to 2027-02-15: B is answered more often');
  expect(stdout).toMatch(/First_Value.*Not enough data yet/);
  await expect(run('--since', 'spring')).rejects.toThrow('--since is a day like 2026-12-01, not "spring"');
});
