import type { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { openTestSandbox, type TestSandbox } from '../support/sandbox.ts';
import { startedService } from '../support/service.ts';
import { mailTo, newCustomer, publish, scoreLinks, temporaryFolder, untilIdle } from '../support/stack.ts';

let sandbox: TestSandbox;
let app: App;
let admin: Connection;

beforeAll(async () => {
  sandbox = await openTestSandbox({ seed: 'empty-company' });
  app = await startedService(sandbox, temporaryFolder(), { REPLY_DOMAIN: 'reply.northwind.example' });
  admin = await sandbox.adminConnection();
});

afterAll(async () => {
  await app.stop();
  await sandbox.close();
});

async function askedCustomer() {
  const customer = await newCustomer(admin);
  await publish(admin, 'First_Value', customer.accountId);
  await untilIdle(app.url);
  const [mail] = await mailTo(sandbox.url, customer.email);
  if (!mail) throw new Error('No mail arrived.');
  return { ...customer, mail, links: scoreLinks(mail) };
}

type Customer = Awaited<ReturnType<typeof askedCustomer>>;

/** The customer answers the mail in their mail program. */
async function reply({ mail }: Customer, text: string, automatic = false): Promise<void> {
  const body = new URLSearchParams({ text, ...(automatic && { automatic: 'yes' }) });
  const answer = await fetch(`${sandbox.url}/mail/${mail.id}/reply`, { method: 'POST', body, redirect: 'manual' });
  expect(answer.headers.get('location')).toMatch(/replied=204$/);
  await untilIdle(app.url);
}

async function press({ links }: Customer, score: number, comment: string): Promise<void> {
  const body = new URLSearchParams({ score: String(score), comment });
  await fetch(links.get(String(score)) ?? '', { method: 'POST', body });
  await untilIdle(app.url);
}

const rows = async (soql: string) => (await admin.query<Record<string, unknown>>(soql)).records;
const responsesOf = ({ accountId }: Customer) =>
  rows(
    `SELECT Score__c, Verdict__c, Verbatim__c, Previous_Score__c, Customer_Replied_At__c, Sequence_Stop_Reason__c FROM NPS_Response__c WHERE Account__c = '${accountId}'`,
  );
const logged = ({ accountId }: Customer) =>
  rows(
    `SELECT Subject, Description, Status, TaskSubtype, NPS_Response__c, WhoId FROM Task WHERE AccountId = '${accountId}' AND NPS_Kind__c = 'Customer Reply' ORDER BY CreatedDate`,
  );
const toCsm = async ({ csm }: Customer) =>
  (await mailTo(sandbox.url, csm.Email)).filter(({ subject }) => subject.startsWith("Dana O'Neill replied"));

describe('a customer who replies to a mail', () => {
  test('before answering, with a score: it is their answer, confirmed, and goes to the CSM and on the account', async () => {
    const customer = await askedCustomer();
    expect(customer.mail.replyTo).toMatch(/<r[a-z2-7]{62}@reply\.northwind\.example>$/);
    const before = (await toCsm(customer)).length;
    await reply(customer, '3, because nobody calls back.\n\nDana');
    expect(await responsesOf(customer)).toMatchObject([
      { Score__c: 3, Verdict__c: 'Confirmed', Customer_Replied_At__c: null, Sequence_Stop_Reason__c: null },
    ]);
    const [response] = await responsesOf(customer);
    expect(response?.Verbatim__c).toContain('3, because nobody calls back.');
    expect(response?.Verbatim__c).not.toContain('wrote:');
    expect(await logged(customer)).toMatchObject([
      {
        Subject: expect.stringMatching(/^Email from customer: Re: /),
        ...{ Status: 'Completed', TaskSubtype: 'Email', WhoId: customer.contactId },
        NPS_Response__c: expect.any(String),
        Description: expect.stringContaining('nobody calls back'),
      },
    ]);
    const forwarded = (await toCsm(customer)).slice(before);
    expect(forwarded).toMatchObject([
      { replyTo: expect.stringContaining(customer.email), headers: { 'Auto-Submitted': 'auto-generated' } },
    ]);
    expect(forwarded[0]?.text).toContain('with the score 3');
    expect(forwarded[0]?.text).toContain('> 3, because nobody calls back.');
    const tasks = await rows(`SELECT Subject FROM Task WHERE AccountId = '${customer.accountId}' AND IsClosed = false`);
    expect(tasks).toMatchObject([{ Subject: expect.stringContaining('NPS 3: call') }]);
  });

  test('after answering: it stands below the comment, and the sequence stops', async () => {
    const customer = await askedCustomer();
    await press(customer, 4, 'Slow');
    await sandbox.advance('PT1H');
    await untilIdle(app.url);
    await reply(customer, 'And the invoice was wrong, too.');
    expect(await responsesOf(customer)).toMatchObject([
      {
        ...{ Score__c: 4, Verbatim__c: 'Slow\n\nAnd the invoice was wrong, too.' },
        Customer_Replied_At__c: expect.any(String),
        Sequence_Stop_Reason__c: 'The customer replied.',
      },
    ]);
    const [task] = await rows(
      `SELECT Description FROM Task WHERE AccountId = '${customer.accountId}' AND IsClosed = false`,
    );
    expect(task?.Description).toContain('And the invoice was wrong, too.');
  });

  test('with another score: it is a correction', async () => {
    const customer = await askedCustomer();
    await press(customer, 4, 'Slow');
    await sandbox.advance('PT1H');
    await reply(customer, '9 - fixed, thank you');
    expect(await responsesOf(customer)).toMatchObject([{ Score__c: 9, Previous_Score__c: 4, Verdict__c: 'Confirmed' }]);
  });

  test('before answering, without a score: nothing is made up, and the CSM has the mail', async () => {
    const customer = await askedCustomer();
    const before = (await toCsm(customer)).length;
    await reply(customer, 'Please call me about the contract.');
    expect(await responsesOf(customer)).toEqual([]);
    expect(await logged(customer)).toMatchObject([{ NPS_Response__c: null, WhoId: customer.contactId }]);
    expect((await toCsm(customer)).length - before).toBe(1);
  });

  test('by being away is not listened to', async () => {
    const customer = await askedCustomer();
    const before = (await toCsm(customer)).length;
    await reply(customer, 'I am away until the 10th.', true);
    expect([await responsesOf(customer), await logged(customer)]).toEqual([[], []]);
    expect(await toCsm(customer)).toHaveLength(before);
  });
});

describe('a mail that SendGrid posts', () => {
  /** Where SendGrid was told to post mails. */
  async function webhook(): Promise<string> {
    const headers = { authorization: `Bearer ${sandbox.environment.SENDGRID_API_KEY}` };
    const answer = await fetch(`${sandbox.url}/v3/user/webhooks/parse/settings`, { headers });
    const { result } = (await answer.json()) as { result: { url: string }[] };
    return result[0]?.url ?? '';
  }

  const posted = async (fields: Record<string, string>, file?: Buffer) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    if (file) form.set('attachment1', new Blob([new Uint8Array(file)]), 'video.mp4');
    const { status } = await fetch(await webhook(), { method: 'POST', body: form });
    await untilIdle(app.url);
    return status;
  };
  const fieldsFor = ({ mail, email }: Customer, messageId: string) => ({
    headers: `Message-ID: <${messageId}>\nFrom: Dana <${email}>\n`,
    ...{ from: `Dana <${email}>`, to: mail.replyTo ?? '', subject: 'Re: Hello', text: '2, slow' },
    envelope: JSON.stringify({ to: [/<(.*)>/.exec(mail.replyTo ?? '')?.[1]], from: email }),
  });

  test('twice is one reply', async () => {
    const customer = await askedCustomer();
    const before = (await toCsm(customer)).length;
    for (const _ of [1, 2]) expect(await posted(fieldsFor(customer, 'one@harbour.example'))).toBe(204);
    expect(await responsesOf(customer)).toMatchObject([{ Score__c: 2, Verbatim__c: '2, slow' }]);
    expect(await logged(customer)).toHaveLength(1);
    expect((await toCsm(customer)).length - before).toBe(1);
  });

  test('with an attachment of 5 MB is taken, and the file is named and not kept', async () => {
    const customer = await askedCustomer();
    const info = { 'attachment-info': JSON.stringify({ attachment1: { filename: 'video.mp4' } }), attachments: '1' };
    const fields = { ...fieldsFor(customer, 'big@harbour.example'), ...info };
    expect(await posted(fields, Buffer.alloc(5 * 1024 * 1024))).toBe(204);
    expect(await logged(customer)).toMatchObject([{ Description: expect.stringContaining('video.mp4') }]);
  });

  test('to an address that was made up is left alone', async () => {
    const customer = await askedCustomer();
    const to = `r${'a'.repeat(62)}@reply.northwind.example`;
    const fields = { ...fieldsFor(customer, 'guess@harbour.example'), to, envelope: JSON.stringify({ to: [to] }) };
    expect(await posted(fields)).toBe(204);
    expect(await responsesOf(customer)).toEqual([]);
  });

  test('by somebody who does not know the secret is not read', async () => {
    const url = (await webhook()).replace(/[0-9a-f]{40}$/, 'f'.repeat(40));
    expect((await fetch(url, { method: 'POST', body: new FormData() })).status).toBe(404);
  });
});
