import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { openTestSandbox, type TestSandbox } from '../support/sandbox.ts';
import { startedService } from '../support/service.ts';
import { mailTo, newCustomer, publish, scoreLinks, temporaryFolder, untilIdle } from '../support/stack.ts';

const ME = 'me@northwind.example';

let sandbox: TestSandbox;
let app: App;
let admin: Connection;

beforeAll(async () => {
  sandbox = await openTestSandbox({ seed: 'empty-company' });
  app = await start();
  admin = await sandbox.adminConnection();
});

afterAll(async () => {
  await app.stop();
  await sandbox.close();
});

const dataDir = temporaryFolder();
const start = () => startedService(sandbox, dataDir);

/** `npm run preview -- ...` as an admin types it, beside the running service. */
async function preview(words: string[], environment: Record<string, string> = {}): Promise<string> {
  const env = { PATH: process.env.PATH, ...sandbox.environment, PUBLIC_URL: app.url, ...environment };
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/run.mjs', 'scripts/preview.ts', ...words], {
    env,
  });
  return stdout;
}

const rows = (soql: string) => sandbox.org.query(soql);
const everySurvey = () => rows('SELECT Id, Status__c, LastModifiedDate FROM NPS_Survey__c');
const lastAsked = (accountId: string) =>
  rows(`SELECT NPS_Last_Survey_Date__c FROM Account WHERE Id = '${accountId}'`)[0]?.NPS_Last_Survey_Date__c ?? null;

/** Paths of the calls made meanwhile. */
async function callsDuring(act: () => Promise<unknown>): Promise<string[]> {
  const counted = async () =>
    new Map((await sandbox.calls()).calls.map((one) => [`${one.method} ${one.path}`, one.count]));
  const before = await counted();
  await act();
  return [...(await counted())].filter(([path, count]) => count !== before.get(path)).map(([path]) => path);
}

describe('a preview', () => {
  test('shows the mail that the service sends then: subject, sender and words', async () => {
    const { accountId, email, csm } = await newCustomer(admin);
    const shown = await preview(['--account', accountId, '--trigger', 'First_Value']);
    expect(shown).toContain(`To:        Dana O'Neill <${email}>`);
    expect(shown).toContain(csm.Email);
    expect(shown).toContain('half get "How has your start been, Dana?", half "Dana, six weeks with us"');

    await publish(admin, 'First_Value', accountId);
    await untilIdle(app.url);
    const [mail] = await mailTo(sandbox.url, email);
    const words = (text: string) => text.replace(/https?:\S+/g, 'LINK').trim();
    expect(words(shown)).toContain(words(String(mail?.text)));
    const file = fileURLToPath(/As it looks: (\S+)/.exec(shown)?.[1] ?? '');
    expect(existsSync(file)).toBe(true);
    const html = readFileSync(file, 'utf8');
    expect(scoreLinks({ html }).size).toBe(11);
    const answer = await fetch(String(scoreLinks({ html }).get('9')));
    expect(await answer.text()).not.toContain('<form');
  });

  test('is there also for whom the service would not ask, and says why', async () => {
    const { accountId, email } = await newCustomer(admin, { NPS_Churned_On__c: '2026-01-01' });
    const shown = await preview(['--account', accountId, '--trigger', 'first_value']);
    expect(shown).toMatch(/^First_Value would not ask Harbour .* \(CHURNED\)$/m);
    expect(shown).toContain(email);
  });

  test('of an account that is not there, or of no trigger, says so', async () => {
    await expect(preview(['--account', '001000000000ABCAA2', '--trigger', 'First_Value'])).rejects.toThrow(
      'There is no account 001000000000ABCAA2',
    );
    await expect(preview(['--account', 'Harbour', '--trigger', 'First_Value'])).rejects.toThrow('--account is the id');
    const { accountId } = await newCustomer(admin);
    expect(await preview(['--account', accountId, '--trigger', 'Nothing'])).toContain('(UNKNOWN_TRIGGER)');
  });
});

describe('a dry run', () => {
  const dryRun = (accountId: string, trigger: string, ...more: string[]) =>
    preview(['--account', accountId, '--trigger', trigger, '--dry-run', ...more]);

  test('says what would be sent to whom, from whom and why, and writes nothing anywhere', async () => {
    const { accountId, contactId, email, csm } = await newCustomer(admin);
    // The service itself calls now and then.
    await untilIdle(app.url);
    await app.stop();
    const everything = async () => [everySurvey(), await sandbox.messages(), await sandbox.events()];
    const before = await everything();
    const said: string[] = [];
    const calls = await callsDuring(async () => {
      said.push(await dryRun(accountId, 'First_Value'));
      said.push(await dryRun(accountId, 'First_Value', '--contact', contactId));
      said.push(await dryRun(accountId, 'Pre_Renewal'));
    });
    expect(await everything()).toEqual(before);
    app = await start();
    expect(said[0]).toBe(
      `First_Value would ask Dana O'Neill <${email}> at ${nameOf(accountId)} from ${csm.Name} <${csm.Email}>, because the trigger is active, the account was never asked and of its contacts who may be asked Dana O'Neill comes first: they were active last, or entered first.\n`,
    );
    expect(said[1]).toContain('comes first: the event names them.');
    expect(said[2]).toMatch(
      /^Pre_Renewal would not ask .*, because: The account is 0 days old.* \(ACCOUNT_TOO_YOUNG\)\n$/,
    );
    // /composite carries queries here, and queries alone: what writes goes to /composite/graph and /composite/sobjects.
    const reading = /^(GET |POST \/services\/oauth2\/token$|POST \/services\/data\/v[\d.]+\/composite$)/;
    expect(calls.filter((call) => !reading.test(call))).toEqual([]);
    expect(calls.length).toBeGreaterThan(1);
  });

  test('names the sender that the mail would really have, or says that there is none', async () => {
    const { accountId, csm } = await newCustomer(admin);
    await admin.update('User', { Id: csm.Id, Email: 'jane@gmail.com' });
    try {
      expect(await dryRun(accountId, 'First_Value')).toContain(`from ${csm.Name} at `);
      const words = ['--account', accountId, '--trigger', 'First_Value', '--dry-run'];
      expect(await preview(words, { MAIL_FALLBACK_FROM: '' })).toMatch(
        /^First_Value would ask .* could not be sent, because: .* \(MAIL_REFUSED\)\n$/,
      );
    } finally {
      await admin.update('User', { Id: csm.Id, Email: csm.Email });
    }
  });

  test('says what the service then decides, of asked and of waiting accounts alike', async () => {
    const { accountId } = await newCustomer(admin, { NPS_Last_Survey_Date__c: new Date().toISOString() });
    const said = await dryRun(accountId, 'First_Value');
    await publish(admin, 'First_Value', accountId);
    await untilIdle(app.url);
    const [survey] = rows(
      `SELECT Suppression_Code__c, Suppression_Reason__c FROM NPS_Survey__c WHERE Account__c = '${accountId}'`,
    );
    expect(said).toContain(`${survey?.Suppression_Reason__c} (${survey?.Suppression_Code__c})`);
  });
});

