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
