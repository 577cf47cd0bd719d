import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Letter } from '../../src/loop/ports.ts';
import { MailNotAccepted } from '../../src/mail/mail-not-accepted.ts';
import { MailRefused } from '../../src/mail/mail-refused.ts';
import { connectSendGrid } from '../../src/mail/sendgrid.ts';

const letter: Letter = {
  key: 'invitation-4f2a',
  from: { name: 'Mira\r\nBcc: all@example.com', email: 'mira@northwind.example' },
  replyTo: { name: 'Mira', email: 'mira@northwind.example' },
  to: { name: 'Dana "D" Osei', email: 'dana@harbour.example' },
  subject: 'A quick\r\nquestion',
  text: 'text',
  html: '<p>html</p>',
  headers: {
    'List-Unsubscribe': '<https://nps.example.com/u/1>',
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  },
  customArgs: { survey_key: '4f2a' },
};

type Answer = (response: ServerResponse) => void;
const requests: { headers: IncomingHttpHeaders; body: string; url: string | undefined }[] = [];
let answer: Answer;
let baseUrl: string;

const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  requests.push({ headers: request.headers, body, url: request.url });
  answer(response);
});

const status =
  (code: number, body: object = {}, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(code, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

const post = (options = {}) => connectSendGrid({ apiKey: 'SG.secret', baseUrl, ...options }).send(letter);
const failure = (sending: Promise<void>) =>
  sending.then(
    () => undefined,
    (error: unknown) => error,
  );

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  requests.length = 0;
  answer = status(202);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe('a letter for SendGrid', () => {
  it('is posted once with its sender, headers, arguments and key, and without any tracking', async () => {
    await post();
    expect(requests).toHaveLength(1);
    expect(requests[0]?.url).toBe('/v3/mail/send');
    expect(requests[0]?.headers.authorization).toBe('Bearer SG.secret');
    expect(JSON.parse(requests[0]?.body ?? '')).toMatchObject({
      from: { email: 'mira@northwind.example' },
      reply_to: { name: 'Mira', email: 'mira@northwind.example' },
      headers: letter.headers,
      custom_args: { survey_key: '4f2a', key: 'invitation-4f2a' },
      tracking_settings: { click_tracking: { enable: false, enable_text: false }, open_tracking: { enable: false } },
      content: [
        { type: 'text/plain', value: 'text' },
        { type: 'text/html', value: '<p>html</p>' },
      ],
    });
  });

  it('carries no line end in its subject and names', async () => {
    await post();
    const body = JSON.parse(requests[0]?.body ?? '');
    expect(body.subject).toBe('A quick question');
    expect(body.from.name).toBe('Mira Bcc: all@example.com');
  });
});

describe('a letter SendGrid does not take', () => {
  it.each([400, 413])('is refused for good on %i, without an address or the key in the sentence', async (code) => {
    answer = status(code, { errors: [{ field: 'to', message: 'dana@harbour.example is no address' }] });
    const error = await failure(post());
    expect(error).toBeInstanceOf(MailRefused);
    expect(String(error)).toContain('invitation-4f2a');
    expect(String(error)).toContain('(address) is no address');
    expect(String(error)).not.toMatch(/@|SG\.secret/);
  });

  it.each([401, 403, 404, 429, 500, 503])('may be sent again after %i', async (code) => {
    answer = status(code);
    expect(await failure(post())).toBeInstanceOf(MailNotAccepted);
  });

  it('waits as long as it is told to', async () => {
    answer = status(503, {}, { 'retry-after': '17' });
    expect(await failure(post())).toMatchObject({ retryAfter: 17 });
    answer = status(
      429,
      {},
      { date: 'Mon, 02 Nov 2026 10:00:00 GMT', 'x-ratelimit-reset': `${Date.UTC(2026, 10, 2, 10, 0, 30) / 1000}` },
    );
    expect(await failure(post())).toMatchObject({ retryAfter: 30 });
  });

  it('may be sent again after a connection that broke or never answered', async () => {
    answer = (response) => response.destroy();
    expect(await failure(post())).toBeInstanceOf(MailNotAccepted);
    answer = () => undefined;
    expect(await failure(post({ timeoutMs: 50 }))).toMatchObject({ name: 'MailNotAccepted', retryAfter: undefined });
  });
});
