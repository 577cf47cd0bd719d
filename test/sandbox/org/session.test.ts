import { afterAll, beforeAll, expect, test } from 'vitest';
import { SERVICE, type Stage, stageServer } from './org-stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await stageServer();
});
afterAll(() => stage[Symbol.asyncDispose]());

const token = (form: Record<string, string>) =>
  fetch(`${stage.url}/services/oauth2/token`, { method: 'POST', body: new URLSearchParams(form) });
const get = async (path: string, accessToken = stage.tokens.issue('admin@sandbox.example')) => {
  const response = await fetch(stage.url + path, { headers: { authorization: `Bearer ${accessToken}` } });
  return { status: response.status, headers: response.headers, body: parsed(await response.text()) };
};
const parsed = (text: string): Json => JSON.parse(text);
type Json = { [name: string]: Json } & Json[];

test('client credentials give a token of the org, for the user behind them', async () => {
  const connection = await stage.connect(SERVICE);
  expect(connection.accessToken).toMatch(new RegExp(`^${stage.org.id.slice(0, 15)}!`));
  expect(connection.instanceUrl).toBe(stage.url);
  expect(await connection.identity()).toMatchObject({
    organization_id: stage.org.id,
    preferred_username: 'nps.integration@sandbox.example',
  });
});

test.each([
  [{ grant_type: 'client_credentials', client_id: 'nobody', client_secret: 'x' }, 'invalid_client_id'],
  [{ grant_type: 'client_credentials', client_id: 'sandbox-admin', client_secret: 'x' }, 'invalid_client'],
  [{ grant_type: 'password', username: 'x' }, 'unsupported_grant_type'],
])('a token request with %o is refused', async (form, error) => {
  const response = await token(form as Record<string, string>);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error, error_description: expect.any(String) });
});

test('a token expires after two hours of wall time; a new one works', async () => {
  const connection = await stage.connect();
  stage.wait(2 * 60 * 60 * 1000);
  const expired = await get('/services/data/v68.0/limits', connection.accessToken ?? '');
  expect(expired).toMatchObject({
    status: 401,
    body: [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }],
  });
  await expect(connection.query('SELECT Id FROM Account')).rejects.toMatchObject({ errorCode: 'INVALID_SESSION_ID' });
  await expect(stage.connect().then((fresh) => fresh.query('SELECT Id FROM Account'))).resolves.toMatchObject({
    done: true,
  });
});

test('every answer says how many API calls were made', async () => {
  const { headers } = await get('/services/data/v68.0/sobjects/Account/describe');
  const used = Number(/^api-usage=(\d+)\/100000$/.exec(headers.get('sforce-limit-info') ?? '')?.[1]);
  const { body } = await get('/services/data/v68.0/limits');
  expect(body.DailyApiRequests).toEqual({ Max: 100_000, Remaining: 100_000 - used - 1 });
});

test('versions 31.0 to 68.0 are there, with or without a doubled slash', async () => {
  const { body } = await get('/services/data');
  expect(body.map(({ version }) => Number(version))).toEqual(Array.from({ length: 38 }, (_, index) => 31 + index));
  expect(body.at(-1)).toEqual({ label: "Winter '27", url: '/services/data/v68.0', version: '68.0' });
  expect((await get('//services/data/v60.0/limits')).status).toBe(200);
  expect((await get('/services/data/v30.0/limits')).status).toBe(404);
});

test('what the sandbox does not have is refused loudly', async () => {
  expect(await get('/services/data/v68.0/nope')).toMatchObject({ status: 404, body: [{ errorCode: 'NOT_FOUND' }] });
  expect(await get('/services/apexrest/mine')).toMatchObject({ status: 404, body: [{ errorCode: 'NOT_FOUND' }] });
  expect(await get('/services/data/v68.0/tooling/query?q=x')).toMatchObject({
    status: 501,
    body: [{ message: 'The sandbox does not support the resource /tooling/query.' }],
  });
});

test.each([
  ['PATCH', '/sobjects/Account/001000000000001', '{"Name":"A"}', 404, 'NOT_FOUND'],
  ['PATCH', '/sobjects/Account/nonsense', '{"Name":"A"}', 404, 'NOT_FOUND'],
  ['PATCH', '/sobjects/Account/Name/A', '{}', 404, 'NOT_FOUND'],
  ['POST', '/sobjects/Account', '{"Name":', 400, 'JSON_PARSER_ERROR'],
  ['POST', '/sobjects/Account', '', 400, 'JSON_PARSER_ERROR'],
  ['PATCH', '/sobjects/NPS_Survey__c/Survey_Key__c/x', '{"Survey_Key__c":"x"}', 400, 'INVALID_FIELD'],
  ['PUT', '/sobjects/Account', '{}', 405, 'METHOD_NOT_ALLOWED'],
  ['DELETE', '/sobjects/NPS_Trigger__mdt/m00000000000001', '', 404, 'NOT_FOUND'],
])('%s %s with the body %s answers %i %s', async (method, path, body, status, errorCode) => {
  const response = await fetch(`${stage.url}/services/data/v68.0${path}`, {
    method,
    headers: {
      authorization: `Bearer ${stage.tokens.issue('admin@sandbox.example')}`,
      'content-type': 'application/json',
    },
    ...(body === '' ? {} : { body }),
  });
  expect({ status: response.status, body: await response.json() }).toMatchObject({ status, body: [{ errorCode }] });
});
