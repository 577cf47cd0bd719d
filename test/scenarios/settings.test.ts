import type { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import type { FieldValue } from '../../src/sandbox/org/org.ts';
import { ASKED } from '../support/asked.ts';
import { openTestSandbox, type TestSandbox } from '../support/sandbox.ts';
import { startedService } from '../support/service.ts';
import { publish, scoreLinks, untilIdle } from '../support/stack.ts';

let sandbox: TestSandbox;
let app: App;
let admin: Connection;
let customers = 0;

beforeAll(async () => {
  sandbox = await openTestSandbox({ seed: 'empty-company' });
  app = await startedService(sandbox);
  admin = await sandbox.adminConnection();
});

afterAll(async () => {
  await app.stop();
  await sandbox.close();
});

/** As an admin changes a record in Setup; the service reads settings again after ten seconds of its time. */
async function change(type: string, name: string, fields: Record<string, FieldValue>): Promise<void> {
  const before = sandbox.org
    .query(`SELECT FIELDS FROM ${type}`.replace('FIELDS', columnsOf(type).join(', ')))
    .find((row) => row.DeveloperName === name);
  const kept = Object.fromEntries(columnsOf(type).map((field) => [field, (before?.[field] ?? null) as FieldValue]));
  const { DeveloperName: _, ...values } = { ...kept, ...fields };
  sandbox.org.deployRecord(type, name, name.replaceAll('_', ' '), values);
  await sandbox.advance('PT1M');
  await untilIdle(app.url);
}

const columnsOf = (type: string) => [
  'DeveloperName',
  ...sandbox.org.schema
    .get(type)
    .fields.map(({ name }) => name)
    .filter((name) => name.endsWith('__c')),
];

/** A customer of two years with one contact. */
async function customer(facts: Record<string, unknown> = {}, email = 'dana@harbour.example') {
  customers += 1;
  const CreatedDate = new Date(Date.now() - 730 * 86_400_000).toISOString();
  const account = await admin.create('Account', { Name: `Customer ${customers}`, CreatedDate, ...facts });
  await admin.create('Contact', { AccountId: account.id, LastName: 'Dana', Email: email });
  return String(account.id);
}

async function decisionAfter(trigger: string, accountId: string) {
  await publish(admin, trigger, accountId);
  await untilIdle(app.url);
  return decisionOf(accountId);
}

async function decisionOf(accountId: string) {
  const soql = `SELECT Trigger__c, Status__c, Suppression_Code__c, Suppression_Reason__c, Not_Before__c FROM NPS_Survey__c WHERE Account__c = '${accountId}' ORDER BY Name`;
  return (await admin.query<Record<string, unknown>>(soql)).records;
}

describe('nobody is asked who should not be', () => {
  test('an account with an open urgent case', async () => {
    const accountId = await customer();
    await admin.create('Case', { AccountId: accountId, Subject: 'Down', Status: 'New', Priority: 'High' });
    expect(await decisionAfter('Pre_Renewal', accountId)).toMatchObject([
      { Status__c: 'Suppressed', Suppression_Code__c: 'OPEN_ESCALATION' },
    ]);
  });

  test('as settings say: left customers, small accounts, excluded domains', async () => {
    await change('NPS_Setting__mdt', 'Default', {
      Churn_Condition__c: "Type = 'Former Customer'",
      Programme_Condition__c: 'AnnualRevenue >= 1000',
      Excluded_Domains__c: 'mail.example',
    });
    const revenue = { AnnualRevenue: 5000 };
    const cases = [
      ['CHURNED', await customer({ ...revenue, Type: 'Former Customer' })],
      ['OUTSIDE_PROGRAMME', await customer({ AnnualRevenue: 10 })],
      ['EXCLUDED_DOMAIN', await customer(revenue, 'dana@mail.example')],
      [null, await customer(revenue)],
    ] as const;
    for (const [code, accountId] of cases) {
      expect(await decisionAfter('Pre_Renewal', accountId)).toMatchObject([{ Suppression_Code__c: code }]);
    }
  });

  test('in a blackout, and then on the day after it', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const accountId = await customer({ AnnualRevenue: 5000 });
    await change('NPS_Setting__mdt', 'Default', { Blackouts__c: `2026-01-01..${today} Stocktaking` });
    expect(await decisionAfter('Pre_Renewal', accountId)).toMatchObject([
      {
        Status__c: 'Deferred',
        Suppression_Code__c: 'BLACKOUT',
        Suppression_Reason__c: expect.stringContaining('Stocktaking'),
      },
    ]);
    await sandbox.advance('P2D');
    await untilIdle(app.url);
    expect(await decisionOf(accountId)).toMatchObject([
      { Status__c: ASKED, Suppression_Code__c: null, Not_Before__c: null },
    ]);
  });

  test('while the settings cannot be read: events wait, and are decided when they are mended', async () => {
    await change('NPS_Setting__mdt', 'Default', { Blackouts__c: 'all of next week' });
    const accountId = await customer({ AnnualRevenue: 5000 });
    const [mail] = (await sandbox.messages()).slice(-1);
    const link = scoreLinks({ html: mail?.html ?? '' }).get('9') ?? '';
    expect(
      (await fetch(link, { method: 'POST', body: new URLSearchParams({ score: '9', comment: 'Good' }) })).status,
    ).toBe(200);
    await publish(admin, 'Pre_Renewal', accountId);
    const answered = async () => (await admin.query('SELECT Id FROM NPS_Response__c WHERE Score__c = 9')).totalSize;
    await expect.poll(answered, { message: 'answers do not wait for settings' }).toBe(1);
    expect(await decisionOf(accountId)).toEqual([]);
    await change('NPS_Setting__mdt', 'Default', { Blackouts__c: null });
    await sandbox.advance('PT10M');
    await untilIdle(app.url);
    expect(await decisionOf(accountId)).toMatchObject([{ Status__c: ASKED }]);
  });
});

