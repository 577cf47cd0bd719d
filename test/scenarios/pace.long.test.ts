import { readFileSync } from 'node:fs';
import type { Connection } from 'jsforce';
import { DateTime } from 'luxon';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { xml } from '../sandbox/deploy/package.ts';
import { deployed, recordFile } from '../support/deploy.ts';
import { openTestSandbox, type TestSandbox } from '../support/sandbox.ts';
import { startedService } from '../support/service.ts';
import { mailTo, newCustomer, publish, scoreLinks, temporaryFolder, untilIdle } from '../support/stack.ts';

// A Saturday; in the night to Sunday Europe's clocks go forward.
const START = new Date('2027-03-27T12:00:00Z');
const dataDir = temporaryFolder();
const INTEGRATION = 'force-app/main/default/permissionsets/NPS_Integration.permissionset-meta.xml';

let sandbox: TestSandbox;
let app: App;
let admin: Connection;

beforeAll(async () => {
  sandbox = await openTestSandbox({ seed: 'empty-company', startAt: START });
  app = await start();
  admin = await sandbox.adminConnection();
});

afterAll(async () => {
  await app.stop();
  await sandbox.close();
});

const start = () => startedService(sandbox, dataDir);

/** The programme's settings, deployed as an admin does. */
async function set(changes: Parameters<typeof recordFile>[2]): Promise<void> {
  await deployed(sandbox, recordFile('NPS_Setting', 'Default', changes));
  await travel('PT1M');
}

async function travel(duration: string): Promise<void> {
  await sandbox.advance(duration);
  await untilIdle(app.url);
}

async function asked(trigger = 'First_Value') {
  const customer = await newCustomer(admin);
  await publish(admin, trigger, customer.accountId);
  await untilIdle(app.url);
  return customer;
}

async function surveyOf(accountId: string) {
  const { records } = await admin.query<{ Status__c: string; Sent_At__c: string | null }>(
    `SELECT Status__c, Sent_At__c FROM NPS_Survey__c WHERE Account__c = '${accountId}'`,
  );
  return records[0];
}

test("outside the send window an invitation waits, also over a restart, and leaves by the CSM's clock", async () => {
  await set({ Send_Window__c: 'Mon-Fri 08:00-18:00' });
  const { accountId, email, csm } = await asked();
  await admin.update('User', { Id: csm.Id, TimeZoneSidKey: 'Europe/Berlin' });
  const second = await asked();
  expect(await surveyOf(accountId)).toMatchObject({ Status__c: 'Queued', Sent_At__c: null });

  await app.stop();
  app = await start();
  await travel('PT2H');
  expect(await mailTo(sandbox.url, email)).toEqual([]);

  const opening = DateTime.fromISO('2027-03-29T08:00', { zone: 'Europe/Berlin' });
  const now = await sandbox.advance('PT0S');
  await travel(opening.minus({ minutes: 5 }).diff(DateTime.fromJSDate(now)).toISO() ?? '');
  expect(await mailTo(sandbox.url, second.email)).toEqual([]);
  await travel('PT10M');
  expect(await mailTo(sandbox.url, second.email)).toHaveLength(1);
  const { Sent_At__c } = (await surveyOf(second.accountId)) ?? {};
  expect(DateTime.fromISO(String(Sent_At__c), { zone: 'Europe/Berlin' }).hour).toBe(8);
});

test("the window is kept by the contact's own clock where the settings name a field with it", async () => {
  const field = '<fields><fullName>Zone__c</fullName><label>Zone</label><length>40</length><type>Text</type></fields>';
  const grant =
    '    <fieldPermissions><editable>false</editable><field>Contact.Zone__c</field><readable>true</readable></fieldPermissions>\n';
  await deployed(sandbox, {
    'objects/Contact.object': xml('CustomObject', field),
    'permissionsets/NPS_Integration.permissionset': readFileSync(INTEGRATION, 'utf8').replace(
      /( *<fieldPermissions>)/,
      `${grant}$1`,
    ),
  });
  // It is Monday, 08:05 in Berlin: the morning in Tokyo is over, that of New York has not begun.
  await set({ Send_Window__c: 'Mon-Fri 08:00-12:00', Time_Zone_Field__c: 'Zone__c' });
  const inZone = async (Zone__c: string) => {
    const customer = await newCustomer(admin);
    await admin.update('Contact', { Id: customer.contactId, Zone__c });
    await publish(admin, 'First_Value', customer.accountId);
    await untilIdle(app.url);
    return async () => (await mailTo(sandbox.url, customer.email)).length;
  };
  const [tokyo, newYork, nowhere] = [
    await inZone('Asia/Tokyo'),
    await inZone('America/New_York'),
    await inZone('Mars'),
  ];
  expect([await tokyo(), await newYork(), await nowhere()]).toEqual([0, 0, 1]);
  await travel('PT6H');
  expect([await tokyo(), await newYork()]).toEqual([0, 1]);
  await travel('PT11H');
  expect(await tokyo()).toBe(1);
});

test('over the hourly cap of a domain invitations wait, also over a restart; an acknowledgment leaves at once', async () => {
  await set({ Mails_an_Hour_per_Domain__c: 2 });
  await travel('PT2H');
  const customers: Awaited<ReturnType<typeof asked>>[] = [];
  for (let each = 0; each < 5; each += 1) customers.push(await asked());
  const sent = async () => {
    const mails = await Promise.all(customers.map(({ email }) => mailTo(sandbox.url, email)));
    return mails.map(({ length }) => length);
  };
  expect(await sent()).toEqual([1, 1, 0, 0, 0]);

  const [invitation] = await mailTo(sandbox.url, customers[0]?.email ?? '');
  const link = scoreLinks(invitation as { html: string }).get('1') ?? '';
  await fetch(link.replace(/^http:\/\/[^/]+/, app.url), {
    method: 'POST',
    body: new URLSearchParams({ score: '1', comment: 'Slow' }),
  });
  await untilIdle(app.url);
  expect(await sent()).toEqual([2, 1, 0, 0, 0]);

  await app.stop();
  app = await start();
  await travel('PT30M');
  expect(await sent()).toEqual([2, 1, 0, 0, 0]);
  await travel('PT31M');
  expect(await sent()).toEqual([2, 1, 1, 1, 0]);
  await travel('PT1H');
  expect(await sent()).toEqual([2, 1, 1, 1, 1]);
});

test('a window or a cap that is none keeps everybody from being asked, and says why', async () => {
  await set({ Send_Window__c: 'office hours', Mails_an_Hour_per_Domain__c: null });
  const { accountId } = await asked();
  expect(await surveyOf(accountId)).toBeUndefined();
  await travel('PT10M');
  const { records } = await admin.query<{ Message__c: string }>(
    "SELECT Message__c FROM NPS_Health__c WHERE State__c != 'OK'",
  );
  expect(records.map(({ Message__c }) => Message__c).join()).toContain(
    'Send_Window__c is "office hours", which is no window like Mon-Fri 08:00-18:00',
  );
  await set({ Mails_an_Hour_per_Sender__c: 50 });
  await travel('PT10M');
  expect(await surveyOf(accountId)).toMatchObject({ Status__c: expect.stringMatching(/^(Sent|Delivered)$/) });
});
