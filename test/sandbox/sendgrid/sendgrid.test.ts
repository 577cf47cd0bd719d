import service from '@sendgrid/mail';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestSandbox, type TestSandbox } from '../../support/sandbox.ts';

const startAt = new Date('2026-11-22T10:00:00Z');
let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await openTestSandbox({ seed: 'empty-company', startAt });
});
afterAll(() => sandbox.close());

const MAIL = {
  personalizations: [{ to: [{ email: 'jane@customer.example', name: 'Jane Doe' }] }],
  from: { email: 'lena@fernbrook.example' },
  subject: 'How are we doing?',
  content: [{ type: 'text/plain', value: 'Hello' }],
};

async function send(body: unknown, key = sandbox.environment.SENDGRID_API_KEY) {
  const response = await fetch(`${sandbox.url}/v3/mail/send`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined };
}

test('the public client sends a mail, and the mailbox shows it', async () => {
  service.setApiKey(String(sandbox.environment.SENDGRID_API_KEY));
  // @sendgrid/mail keeps its client to itself in its types only.
  const { client } = service as unknown as { client: { setDefaultRequest(name: string, value: string): void } };
  client.setDefaultRequest('baseUrl', sandbox.url);
  const [response] = await service.send({
    to: { email: 'jane@customer.example', name: 'Jane Doe' },
    from: { email: 'lena.fischer@fernbrook.example', name: 'Lena Fischer (Fernbrook)' },
    replyTo: 'lena.fischer@fernbrook.example',
    subject: 'How are we doing?',
    text: 'Hello Jane',
    html: '<p>Hello Jane</p>',
    headers: { 'List-Unsubscribe': '<https://example.com/u>' },
  });
  expect(response.statusCode).toBe(202);
  const id = `${response.headers['x-message-id']}.0`;
  expect((await sandbox.messages()).at(-1)).toEqual({
    id,
    from: '"Lena Fischer (Fernbrook)" <lena.fischer@fernbrook.example>',
    to: 'Jane Doe <jane@customer.example>',
    replyTo: 'lena.fischer@fernbrook.example',
    subject: 'How are we doing?',
    text: 'Hello Jane',
    html: '<p>Hello Jane</p>',
    headers: { 'List-Unsubscribe': '<https://example.com/u>' },
    sentAt: expect.stringMatching(/^2026-11-22T10:00/),
  });
});

test.each(['', 'SG.wrong'])('the key "%s" is unauthorized', async (key) => {
  const { status, body } = await send(MAIL, key);
  expect(status).toBe(401);
  expect(body.errors[0]).toMatchObject({
    message: expect.stringContaining('authorization grant is invalid'),
    field: null,
  });
});

test.each([
  ['personalizations', { ...MAIL, personalizations: undefined }],
  ['from', { ...MAIL, from: undefined }],
  ['from.email', { ...MAIL, from: { email: 'not an address' } }],
  ['subject', { ...MAIL, subject: undefined }],
  ['content', { ...MAIL, content: undefined }],
  ['content', { ...MAIL, content: [{ type: 'text/html', value: '<p>' }, ...MAIL.content] }],
  ['content.0.value', { ...MAIL, content: [{ type: 'text/plain', value: '' }] }],
  ['personalizations.0.to', { ...MAIL, personalizations: [{ to: [] }] }],
  ['personalizations.0.to.0.email', { ...MAIL, personalizations: [{ to: [{ email: 'jane@' }] }] }],
  ['headers.Subject', { ...MAIL, headers: { Subject: 'Another' } }],
  ['template_id', { ...MAIL, template_id: 'd-1' }],
])('a wrong %s is refused by name', async (field, mail) => {
  const before = (await sandbox.messages()).length;
  const { status, body } = await send(mail);
  expect(status).toBe(400);
  expect(body.errors).toContainEqual({ message: expect.any(String), field, help: expect.any(String) });
  expect(await sandbox.messages()).toHaveLength(before);
});

test('a mail in SendGrid sandbox mode is checked, not delivered', async () => {
  const before = (await sandbox.messages()).length;
  const { status } = await send({ ...MAIL, mail_settings: { sandbox_mode: { enable: true } } });
  expect(status).toBe(200);
  expect(await sandbox.messages()).toHaveLength(before);
});
