import type { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { deployed, recordFile } from '../support/deploy.ts';
import { openTestSandbox, type TestSandbox } from '../support/sandbox.ts';
import { startedService } from '../support/service.ts';
import { mailTo, newCustomer, publish, scoreLinks, temporaryFolder, untilIdle } from '../support/stack.ts';

const G2 = 'https://g2.example/northwind/write';

let sandbox: TestSandbox;
let app: App;
let admin: Connection;

const dataDir = temporaryFolder();

beforeAll(async () => {
  sandbox = await openTestSandbox({ seed: 'empty-company' });
  await deployed(sandbox, {
    ...recordFile('NPS_Setting', 'Default', {
      G2_Review_URL__c: G2,
      Offer_A__c: 'Early access to our next release.',
      Success_Story__c: 'Harbour Foods halved its delivery times.',
      Success_Story_URL__c: 'https://northwind.example/stories',
    }),
    ...recordFile('NPS_Choice', 'Reliability', { Status__c: 'Planned', Follow_Up__c: 'A second data centre opens.' }),
  });
  app = await startedService(sandbox, dataDir);
  admin = await sandbox.adminConnection();
});

afterAll(async () => {
  await app.stop();
  await sandbox.close();
});

type Customer = Awaited<ReturnType<typeof newCustomer>>;

const day = async (count = 1) => {
  for (let passed = 0; passed < count; passed += 1) {
    await sandbox.advance('P1D');
    await untilIdle(app.url);
  }
  // What a tick of the last day sent is only on record now; the next one sees it.
  await minutes(10);
};
const minutes = async (count: number) => {
  await sandbox.advance(`PT${count}M`);
  await untilIdle(app.url);
};

/** A customer, or another contact of one, who was asked and gave a score. */
async function answered(score: string, trigger = 'First_Value', before?: Customer): Promise<Customer> {
  const customer = before ?? (await newCustomer(admin));
  await publish(admin, trigger, customer.accountId, { Contact_Id__c: customer.contactId });
  await untilIdle(app.url);
  const invitation = (await mailsOf(customer)).findLast(({ html }) => scoreLinks({ html }).size === 11);
  const link = scoreLinks(invitation ?? { html: '' }).get(score) ?? '';
  const body = new URLSearchParams({ score, comment: '', pressed: 'yes', seen: 'yes' });
  expect((await fetch(link, { method: 'POST', body })).status).toBe(200);
  await untilIdle(app.url);
  return customer;
}

const mailsOf = ({ email }: Customer) => mailTo(sandbox.url, email);
const subjects = async (customer: Customer) => (await mailsOf(customer)).slice(1).map(({ subject }) => subject);
const linksOf = ({ html }: { html: string }) =>
  [...html.matchAll(/href="([^"]+\/p\/[^"]+)"/g)].map(([, url = '']) => url);
const lastLinks = async (customer: Customer) => linksOf((await mailsOf(customer)).at(-1) ?? { html: '' });

/** As somebody does who presses the page's button; `proof` is what its script adds. */
const press = (link: string, proof = 'pressed=yes&seen=yes', browser = 'Firefox') =>
  fetch(link, {
    ...{ method: 'POST', body: proof, redirect: 'manual' },
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': browser },
  });

const salesforceIsAway = () =>
  fetch(`${sandbox.url}/faults`, {
    ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
    body: JSON.stringify({ path: '/services/data', status: 503, errorCode: 'SERVER_UNAVAILABLE' }),
  });
const salesforceIsBack = () => fetch(`${sandbox.url}/faults`, { method: 'DELETE' });

async function responseOf({ accountId }: Customer): Promise<Record<string, unknown>> {
  const { records } = await admin.query(
    `SELECT Id, Choice__c, Chosen_At__c, Advocacy_Ask__c, Advocacy_Asked_At__c, Advocacy_Clicked_At__c, Advocacy_Completed__c, Advocacy_Completed_At__c, Advocacy_Log__c, Offer_Variant__c, Sequence_Stopped__c, Sequence_Stop_Reason__c, Next_Step_Due__c, Customer_Replied_At__c FROM NPS_Response__c WHERE Account__c = '${accountId}' ORDER BY Responded_At__c DESC`,
  );
  return records[0] ?? {};
}
const change = async (customer: Customer, fields: Record<string, unknown>) =>
  admin.update('NPS_Response__c', { Id: String((await responseOf(customer)).Id), ...fields });
const tasksOf = async ({ accountId }: Customer) =>
  (await admin.query<{ Subject: string }>(`SELECT Subject FROM Task WHERE AccountId = '${accountId}'`)).records;

const PASSIVE_MAILS = ['One thing we could do better, Dana', 'What would make us a 10: More reliability'];
const STORY = /^What another customer did with /;

describe('a passive', () => {
  test('clicks a choice, changes it, and hears day by day what becomes of it', async () => {
    const customer = await answered('8');
    await day();
    expect(await subjects(customer)).toEqual(PASSIVE_MAILS.slice(0, 1));
    const links = await lastLinks(customer);
    expect(links).toHaveLength(5);

    for (const link of links) expect((await fetch(link)).status).toBe(200);
    await minutes(60);
    expect(await responseOf(customer)).toMatchObject({ Choice__c: null });

    expect((await press(links[2] ?? '')).status).toBe(200);
    await untilIdle(app.url);
    expect(await responseOf(customer)).toMatchObject({ Choice__c: 'Faster_Support' });
    await press(links[4] ?? '');
    await untilIdle(app.url);
    expect(await responseOf(customer)).toMatchObject({
      ...{ Choice__c: 'Reliability', Chosen_At__c: expect.any(String) },
      ...{ Sequence_Stopped__c: false, Customer_Replied_At__c: null },
    });

    await day(5);
    expect(await subjects(customer)).toEqual(PASSIVE_MAILS.slice(0, 1));
    await day();
    expect(await subjects(customer)).toEqual(PASSIVE_MAILS);
    expect((await mailsOf(customer)).at(-1)?.text).toMatch(/It is planned.*A second data centre opens\./s);

    await day(22);
    expect(await subjects(customer)).toEqual(PASSIVE_MAILS);
    await day(2);
    expect(await subjects(customer)).toEqual([...PASSIVE_MAILS, expect.stringMatching(STORY)]);
    expect(await responseOf(customer)).toMatchObject({ Next_Step_Due__c: null, Sequence_Stopped__c: false });
  }, 180_000);

  test('whose scanner posts all five choices has chosen nothing, and is asked openly', async () => {
    const customer = await answered('7');
    await day();
    for (const link of await lastLinks(customer)) await press(link, '', 'gateway');
    await minutes(31);
    expect(await responseOf(customer)).toMatchObject({ Choice__c: null });
    await day(6);
    expect((await subjects(customer)).at(-1)).toBe('What would make us a 10');
  }, 120_000);

  test('without JavaScript chooses, half an hour later', async () => {
    const customer = await answered('7');
    await day();
    const [first = ''] = await lastLinks(customer);
    expect((await press(first, '')).status).toBe(200);
    await minutes(25);
    expect(await responseOf(customer)).toMatchObject({ Choice__c: null });
    await minutes(10);
    expect(await responseOf(customer)).toMatchObject({ Choice__c: 'Easier_to_Use' });
  }, 60_000);
});

describe('a promoter', () => {
  test('who leaves the ask open is reminded, then asked for a referral, and the CSM has a Task for it', async () => {
    const customer = await answered('10');
    expect(await subjects(customer)).toEqual(['Thank you, Dana']);
    const [ask = ''] = await lastLinks(customer);
    await minutes(10);
    expect(await responseOf(customer)).toMatchObject({
      ...{ Advocacy_Ask__c: 'G2 Review', Advocacy_Asked_At__c: expect.any(String), Advocacy_Clicked_At__c: null },
      Advocacy_Log__c: expect.stringMatching(/^\S+Z (asked|chosen) G2 Review\n\S+Z (asked|chosen) G2 Review$/),
    });
    const { NPS_Advocacy_Asked_At__c: askedAt } = await admin.retrieve('Contact', customer.contactId);
    expect(askedAt).toBe((await responseOf(customer)).Advocacy_Asked_At__c);

    await day(6);
    expect(await subjects(customer)).toHaveLength(1);
    await day();
    expect((await subjects(customer)).at(-1)).toBe('A short reminder, Dana');
    expect(await lastLinks(customer)).toHaveLength(1);

    await day(7);
    expect((await subjects(customer)).at(-1)).toMatch(/^Who else should know /);
    expect(await responseOf(customer)).toMatchObject({ Advocacy_Ask__c: 'Referral', Advocacy_Clicked_At__c: null });
    const [referral = ''] = await lastLinks(customer);
    expect(await (await press(referral)).text()).toContain('will be in touch');
    await press(referral);
    await untilIdle(app.url);
    expect(await responseOf(customer)).toMatchObject({
      ...{ Advocacy_Ask__c: 'Referral', Advocacy_Clicked_At__c: expect.any(String) },
    });
    expect((await tasksOf(customer)).map(({ Subject }) => Subject)).toEqual([
      expect.stringMatching(/^NPS: ask for the referral, Dana O'Neill/),
    ]);

    const { status, headers } = await press(ask);
    expect([status, headers.get('location')]).toEqual([303, G2]);
    await untilIdle(app.url);
    expect(await responseOf(customer)).toMatchObject({ Advocacy_Ask__c: 'G2 Review' });
  }, 180_000);

  test('who follows the ask is thanked with the offer, and asked for something else the next time', async () => {
    const customer = await answered('9');
    const [ask = ''] = await lastLinks(customer);
    const { status, headers } = await press(ask);
    expect([status, headers.get('location')]).toEqual([303, G2]);
    await untilIdle(app.url);
    await day(7);
    expect((await subjects(customer)).at(-1)).toBe('Thank you for your help, Dana');
    expect((await mailsOf(customer)).at(-1)?.text).toContain('Early access to our next release.');
    await minutes(10);
    expect(await responseOf(customer)).toMatchObject({ Offer_Variant__c: 'A' });

    await change(customer, { Advocacy_Completed__c: true });
    expect(await responseOf(customer)).toMatchObject({ Advocacy_Completed_At__c: expect.any(String) });
    await change(customer, { Advocacy_Completed__c: false });
    expect(await responseOf(customer)).toMatchObject({ Advocacy_Completed_At__c: null });
    await change(customer, { Advocacy_Completed__c: true });

    await day(30);
    expect((await subjects(customer)).filter((subject) => subject.startsWith('Who else'))).toEqual([]);

    await day(60);
    await answered('10', 'Usage_Milestone', customer);
    expect((await mailsOf(customer)).at(-1)?.text).toContain('short case study');
    await minutes(10);
    expect(await responseOf(customer)).toMatchObject({ Advocacy_Ask__c: 'Case Study' });
  }, 240_000);

  test('who opts out is not reminded', async () => {
    const customer = await answered('9');
    await admin.update('Contact', { Id: customer.contactId, NPS_Survey_Opt_Out__c: true });
    await day(15);
    expect(await subjects(customer)).toEqual(['Thank you, Dana']);
    expect(await responseOf(customer)).toMatchObject({
      ...{ Sequence_Stopped__c: true, Sequence_Stop_Reason__c: expect.stringContaining('no more mails') },
    });
  }, 120_000);

  test('whose click was taken while Salesforce was away is not lost with the service, and counts once', async () => {
    const customer = await answered('9');
    const [ask = ''] = await lastLinks(customer);
    await salesforceIsAway();
    expect((await press(ask)).status).toBe(303);
    await app.stop();
    await salesforceIsBack();
    app = await startedService(sandbox, dataDir);
    // What Salesforce refused is tried again a little later.
    await minutes(10);
    const { Advocacy_Log__c: log } = await responseOf(customer);
    expect(String(log).match(/followed G2 Review/g)).toHaveLength(1);
  }, 90_000);
});
