import type { Connection } from 'jsforce';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { deployed, recordFile } from '../support/deploy.ts';
import { openTestSandbox, type TestSandbox } from '../support/sandbox.ts';
import { startedService } from '../support/service.ts';
import { mailTo, newCustomer, publish, scoreLinks, untilIdle } from '../support/stack.ts';

let sandbox: TestSandbox;
let app: App;
let admin: Connection;

beforeAll(async () => {
  sandbox = await openTestSandbox({ startAt: new Date('2027-03-10T12:00:00Z') });
  app = await startedService(sandbox);
  admin = await sandbox.adminConnection();
});

afterAll(async () => {
  await app.stop();
  await sandbox.close();
});

interface Activity {
  Subject: string;
  Status: string;
  IsClosed: boolean;
  TaskSubtype: string;
  WhoId: string;
  OwnerId: string;
  NPS_Response__c: string | null;
}

async function activities(accountId: string, condition: string): Promise<Activity[]> {
  const soql = `SELECT Subject, Status, IsClosed, TaskSubtype, WhoId, OwnerId, NPS_Response__c FROM Task WHERE AccountId = '${accountId}' AND ${condition} ORDER BY Id`;
  return (await admin.query<Activity>(soql)).records;
}

/** A customer who was asked and gave a 3. */
async function detractor() {
  const customer = await newCustomer(admin);
  await publish(admin, 'First_Value', customer.accountId);
  await untilIdle(app.url);
  const [mail] = await mailTo(sandbox.url, customer.email);
  const body = new URLSearchParams({ score: '3', comment: 'So.' });
  await fetch(mail ? (scoreLinks(mail).get('3') ?? '') : '', { method: 'POST', body });
  await untilIdle(app.url);
  return customer;
}

async function travel(duration: string): Promise<void> {
  await sandbox.advance(duration);
  await untilIdle(app.url);
}

test('no mail is logged until an admin says so', async () => {
  const { accountId } = await detractor();
  expect(await activities(accountId, 'IsClosed = true')).toEqual([]);
});

test('what was sent stands among the activities once, done, and is neither a Task to do nor a follow-up', async () => {
  await deployed(sandbox, recordFile('NPS_Setting', 'Default', { Log_Mails__c: true }));
  await travel('PT1M');
  const { accountId, contactId, csm } = await detractor();
  const { records } = await admin.query<{ Id: string }>(
    `SELECT Id FROM NPS_Response__c WHERE Account__c = '${accountId}'`,
  );
  const logged = { Status: 'Completed', IsClosed: true, WhoId: contactId, OwnerId: csm.Id };
  expect(await activities(accountId, "TaskSubtype = 'Email'")).toEqual([
    expect.objectContaining({ ...logged, NPS_Response__c: null }),
    expect.objectContaining({
      ...{ ...logged, Subject: 'NPS mail: Thank you for your honest answer' },
      NPS_Response__c: records[0]?.Id,
    }),
  ]);
  expect(await activities(accountId, 'IsClosed = false')).toHaveLength(1);

  await travel('P1D');
  await travel('P1D');
  await travel('PT10M');
  // Nobody has spoken to the customer: the call is still due.
  expect((await activities(accountId, 'IsClosed = false')).map(({ Subject }) => Subject)).toContainEqual(
    expect.stringContaining('no reply yet, call'),
  );
  expect(await activities(accountId, "TaskSubtype = 'Email'")).toHaveLength(2);
});
