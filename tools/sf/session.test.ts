import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCli, openSignedIn } from './cli.ts';

describe('sf signs in', () => {
  let signedIn: Awaited<ReturnType<typeof openSignedIn>>;
  beforeAll(async () => {
    signedIn = await openSignedIn();
  });
  afterAll(() => signedIn.org.stop());

  it('with an access token, and knows who and where it is', async () => {
    const shown = await signedIn.cli.result<Record<string, string>>('org', 'display');
    expect(shown).toMatchObject({
      username: 'admin@sandbox.example',
      connectedStatus: 'Connected',
      apiVersion: '68.0',
    });
    expect(shown.id).toMatch(/^00D\w{15}$/);
  });

  it('not with a token the org never gave', async () => {
    const stranger = openCli({ SF_ACCESS_TOKEN: '00DQX0000000001!AQ0AQwrong' });
    const words = ['--instance-url', signedIn.url, '--no-prompt'];
    const { message } = await stranger.failure('org', 'login', 'access-token', ...words);
    expect(message).toContain('Bad_OAuth_Token');
  });

  it('with a JWT as the integration user, whom the org then allows no more than is granted', async () => {
    const service = openCli({ SF_AUDIENCE_URL: signedIn.url });
    const key = join(signedIn.dataDir, 'service-jwt.key');
    const who = ['--client-id', 'sandbox-nps-service', '--username', 'nps.integration@sandbox.example'];
    const where = ['--instance-url', signedIn.url, '--set-default'];
    await service.result('org', 'login', 'jwt', ...who, '--jwt-key-file', key, ...where);
    const shown = await service.result<Record<string, string>>('org', 'display');
    expect(shown).toMatchObject({ username: 'nps.integration@sandbox.example', connectedStatus: 'Connected' });
    const granted = await service.result<{ totalSize: number }>('data', 'query', '-q', 'SELECT Id FROM NPS_Survey__c');
    expect(granted.totalSize).toBeGreaterThan(0);
    const { name } = await service.failure('data', 'query', '-q', 'SELECT Id, AnnualRevenue, Fax FROM Account');
    expect(name).toBe('INVALID_FIELD');
  });

  it('not with a JWT that another key signed', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = join(signedIn.dataDir, 'another.key');
    writeFileSync(key, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const who = ['--client-id', 'sandbox-nps-service', '--username', 'nps.integration@sandbox.example'];
    const words = [...who, '--jwt-key-file', key, '--instance-url', signedIn.url];
    const { message } = await openCli({ SF_AUDIENCE_URL: signedIn.url }).failure('org', 'login', 'jwt', ...words);
    expect(message).toContain('invalid assertion');
  });

  it('lists the limits of the org', async () => {
    const limits = await signedIn.cli.result<{ name: string; max: number }[]>('org', 'list', 'limits');
    expect(limits).toContainEqual(expect.objectContaining({ name: 'DailyApiRequests', max: 100_000 }));
  });

  it('reads any resource by its path', async () => {
    const { code, stdout } = await signedIn.cli.run(
      'api',
      'request',
      'rest',
      '/services/data/v68.0/sobjects/NPS_Survey__c',
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ objectDescribe: { name: 'NPS_Survey__c', custom: true } });
  });

  it('is told of a resource that does not exist', async () => {
    const { code, stdout, stderr } = await signedIn.cli.run(
      'api',
      'request',
      'rest',
      '/services/data/v68.0/sobjects/Nothing__c',
    );
    expect(code).toBe(1);
    expect(stdout + stderr).toContain('NOT_FOUND');
  });
});
