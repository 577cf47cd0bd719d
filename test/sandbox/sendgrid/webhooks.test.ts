import { createPublicKey, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import client from '@sendgrid/client';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestSandbox, type TestSandbox } from '../../support/sandbox.ts';

interface Call {
  headers: IncomingMessage['headers'];
  body: string;
}

let sandbox: TestSandbox;
let url: string;
let calls: Call[] = [];
let status = 200;
const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  calls.push({ headers: request.headers, body });
  response.writeHead(status).end();
});

beforeAll(async () => {
  sandbox = await openTestSandbox({ seed: 'empty-company' });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`;
  client.setApiKey(String(sandbox.environment.SENDGRID_API_KEY));
  client.setDefaultRequest('baseUrl', sandbox.url);
});
afterAll(async () => {
  await sandbox.close();
  server.close();
});
beforeEach(() => {
  calls = [];
  status = 200;
});

async function ask(method: 'GET' | 'POST' | 'PATCH', path: string, body?: object) {
  const [response] = await client.request({
    method,
    url: `/v3/user/webhooks/event/settings${path}`,
    ...(body && { body }),
  });
  return response.body as Record<string, unknown> & { id: string };
}

async function sendTo(email: string, args: Record<string, string> = {}) {
  const [{ headers }] = await client.request({
    ...{ method: 'POST', url: '/v3/mail/send' },
    body: {
      ...{
        from: { email: 'lena@fernbrook.example' },
        subject: 'Hello',
        content: [{ type: 'text/plain', value: 'Hi' }],
      },
      ...{ personalizations: [{ to: [{ email }] }], custom_args: args },
    },
  });
  return `${(headers as Record<string, string>)['x-message-id']}.0`;
}
const events = () => calls.flatMap(({ body }) => JSON.parse(body) as Record<string, unknown>[]);
const become = (id: string, event: string) =>
  fetch(`${sandbox.url}/mail/${id}/events`, {
    method: 'POST',
    body: new URLSearchParams({ event }),
    redirect: 'manual',
  });

test('the public client sets up a signed event webhook, and changes it', async () => {
  const { id } = await ask('POST', '', {
    url,
    enabled: false,
    delivered: true,
    bounce: true,
    dropped: true,
    spam_report: true,
  });
  expect(await ask('PATCH', `/signed/${id}`, { enabled: true })).toEqual({
    ...{ id, public_key: sandbox.environment.SENDGRID_WEBHOOK_PUBLIC_KEY },
  });
  expect(await ask('PATCH', `/${id}`, { enabled: true })).toMatchObject({ url, enabled: true, delivered: true });
  expect(await ask('GET', '/all')).toMatchObject({ webhooks: [{ id, url, enabled: true, open: false }] });
  await expect(ask('PATCH', '/nobody', {})).rejects.toMatchObject({ code: 404 });
  await expect(ask('POST', '', { url: 'nowhere' })).rejects.toMatchObject({ code: 400 });
});

test('what becomes of a mail is posted a minute later, signed over timestamp and body', async () => {
  await sendTo('jane@customer.example', { survey_key: 'ab12' });
  expect(calls).toEqual([]);
  await sandbox.advance('PT2M');
  expect(events()).toMatchObject([{ event: 'delivered', email: 'jane@customer.example', survey_key: 'ab12' }]);
  const [call] = calls;
  const header = (name: string) => String(call?.headers[`x-twilio-email-event-webhook-${name}`]);
  const spki = Buffer.from(String(sandbox.environment.SENDGRID_WEBHOOK_PUBLIC_KEY), 'base64');
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  const signed = (body: string) =>
    verify('sha256', Buffer.from(header('timestamp') + body), key, Buffer.from(header('signature'), 'base64'));
  expect([signed(call?.body ?? ''), signed(`${call?.body} `)]).toEqual([true, false]);
});

test.each([
  ['bounce', [{ event: 'bounce', type: 'bounce' }]],
  ['blocked', [{ event: 'bounce', type: 'blocked' }]],
  ['dropped', [{ event: 'dropped', reason: 'Bounced Address' }]],
  ['spam', [{ event: 'delivered' }, { event: 'spamreport' }]],
])('an address that begins with %s meets that', async (localPart, expected) => {
  await sendTo(`${localPart}.jane@customer.example`);
  await sandbox.advance('PT2M');
  expect(events()).toMatchObject(expected);
});

test('a button of the mailbox makes it happen at once; what nobody asked for is not posted', async () => {
  const id = await sendTo('jane@customer.example');
  expect((await become(id, 'bounce')).status).toBe(303);
  expect(events()).toMatchObject([{ event: 'bounce' }]);
  await become(id, 'unsubscribe');
  expect(events()).toHaveLength(1);
  expect((await become(id, 'nonsense')).status).toBe(400);
  expect((await become('nobody.0', 'bounce')).status).toBe(404);
});

test('what was not taken is posted again, under the same id', async () => {
  await sandbox.advance('PT2M');
  calls = [];
  const id = await sendTo('jane@customer.example');
  status = 500;
  await become(id, 'bounce');
  status = 200;
  await become(id, 'spamreport');
  const ids = events().map(({ event, sg_event_id: one }) => [event, one]);
  expect(ids.map(([event]) => event)).toEqual(['bounce', 'bounce', 'spamreport']);
  expect(ids[0]).toEqual(ids[1]);
});
