import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { Connection } from 'jsforce';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NOW, SERVICE, type Stage, stageServer } from './org-stage.ts';

const USER = 'nps.integration@sandbox.example';
const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

let stage: Stage;
beforeAll(async () => {
  stage = await stageServer();
});
afterAll(() => stage[Symbol.asyncDispose]());

interface Claims {
  issuer?: string;
  subject?: string;
  audience?: string;
  expires?: number;
  key?: KeyObject;
}

function assertion({ issuer, subject, audience, expires, key }: Claims = {}): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(issuer ?? SERVICE.id)
    .setSubject(subject ?? USER)
    .setAudience(audience ?? stage.url)
    .setExpirationTime(NOW.getTime() / 1000 + (expires ?? 180))
    .sign(key ?? stage.privateKey);
}

const token = async (claims?: Claims) => {
  const body = new URLSearchParams({ grant_type: JWT_BEARER, assertion: await assertion(claims) });
  const response = await fetch(`${stage.url}/services/oauth2/token`, { method: 'POST', body });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
};

test('jsforce signs in with an assertion, as the user it is about', async () => {
  const connection = new Connection({ loginUrl: stage.url, version: '68.0' });
  await connection.authorize({ grant_type: JWT_BEARER, assertion: await assertion() });
  const identity = await connection.identity();
  expect(identity).toMatchObject({ user_id: stage.org.userId(USER), organization_id: stage.org.id, username: USER });
  expect(await connection.request('/services/oauth2/userinfo')).toMatchObject({ preferred_username: USER });
});

test.each([
  [
    'signed with another key',
    { key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey },
    'invalid assertion',
  ],
  ['meant for another org', { audience: 'https://login.salesforce.com' }, 'audience is invalid'],
  ['that has expired', { expires: -1 }, 'expired authorization code'],
  ['about a user nobody approved', { subject: 'somebody@sandbox.example' }, "user hasn't approved this consumer"],
])('an assertion %s is refused', async (_, claims, error_description) => {
  expect(await token(claims)).toEqual({ status: 400, body: { error: 'invalid_grant', error_description } });
});

test('an assertion of an unknown client, or one that is none, is refused', async () => {
  expect((await token({ issuer: 'nobody' })).body).toMatchObject({ error: 'invalid_client_id' });
  const body = new URLSearchParams({ grant_type: JWT_BEARER, assertion: 'nonsense' });
  const response = await fetch(`${stage.url}/services/oauth2/token`, { method: 'POST', body });
  expect(await response.json()).toEqual({ error: 'invalid_grant', error_description: 'invalid assertion' });
});

test('an assertion may be meant for test.salesforce.com, because the org is a sandbox', async () => {
  expect(await token({ audience: 'https://test.salesforce.com' })).toMatchObject({ status: 200 });
});

test('a revoked token is over at once; nobody can revoke it twice', async () => {
  const { access_token = '' } = (await token()).body;
  const limits = () =>
    fetch(`${stage.url}/services/data/v68.0/limits`, { headers: { authorization: `Bearer ${access_token}` } });
  const revoke = () =>
    fetch(`${stage.url}/services/oauth2/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ token: access_token }),
    });
  expect((await limits()).status).toBe(200);
  expect((await revoke()).status).toBe(200);
  const refused = await limits();
  expect({ status: refused.status, body: await refused.json() }).toEqual({
    status: 401,
    body: [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }],
  });
  expect((await revoke()).status).toBe(400);
});

test('a user who is deactivated is signed out', async () => {
  const id = stage.org.insert('User', { Username: 'gone@x.example', Email: 'gone@x.example', LastName: 'Gone' });
  const given = stage.tokens.issue('gone@x.example');
  expect(stage.tokens.userId(given)).toBe(id);
  stage.org.update('User', id, { IsActive: false });
  expect(stage.tokens.userId(given)).toBeUndefined();
});
