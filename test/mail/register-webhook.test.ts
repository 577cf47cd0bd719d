import { expect, it } from 'vitest';
import { registerWebhook } from '../../src/mail/register-webhook.ts';
import { startTestSandbox } from '../support/sandbox.ts';

it('has SendGrid post signed events to one address, however often it is told and wherever the service moves', async () => {
  const sandbox = await startTestSandbox({ seed: 'empty-company' });
  const { SENDGRID_API_KEY: apiKey = '', SENDGRID_BASE_URL: baseUrl = '' } = sandbox.environment;
  const key = await registerWebhook({ apiKey, baseUrl }, 'https://old.example/webhooks/sendgrid');
  expect(await registerWebhook({ apiKey, baseUrl }, 'https://new.example/webhooks/sendgrid')).toBe(key);
  expect(key).toBe(sandbox.environment.SENDGRID_WEBHOOK_PUBLIC_KEY);
  const headers = { authorization: `Bearer ${apiKey}` };
  const all = await (await fetch(`${baseUrl}/v3/user/webhooks/event/settings/all`, { headers })).json();
  expect(all).toMatchObject({
    webhooks: [
      {
        ...{
          url: 'https://new.example/webhooks/sendgrid',
          public_key: key,
          delivered: true,
          bounce: true,
          dropped: true,
        },
        ...{ spam_report: true, unsubscribe: true, group_unsubscribe: true, open: false, click: false },
      },
    ],
  });
});

it('says what is missing when SendGrid refuses, without the key', async () => {
  const sandbox = await startTestSandbox({ seed: 'empty-company' });
  const registering = registerWebhook({ apiKey: 'SG.wrong', baseUrl: sandbox.url }, 'https://nps.example');
  await expect(registering).rejects.toThrow(/\(401.*Event Notification/);
  await expect(registering).rejects.not.toThrow(/SG\.wrong/);
});
