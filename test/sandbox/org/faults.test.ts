import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Stage, stageServer } from './org-stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await stageServer();
});
afterAll(() => stage[Symbol.asyncDispose]());

const order = (fault: object) =>
  fetch(`${stage.url}/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fault),
  });
const versions = () => fetch(`${stage.url}/services/data`);

test('a fault fails as many requests as ordered, in Salesforce’s shape, and then is over', async () => {
  await order({
    path: '/services/data',
    method: 'GET',
    times: 1,
    status: 503,
    errorCode: 'SERVER_UNAVAILABLE',
    message: 'Too busy',
  });
  const failed = await versions();
  expect(failed.status).toBe(503);
  expect(await failed.json()).toEqual([{ errorCode: 'SERVER_UNAVAILABLE', message: 'Too busy' }]);
  expect((await versions()).status).toBe(200);
});

test('a fault without a number stays until it is cleared', async () => {
  await order({ path: '^/services/d.ta', status: 500 });
  expect([(await versions()).status, (await versions()).status]).toEqual([500, 500]);
  await fetch(`${stage.url}/faults`, { method: 'DELETE' });
  expect((await versions()).status).toBe(200);
});

test('a fault can drop the connection, or only be slow', async () => {
  await order({ path: '/services', times: 1, drop: true });
  await expect(versions()).rejects.toThrow();
  await order({ path: '/services', times: 1, latencyMs: 80 });
  const start = performance.now();
  expect((await versions()).status).toBe(200);
  expect(performance.now() - start).toBeGreaterThanOrEqual(75);
});

test('an expired session is a 401 without saying so; a busy mail provider says when to come back', async () => {
  await order({ path: '/services/data', times: 1, errorCode: 'INVALID_SESSION_ID' });
  const expired = await versions();
  expect({ status: expired.status, body: await expired.json() }).toEqual({
    status: 401,
    body: [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }],
  });
  await order({ path: '/v3/mail/send', times: 1, status: 429, message: 'too many requests', retryAfter: 2 });
  const busy = await fetch(`${stage.url}/v3/mail/send`, { method: 'POST' });
  expect([busy.status, busy.headers.get('retry-after')]).toEqual([429, '2']);
  expect(await busy.json()).toEqual({ errors: [{ message: 'too many requests', field: null, help: null }] });
});

test('an order that makes no sense is refused with a sentence', async () => {
  const answers = await Promise.all([order({ status: 500 }), order({ path: '(' }), order({ path: '/', nonsense: 1 })]);
  expect(answers.map(({ status }) => status)).toEqual([400, 400, 400]);
  expect(await answers[0]?.json()).toEqual({
    error: 'This is no fault: it needs one of path, nodes, lock, dailyApiRequests, stream.',
  });
});
