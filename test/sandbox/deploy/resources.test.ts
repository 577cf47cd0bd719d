import { describe, expect, it } from 'vitest';
import { startTestSandbox, type TestSandbox } from '../../support/sandbox.ts';
import { checkboxField, xml, zipped } from './package.ts';

const VIP = { 'objects/Account.object': xml('CustomObject', checkboxField('VIP__c')) };

async function tokenOf(sandbox: TestSandbox, client: string): Promise<string> {
  const form = { grant_type: 'client_credentials', client_id: client, client_secret: client };
  const response = await fetch(`${sandbox.url}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}

/** Sends a package as Salesforce's guide shows it; the options stand in the part `json`. */
async function send(sandbox: TestSandbox, token: string, part = 'json') {
  const form = new FormData();
  form.append(part, JSON.stringify({ deployOptions: { checkOnly: true, rollbackOnError: true } }));
  form.append('file', await zipped(VIP), 'package.zip');
  return fetch(`${sandbox.url}/services/data/v68.0/metadata/deployRequest`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: form,
  });
}

describe('deploying by REST', () => {
  it('answers at once with an id, and with the outcome to whoever asks for that', async () => {
    const sandbox = await startTestSandbox({ empty: true });
    const token = await tokenOf(sandbox, 'sandbox-admin');
    const started = await send(sandbox, token);
    expect(started.status).toBe(201);
    const { id } = (await started.json()) as { id: string };
    expect(id).toMatch(/^0Af\w{15}$/);
    const url = `${sandbox.url}/services/data/v68.0/metadata/deployRequest/${id}?includeDetails=true`;
    const headers = { authorization: `Bearer ${token}` };
    await expect
      .poll(async () => ((await (await fetch(url, { headers })).json()) as { deployResult: object }).deployResult)
      .toMatchObject({
        done: true,
        status: 'Succeeded',
        checkOnly: true,
        details: {
          componentSuccesses: [
            { fullName: 'Account.VIP__c', componentType: 'CustomField', created: true, success: true },
          ],
          componentFailures: [],
        },
      });
  });

  it('is refused to users who may not change metadata', async () => {
    const sandbox = await startTestSandbox({ seed: 'empty-company' });
    const refused = await send(sandbox, await tokenOf(sandbox, 'sandbox-nps-service'));
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject([{ errorCode: 'INSUFFICIENT_ACCESS' }]);
  });

  it('needs the options', async () => {
    const sandbox = await startTestSandbox({ empty: true });
    const refused = await send(sandbox, await tokenOf(sandbox, 'sandbox-admin'), 'something');
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject([{ errorCode: 'JSON_PARSER_ERROR' }]);
  });

  it('knows no deploy of an id it never gave', async () => {
    const sandbox = await startTestSandbox({ empty: true });
    const headers = { authorization: `Bearer ${await tokenOf(sandbox, 'sandbox-admin')}` };
    const url = `${sandbox.url}/services/data/v68.0/metadata/deployRequest/0AfQX0000000001YAA`;
    const answer = await fetch(url, { headers });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject([{ errorCode: 'INVALID_CROSS_REFERENCE_KEY' }]);
  });
});