describe('a test send', () => {
  const testSend = (accountId: string, address = ME, environment: Record<string, string> = {}) =>
    preview(['--account', accountId, '--trigger', 'First_Value', '--test-send', address], environment);

  test('goes to whoever asked for it, and its answer counts nowhere', async () => {
    const { accountId, contactId, email } = await newCustomer(admin);
    await testSend(accountId);
    const [mail] = await mailTo(sandbox.url, ME);
    expect(mail?.text).toContain('Dana');
    expect(await mailTo(sandbox.url, email)).toEqual([]);
    const [survey] = surveysOf(accountId);
    expect(survey).toMatchObject({
      Is_Test__c: true,
      Status__c: expect.stringMatching(/^(Sent|Delivered)$/),
      Contact__c: null,
    });
    expect(lastAsked(accountId)).toBeNull();

    await answer(String(scoreLinks(mail as { html: string }).get('0')));
    await untilIdle(app.url);
    expect(surveysOf(accountId)).toMatchObject([{ Status__c: 'Responded' }]);
    expect(rows(`SELECT Verbatim__c, Score__c FROM NPS_Response__c WHERE Account__c = '${accountId}'`)).toMatchObject([
      { Score__c: 0, Verbatim__c: 'only a test' },
    ]);
    const [account] = rows(`SELECT NPS_Score__c, NPS_Response_Count__c FROM Account WHERE Id = '${accountId}'`);
    expect([account?.NPS_Score__c ?? null, account?.NPS_Response_Count__c ?? 0]).toEqual([null, 0]);
    expect(rows(`SELECT Id FROM Task WHERE WhatId = '${accountId}'`)).toEqual([]);
    expect(await mailTo(sandbox.url, email)).toEqual([]);

    // Unsubscribing from a test leaves the customer as they are, and the real survey is asked as if nothing had been.
    const unsubscribe = String(mail?.headers['List-Unsubscribe']).slice(1, -1);
    await fetch(unsubscribe, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) });
    await untilIdle(app.url);
    const [contact] = rows(`SELECT NPS_Survey_Opt_Out__c FROM Contact WHERE Id = '${contactId}'`);
    expect(contact?.NPS_Survey_Opt_Out__c).toBe(false);
    await publish(admin, 'First_Value', accountId);
    await untilIdle(app.url);
    expect(await mailTo(sandbox.url, email)).toHaveLength(1);
  });

  test('keeps to the allow-list of sandboxes, and a wrong address is refused', async () => {
    const { accountId } = await newCustomer(admin);
    await expect(
      testSend(accountId, 'you@elsewhere.example', { MAIL_ALLOWLIST: '@northwind.example' }),
    ).rejects.toThrow('you@elsewhere.example is not on MAIL_ALLOWLIST');
    await expect(testSend(accountId, 'nobody')).rejects.toThrow('nobody cannot be mailed');
    expect(surveysOf(accountId)).toEqual([]);
  });

  test('that the provider refuses is told, and its survey says so', async () => {
    const { accountId } = await newCustomer(admin);
    const fault = { path: '/v3/mail/send', status: 400, times: 1 };
    await fetch(`${sandbox.url}/faults`, {
      method: 'POST',
      body: JSON.stringify(fault),
      headers: { 'content-type': 'application/json' },
    });
    await expect(testSend(accountId)).rejects.toThrow('SendGrid refused');
    expect(surveysOf(accountId)).toMatchObject([{ Status__c: 'Failed', Suppression_Code__c: 'MAIL_REFUSED' }]);
  });
});

const surveysOf = (accountId: string) =>
  rows(
    `SELECT Is_Test__c, Status__c, Contact__c, Suppression_Code__c FROM NPS_Survey__c WHERE Account__c = '${accountId}'`,
  );
const nameOf = (accountId: string) => rows(`SELECT Name FROM Account WHERE Id = '${accountId}'`)[0]?.Name;

/** As a person presses the button, with a comment. */
async function answer(link: string): Promise<void> {
  const body = new URLSearchParams({ score: '0', comment: 'only a test' });
  expect((await fetch(link, { method: 'POST', body })).status).toBe(200);
}