describe('a trigger is a record', () => {
  test('a fifth one, 30 days after an asset was installed, is served without code', async () => {
    const accountId = await customer({ AnnualRevenue: 5000 });
    const now = (await sandbox.advance('PT1S')).getTime();
    const installed = new Date(now - 30 * 86_400_000).toISOString().slice(0, 10);
    await admin.create('Asset', { AccountId: accountId, Name: 'Router', InstallDate: installed });
    allowReading('Asset', ['InstallDate', 'AccountId']);
    await change('NPS_Trigger__mdt', 'After_Install', {
      ...{
        Active__c: true,
        Active_From__c: '2026-01-01',
        Source_Object__c: 'Asset',
        Date_Field__c: 'InstallDate',
        Offset_Days__c: 30,
      },
      ...{
        Account_Field__c: 'AccountId',
        Context_Sentence__c: 'Your router is a month old.',
        Open_Question__c: 'Why?',
        Subject_A__c: 'A month',
      },
    });
    await sandbox.advance('PT1H');
    await untilIdle(app.url);
    expect(await decisionOf(accountId)).toMatchObject([{ Trigger__c: 'After_Install', Status__c: ASKED }]);
    expect((await sandbox.messages()).at(-1)?.text).toContain('Your router is a month old.');
  });

  test('a bad one stops itself alone and says what is wrong', async () => {
    await change('NPS_Trigger__mdt', 'After_Install', { Date_Field__c: 'Install Date' });
    const bad = await customer({ AnnualRevenue: 5000 });
    expect(await decisionAfter('After_Install', bad)).toMatchObject([
      {
        Status__c: 'Suppressed',
        Suppression_Code__c: 'TRIGGER_MISCONFIGURED',
        Suppression_Reason__c: expect.stringContaining('After_Install cannot be used: Date_Field__c'),
      },
    ]);
    const good = await customer({ AnnualRevenue: 5000 });
    expect(await decisionAfter('Pre_Renewal', good)).toMatchObject([{ Status__c: ASKED }]);
  });
});

/** The read grant that a further source object needs, added to the service's permission set as an admin does. */
function allowReading(object: string, fields: readonly string[]): void {
  const path = 'permissionsets/NPS_Integration.permissionset-meta.xml';
  const shipped = sandbox.org.metadata().find((file) => file.path === path)?.text ?? '';
  const grant = `<objectPermissions><allowCreate>false</allowCreate><allowDelete>false</allowDelete><allowEdit>false</allowEdit><allowRead>true</allowRead><modifyAllRecords>false</modifyAllRecords><object>${object}</object><viewAllRecords>true</viewAllRecords></objectPermissions>`;
  const visible = fields.map(
    (field) =>
      `<fieldPermissions><editable>false</editable><field>${object}.${field}</field><readable>true</readable></fieldPermissions>`,
  );
  const text = shipped.replace('</PermissionSet>', `${visible.join('')}${grant}</PermissionSet>`);
  sandbox.org.install([{ path, text }], { checkOnly: false });
}
