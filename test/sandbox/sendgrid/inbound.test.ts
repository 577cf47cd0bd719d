import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestSandbox, type TestSandbox } from '../../support/sandbox.ts';

describe('Inbound Parse', () => {
  let sandbox: TestSandbox;
  const posts: FormData[] = [];
  const listener = Fastify();

  beforeAll(async () => {
    sandbox = await openTestSandbox({ seed: 'empty-company' });
    listener.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    listener.post('/inbound', async ({ headers, body }) => {
      const type = { 'content-type': headers['content-type'] ?? '' };
      posts.push(await new Response(new Uint8Array(body as Buffer), { headers: type }).formData());
      return '';
    });
    await listener.listen({ port: 0 });
  });
  afterAll(async () => {
    await listener.close();
    await sandbox.close();
  });

  const ask = async (method: string, path: string, body?: object) =>
    fetch(`${sandbox.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${sandbox.environment.SENDGRID_API_KEY}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
  const SETTINGS = '/v3/user/webhooks/parse/settings';

  it('posts a domain’s mails to one address, which can be changed', async () => {
    const setting = { hostname: 'reply.acme.example', url: 'https://elsewhere.example/inbound' };
    expect((await ask('POST', SETTINGS, setting)).status).toBe(201);
    expect((await ask('POST', SETTINGS, setting)).status).toBe(400);
    const { port } = listener.server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/inbound`;
    expect((await ask('PATCH', `${SETTINGS}/reply.acme.example`, { url })).status).toBe(200);
    expect(await (await ask('GET', SETTINGS)).json()).toMatchObject({ result: [{ ...setting, url }] });
  });

  it('a reply to a mail is posted as a form where the setting of its domain says, with the mail quoted', async () => {
    await ask('POST', '/v3/mail/send', {
      personalizations: [{ to: [{ email: 'dana@harbour.example', name: 'Dana' }] }],
      from: { email: 'mira@acme.example' },
      reply_to: { email: 'r1@reply.acme.example' },
      subject: 'Hello',
      content: [{ type: 'text/plain', value: 'How are you?' }],
    });
    const [mail] = await sandbox.messages();
    const body = new URLSearchParams({ text: 'Fine' });
    await fetch(`${sandbox.url}/mail/${mail?.id}/reply`, { method: 'POST', body, redirect: 'manual' });
    expect(posts).toHaveLength(1);
    expect(posts[0]?.get('to')).toBe('r1@reply.acme.example');
    expect(posts[0]?.get('text')).toMatch(/^Fine\r?\n\r?\nOn .* wrote:\r?\n> How are you\?/);
    expect(JSON.parse(String(posts[0]?.get('envelope')))).toEqual({
      ...{ to: ['r1@reply.acme.example'], from: 'dana@harbour.example' },
    });
  });
});
