import type { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { ASKED } from '../support/asked.ts';
import { deployed, newTriggerFile, recordFile } from '../support/deploy.ts';
import { openTestSandbox, type TestSandbox } from '../support/sandbox.ts';
import { startedService } from '../support/service.ts';
import { publish, scoreLinks, temporaryFolder, untilIdle } from '../support/stack.ts';

let sandbox: TestSandbox;
let app: App;
let admin: Connection;
let customers = 0;

const serviceFor = (dataDir: string) => startedService(sandbox, dataDir);

beforeAll(async () => {
  sandbox = await openTestSandbox({ seed: 'empty-company' });
  app = await serviceFor(temporaryFolder());
  admin = await sandbox.adminConnection();
});

afterAll(async () => {
  await app.stop();
  await sandbox.close();
});

/** A customer of two years with one contact, whose address says who it is. */
async function customer() {
  customers += 1;
  const email = `dana.${customers}@health.example`;
  const CreatedDate = new Date(Date.now() - 730 * 86_400_000).toISOString();
  const account = await admin.create('Account', { Name: `Customer ${customers}`, CreatedDate });
  await admin.create('Contact', { AccountId: account.id, LastName: 'Dana', Email: email });
  return { accountId: String(account.id), email };
}

async function decisionAfter(trigger: string, accountId: string) {
  await publish(admin, trigger, accountId);
  await untilIdle(app.url);
  const soql = `SELECT Status__c, Suppression_Code__c, Suppression_Reason__c FROM NPS_Survey__c WHERE Account__c = '${accountId}'`;
  return (await admin.query<Record<string, unknown>>(soql)).records;
}

const mailsTo = async (email: string) => (await sandbox.messages()).filter(({ to }) => to.includes(email));

/** A row of NPS Health as it is after the next look, which comes every ten minutes. */
async function health(key: string) {
  await sandbox.advance('PT11M');
  await untilIdle(app.url);
  const soql = `SELECT State__c, Message__c, Count__c FROM NPS_Health__c WHERE Key__c = '${key}'`;
  return (await admin.query<Record<string, unknown>>(soql)).records[0];
}

type Values = Record<string, string | number | boolean | null>;

const AFTER_CASE: Values = {
  ...{ Active__c: true, Active_From__c: '2026-01-01', Source_Object__c: 'Case', Date_Field__c: 'ClosedDate' },
  ...{ Offset_Days__c: 30, Account_Field__c: 'AccountId', Contact_Field__c: null, Condition__c: 'IsClosed = true' },
  ...{ Context_Sentence__c: 'A month ago we closed a case.', Open_Question__c: 'Why?', Subject_A__c: 'A case' },
};

describe('a bad trigger record stops itself and no other, says so, and asks again once it is mended', () => {
  test.each<[string, Values, string]>([
    ['an unknown object', { Source_Object__c: 'Ticket__c' }, 'Source_Object__c names Ticket__c'],
    ['an unknown field', { Date_Field__c: 'ResolvedOn__c' }, 'Date_Field__c names Case.ResolvedOn__c'],
    [
      'an object nobody granted',
      { Source_Object__c: 'Asset', Date_Field__c: 'InstallDate' },
      'Source_Object__c names Asset',
    ],
    ['a condition no org can run', { Condition__c: 'IsClosed is true' }, 'Condition__c cannot be used'],
    ['a merge field that is none', { Subject_A__c: 'Dear {{contact.title}}' }, 'Subject_A__c says {{contact.title}}'],
    ['a sentence too long', { Context_Sentence__c: 'So '.repeat(80) }, 'Context_Sentence__c makes the mail'],
    ['a gap too short', { Minimum_Gap_Days__c: 30 }, 'Minimum_Gap_Days__c is 30'],
    ['a question left out', { Open_Question__c: null }, 'Open_Question__c is empty'],
  ])('%s', async (_, wrong, sentence) => {
    await deployed(sandbox, newTriggerFile('After_Case', { ...AFTER_CASE, ...wrong }));
    expect(await health('trigger-after_case')).toMatchObject({
      State__c: 'Disabled',
      Message__c: expect.stringContaining(`The NPS Trigger record After_Case cannot be used: ${sentence}`),
    });
    expect(await health('trigger-pre_renewal')).toMatchObject({ State__c: 'OK' });

    const [bad, good] = [await customer(), await customer()];
    expect(await decisionAfter('After_Case', bad.accountId)).toMatchObject([
      { Status__c: 'Suppressed', Suppression_Code__c: 'TRIGGER_MISCONFIGURED' },
    ]);
    expect(await mailsTo(bad.email)).toEqual([]);
    expect(await decisionAfter('Pre_Renewal', good.accountId)).toMatchObject([{ Status__c: ASKED }]);

    await deployed(sandbox, newTriggerFile('After_Case', AFTER_CASE));
    expect(await health('trigger-after_case')).toMatchObject({ State__c: 'OK', Message__c: null });
    const mended = await customer();
    expect(await decisionAfter('After_Case', mended.accountId)).toMatchObject([{ Status__c: ASKED }]);
  });

  test('a grant that is deployed mends it, too', async () => {
    const wrong = { Source_Object__c: 'Asset', Date_Field__c: 'InstallDate', Condition__c: null };
    await deployed(sandbox, newTriggerFile('After_Case', { ...AFTER_CASE, ...wrong }));
    expect(await health('trigger-after_case')).toMatchObject({ State__c: 'Disabled' });
    await deployed(sandbox, {
      'permissionsets/NPS_Integration.permissionset': grantingToRead('Asset', ['InstallDate', 'AccountId']),
    });
    expect(await health('trigger-after_case')).toMatchObject({ State__c: 'OK' });
  });
});

describe('settings that cannot be used', () => {
  test.each<[string, Values, string]>([
    ['a blackout that is no span', { Blackouts__c: 'all of next week' }, 'Blackouts__c'],
    ['a number too small', { Minimum_Gap_Days__c: 30 }, 'Minimum_Gap_Days__c'],
    ['a field that is not there', { CSM_Field__c: 'Nobody__c' }, 'CSM_Field__c names Account.Nobody__c'],
    ['a condition no org can run', { Churn_Condition__c: 'Left is true' }, 'Churn_Condition__c cannot be used'],
  ])('%s: nobody is asked, answers are written, and events wait until it is mended', async (_, wrong, sentence) => {
    const asked = await customer();
    await decisionAfter('Pre_Renewal', asked.accountId);
    const [mail] = await mailsTo(asked.email);

    await deployed(sandbox, recordFile('NPS_Setting', 'Default', wrong));
    expect(await health('settings')).toMatchObject({
      State__c: 'Disabled',
      Message__c: expect.stringContaining(sentence),
    });
    const link = scoreLinks({ html: mail?.html ?? '' }).get('9') ?? '';
    await fetch(link, { method: 'POST', body: new URLSearchParams({ score: '9', comment: 'Good' }) });
    await untilIdle(app.url);
    const answers = `SELECT Id FROM NPS_Response__c WHERE Account__c = '${asked.accountId}'`;
    expect((await admin.query(answers)).totalSize).toBe(1);

    const waiting = await customer();
    await publish(admin, 'Pre_Renewal', waiting.accountId);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await mailsTo(waiting.email)).toEqual([]);

    await deployed(sandbox, recordFile('NPS_Setting', 'Default', {}));
    expect(await health('settings')).toMatchObject({ State__c: 'OK', Message__c: null });
    expect(await mailsTo(waiting.email)).toHaveLength(1);
  });
});

