import client from '@sendgrid/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestSandbox, type TestSandbox } from '../../support/sandbox.ts';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await openTestSandbox({ seed: 'empty-company' });
  client.setApiKey(String(sandbox.environment.SENDGRID_API_KEY));
  client.setDefaultRequest('baseUrl', sandbox.url);
});
afterAll(() => sandbox.close());

async function ask(method: 'GET' | 'POST', path: string, body?: object) {
  const [{ statusCode, body: answer }] = await client.request({ method, url: `/v3/whitelabel/domains${path}`, body });
  return { statusCode, answer };
}
const listed = async (paging = '') =>
  ((await ask('GET', paging)).answer as { domain: string; valid: boolean }[]).map(({ domain, valid }) => [
    domain,
    valid,
  ]);

test('the public client lists the domains that may send, adds one and validates it', async () => {
  expect(await listed()).toEqual([['fernbrook.example', true]]);
  const { statusCode, answer } = await ask('POST', '', { domain: 'acme.example' });
  expect([statusCode, answer]).toEqual([201, expect.objectContaining({ domain: 'acme.example', valid: false })]);
  expect(await listed('?limit=1&offset=1')).toEqual([['acme.example', false]]);
  const { id } = answer as { id: number };
  expect((await ask('POST', `/${id}/validate`)).answer).toMatchObject({ id, valid: true });
  expect(await listed()).toContainEqual(['acme.example', true]);
});

test.each([
  [404, '/999/validate', undefined],
  [400, '', { domain: 'no domain' }],
])('what SendGrid would not do is refused with %i', async (code, path, body) => {
  await expect(ask('POST', path, body)).rejects.toMatchObject({ code });
});

test('a stranger learns nothing', async () => {
  const { status } = await fetch(`${sandbox.url}/v3/whitelabel/domains`);
  expect(status).toBe(401);
});
