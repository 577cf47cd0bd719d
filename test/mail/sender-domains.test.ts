import { describe, expect, it } from 'vitest';
import { senderDomains } from '../../src/mail/sender-domains.ts';
import { MINUTE_MS, movableClock } from '../loop/fakes.ts';
import { startTestSandbox } from '../support/sandbox.ts';

async function account() {
  const sandbox = await startTestSandbox({ seed: 'empty-company' });
  const { SENDGRID_API_KEY: apiKey = '', SENDGRID_BASE_URL: baseUrl = '' } = sandbox.environment;
  const clock = movableClock();
  const domains = senderDomains({ apiKey, baseUrl }, clock);
  const post = async (path: string, body: object) => {
    const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body: JSON.stringify(body) };
    return (await (await fetch(`${baseUrl}${path}`, init)).json()) as { id: number };
  };
  const add = (domain: string) => post('/v3/whitelabel/domains', { domain });
  const validate = ({ id }: { id: number }) => post(`/v3/whitelabel/domains/${id}/validate`, {});
  const fail = (status: number) => post('/faults', { path: '/v3/whitelabel', status });
  const asked = async () =>
    (await sandbox.calls()).calls.find(({ path }) => path.startsWith('/v3/whitelabel'))?.count ?? 0;
  return { sandbox, apiKey, baseUrl, clock, domains, add, validate, fail, asked };
}

describe('the domains that may send', () => {
  it('are those SendGrid has validated, in lower case, however many there are', async () => {
    const { domains, add, validate } = await account();
    await add('waiting.example');
    for (let number = 0; number < 51; number += 1) await validate(await add(`Mail-${number}.example`));
    const found = await domains();
    expect(found.size).toBe(52);
    expect([...found]).toEqual(expect.arrayContaining(['fernbrook.example', 'mail-0.example', 'mail-50.example']));
  });

  it('are asked for anew after five minutes, and not before', async () => {
    const { domains, add, validate, clock } = await account();
    await domains();
    await validate(await add('acme.example'));
    expect(await domains()).not.toContain('acme.example');
    clock.advance(5 * MINUTE_MS);
    expect(await domains()).toContain('acme.example');
  });

  it('stay known while SendGrid is away', async () => {
    const { domains, fail, clock } = await account();
    const known = await domains();
    await fail(503);
    clock.advance(60 * MINUTE_MS);
    expect(await domains()).toEqual(known);
  });

  it('are not guessed when nobody ever said them: the sentence names the missing permission', async () => {
    const { domains, fail } = await account();
    await fail(403);
    await expect(domains()).rejects.toThrow(/\(403.*Sender Authentication/);
  });
});