test('an answer that Salesforce refuses for good is counted, without saying whose it is', async () => {
  const refused = await customer();
  await decisionAfter('Pre_Renewal', refused.accountId);
  const [mail] = await mailsTo(refused.email);
  const order = {
    path: '/',
    nodes: {
      sobject: 'NPS_Response__c',
      errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      message: `Not from ${refused.email}`,
    },
  };
  await fetch(`${sandbox.url}/faults`, {
    method: 'POST',
    body: JSON.stringify(order),
    headers: { 'content-type': 'application/json' },
  });
  const link = scoreLinks({ html: mail?.html ?? '' }).get('3') ?? '';
  await fetch(link, { method: 'POST', body: new URLSearchParams({ score: '3', comment: 'Slow' }) });
  await untilIdle(app.url);
  // It is tried once more a second later.
  await sandbox.advance('PT1M');
  await untilIdle(app.url);
  await fetch(`${sandbox.url}/faults`, { method: 'DELETE' });
  const row = await health('dead-letters-answer');
  expect(row).toMatchObject({ State__c: 'Warning', Count__c: 1 });
  expect(row?.Message__c).toContain('FIELD_CUSTOM_VALIDATION_EXCEPTION');
  expect(row?.Message__c).not.toContain('dana');
});

describe('a second installation', () => {
  const standby = async (url: string) =>
    ((await (await fetch(`${url}/readyz`)).json()) as { standby: boolean }).standby;
  const eventually = (url: string, wanted: boolean) => expect.poll(() => standby(url)).toBe(wanted);

  test('sends nothing while the first one lives, says so, and takes over when it is gone', async () => {
    await untilIdle(app.url);
    const second = await serviceFor(temporaryFolder());
    await eventually(second.url, true);
    expect(await standby(app.url)).toBe(false);
    const rows = (await admin.query("SELECT State__c, Message__c FROM NPS_Health__c WHERE Kind__c = 'Heartbeat'"))
      .records;
    expect(rows.filter(({ State__c }) => State__c === 'OK')).toHaveLength(1);
    expect(rows.find(({ State__c }) => State__c === 'Warning')?.Message__c).toContain('Another installation');

    const first = await customer();
    await publish(admin, 'Pre_Renewal', first.accountId);
    await untilIdle(app.url);
    expect(await mailsTo(first.email)).toHaveLength(1);

    await app.stop();
    const next = await customer();
    await publish(admin, 'Pre_Renewal', next.accountId);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await mailsTo(next.email)).toEqual([]);
    await sandbox.advance('PT31M');
    await eventually(second.url, false);
    await untilIdle(second.url);
    expect(await mailsTo(first.email), 'what the first one sent is not sent again').toHaveLength(1);
    expect(await mailsTo(next.email)).toHaveLength(1);
    app = second;
  });
});

/** NPS Integration as it ships, with the read grant that a further source object needs. */
function grantingToRead(object: string, fields: readonly string[]): string {
  const path = 'permissionsets/NPS_Integration.permissionset-meta.xml';
  const shipped = sandbox.org.metadata().find((file) => file.path === path)?.text ?? '';
  const flags = { allowCreate: false, allowDelete: false, allowEdit: false, allowRead: true, modifyAllRecords: false };
  const objectFlags = Object.entries(flags).map(([flag, value]) => `<${flag}>${value}</${flag}>`);
  const grant = `<objectPermissions>${objectFlags.join('')}<object>${object}</object><viewAllRecords>true</viewAllRecords></objectPermissions>`;
  const visible = fields.map(
    (field) =>
      `<fieldPermissions><editable>false</editable><field>${object}.${field}</field><readable>true</readable></fieldPermissions>`,
  );
  return shipped
    .replace('<hasActivationRequired>', `${visible.join('')}<hasActivationRequired>`)
    .replace('<objectPermissions>', `${grant}<objectPermissions>`);
}
