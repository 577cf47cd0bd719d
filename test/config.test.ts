import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig, readSandboxConfig, wantsSandbox } from '../src/config.ts';
import { eventSigner } from './support/event-signer.ts';

const secret = 'x'.repeat(32);
const withSecret = {
  PUBLIC_URL: 'https://nps.acme.example/',
  LINK_SECRET: secret,
  SALESFORCE_LOGIN_URL: 'https://acme.my.salesforce.com',
  SALESFORCE_CLIENT_ID: 'consumer key',
  SALESFORCE_CLIENT_SECRET: 'consumer secret',
  SENDGRID_API_KEY: 'SG.key',
};
const { SALESFORCE_CLIENT_SECRET: _, ...withoutSignIn } = withSecret;
const withKey = { ...withoutSignIn, SALESFORCE_USERNAME: 'nps@acme.example', SALESFORCE_PRIVATE_KEY: './key.pem' };

/** The variables an environment's error names, a line each, in order. */
function complaintsAbout(environment: NodeJS.ProcessEnv): string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message
      .split('\n')
      .slice(1)
      .map((line) => /^ {2}(\w+)/.exec(line)?.[1] ?? line);
  }
  return [];
}

describe('a complete environment', () => {
  it('needs no more than what has no sensible default', () => {
    expect(readConfig(withSecret)).toEqual({
      port: 3000,
      publicUrl: 'https://nps.acme.example',
      databaseUrl: undefined,
      dataDir: './data',
      linkSecrets: [secret],
      signIn: {
        loginUrl: 'https://acme.my.salesforce.com',
        clientId: 'consumer key',
        clientSecret: 'consumer secret',
      },
      pubsub: { endpoint: 'api.pubsub.salesforce.com:7443', caFile: undefined },
      sendgrid: { apiKey: 'SG.key' },
      sendgridWebhookKey: null,
      replyDomain: null,
      mailFallbackFrom: null,
      mailAllowlist: [],
      trustedProxies: [],
      clockUrl: undefined,
      logLevel: 'info',
    });
  });

  it('signs in with a key when there is one, even beside a secret', () => {
    const signIn = {
      loginUrl: 'https://acme.my.salesforce.com',
      clientId: 'consumer key',
      username: 'nps@acme.example',
      privateKeyFile: './key.pem',
    };
    expect(readConfig(withKey).signIn).toEqual(signIn);
    expect(readConfig({ ...withKey, SALESFORCE_CLIENT_SECRET: 'consumer secret' }).signIn).toEqual(signIn);
  });

  it('lists words by commas or spaces, the newest secret first', () => {
    const config = readConfig({
      ...withSecret,
      LINK_SECRET: `${'n'.repeat(32)}, ${secret}`,
      MAIL_ALLOWLIST: '@acme.example,qa@us.example',
      TRUSTED_PROXIES: '10.0.0.1 10.0.0.2',
    });
    expect(config.linkSecrets).toEqual(['n'.repeat(32), secret]);
    expect(config.mailAllowlist).toEqual(['@acme.example', 'qa@us.example']);
    expect(config.trustedProxies).toEqual(['10.0.0.1', '10.0.0.2']);
  });

  it.each(['nonsense', 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE', '-----BEGIN PUBLIC KEY-----'])(
    'verifies mail events with no key like %s',
    (key) => {
      expect(() => readConfig({ ...withSecret, SENDGRID_WEBHOOK_PUBLIC_KEY: key })).toThrow(
        /^ {2}SENDGRID_WEBHOOK_PUBLIC_KEY: /m,
      );
    },
  );

  it('verifies mail events with the key SendGrid shows', () => {
    const { publicKey } = eventSigner();
    const config = readConfig({ ...withSecret, SENDGRID_WEBHOOK_PUBLIC_KEY: publicKey });
    expect(config.sendgridWebhookKey).toBe(publicKey);
  });

  it.each(['acme@gmail.com', 'nps@acme.com.invalid', 'Acme'])('has no fallback sender like %s', (address) => {
    expect(() => readConfig({ ...withSecret, MAIL_FALLBACK_FROM: address })).toThrow(/^ {2}MAIL_FALLBACK_FROM: /m);
    expect(readConfig({ ...withSecret, MAIL_FALLBACK_FROM: 'nps@acme.com' }).mailFallbackFrom).toBe('nps@acme.com');
  });

  it('may leave variables empty, as shells and .env files do', () => {
    expect(readConfig({ ...withSecret, PORT: '', DATABASE_URL: '', CLOCK_URL: '' })).toEqual(readConfig(withSecret));
  });

  it.each(['http://localhost:3001/clock', 'http://127.0.0.1:3001/clock', 'http://[::1]:3001/clock'])(
    'may follow a clock of this machine (%s), and then needs no public address',
    (clock) => {
      expect(readConfig({ ...withSecret, PUBLIC_URL: '', CLOCK_URL: clock }).clockUrl).toBe(clock);
    },
  );
});

describe('an incomplete environment', () => {
  it('is told everything that is missing at once', () => {
    expect(complaintsAbout({})).toEqual([
      'SALESFORCE_LOGIN_URL',
      'SALESFORCE_CLIENT_ID',
      'SALESFORCE_CLIENT_SECRET',
      'SENDGRID_API_KEY',
      'PUBLIC_URL',
      'LINK_SECRET',
    ]);
  });

  it('is told everything that is wrong at once', () => {
    const wrong = {
      PORT: '70000',
      PUBLIC_URL: 'nowhere',
      DATABASE_URL: 'nowhere',
      SALESFORCE_LOGIN_URL: 'nowhere',
      SENDGRID_BASE_URL: 'nowhere',
      CLOCK_URL: 'https://clock.evil.example/clock',
      LOG_LEVEL: 'loud',
      SANDBOX_PORT: 'three',
    };
    expect(complaintsAbout({ ...withSecret, ...wrong })).toEqual(Object.keys(wrong));
  });

  it('is told what is wrong and what is missing in one go', () => {
    const complaints = complaintsAbout({ ...withSecret, PORT: 'three', LINK_SECRET: 'short', SENDGRID_API_KEY: '' });
    expect(complaints.toSorted()).toEqual(['LINK_SECRET', 'PORT', 'SENDGRID_API_KEY']);
  });

  it.each(Object.keys(withSecret))('without %s is told so', (name) => {
    expect(complaintsAbout({ ...withSecret, [name]: undefined })).toEqual([name]);
  });

  it.each(['SALESFORCE_USERNAME', 'SALESFORCE_PRIVATE_KEY'])('with a key but no %s is told so', (name) => {
    expect(complaintsAbout({ ...withKey, [name]: undefined })).toEqual([name]);
  });

  it('hears how to sign in and how to make a secret', () => {
    expect(() => readConfig({})).toThrow(/SALESFORCE_PRIVATE_KEY for the JWT bearer flow/);
    expect(() => readConfig({})).toThrow(/openssl rand -hex 32/);
  });

  it.each(['x'.repeat(31), `${secret},${'x'.repeat(31)}`])('with a secret that can be guessed is refused', (short) => {
    expect(complaintsAbout({ ...withSecret, LINK_SECRET: short })).toEqual(['LINK_SECRET']);
  });

  it.each([
    'https://clock.evil.example/clock',
    'http://localhost.evil.example/clock',
    'http://10.0.0.1/clock',
    'garbage',
  ])('with a clock elsewhere (%s) is refused', (clock) => {
    expect(complaintsAbout({ ...withSecret, CLOCK_URL: clock })).toEqual(expect.arrayContaining(['CLOCK_URL']));
  });

  it('does not repeat a secret in its error', () => {
    const environment = { ...withSecret, LINK_SECRET: 'hunter2hunter2', SENDGRID_BASE_URL: 'hunter2' };
    expect(() => readConfig(environment)).toThrow(ConfigError);
    expect(() => readConfig(environment)).not.toThrow(/hunter2/);
  });
});

describe('the sandbox', () => {
  it('is wanted when nothing of the outside world is configured', () => {
    expect(wantsSandbox({})).toBe(true);
    expect(wantsSandbox({ PORT: '3000', DATA_DIR: './data', LINK_SECRET: secret, SENDGRID_API_KEY: '' })).toBe(true);
  });

  it.each([
    'SALESFORCE_LOGIN_URL',
    'SALESFORCE_CLIENT_ID',
    'SALESFORCE_CLIENT_SECRET',
    'SALESFORCE_USERNAME',
    'SALESFORCE_PRIVATE_KEY',
    'SALESFORCE_PUBSUB_ENDPOINT',
    'SALESFORCE_PUBSUB_CA',
    'SENDGRID_API_KEY',
  ])('is never started instead of a half configured service (%s is set)', (name) => {
    expect(wantsSandbox({ [name]: 'set' })).toBe(false);
  });

  it('is started on the ports and in the folder it is given', () => {
    expect(readSandboxConfig({})).toEqual({ port: 3001, pubsubPort: 3002, dataDir: './data' });
    expect(readSandboxConfig({ SANDBOX_PORT: '0', SANDBOX_PUBSUB_PORT: '7', DATA_DIR: '/tmp/x' })).toEqual({
      port: 0,
      pubsubPort: 7,
      dataDir: '/tmp/x',
    });
    expect(() => readSandboxConfig({ SANDBOX_PORT: 'three' })).toThrow(/SANDBOX_PORT/);
  });
});
