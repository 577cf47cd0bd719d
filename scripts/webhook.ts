// Has SendGrid tell the service at PUBLIC_URL what becomes of mails: `npm run webhook`, in the service's environment.
import { registerWebhook } from '../src/mail/register-webhook.ts';
import { MAIL_EVENTS_PATH } from '../src/web/mail-events.ts';

const { SENDGRID_API_KEY: apiKey, SENDGRID_BASE_URL: baseUrl, PUBLIC_URL: publicUrl } = process.env;

if (!apiKey || !publicUrl) {
  console.error('SENDGRID_API_KEY and PUBLIC_URL must be set: whose events, and where they are to be posted.');
  process.exit(1);
}
const url = `${publicUrl.replace(/\/$/, '')}${MAIL_EVENTS_PATH}`;
try {
  const publicKey = await registerWebhook({ apiKey, ...(baseUrl && { baseUrl }) }, url);
  console.log(`SendGrid posts events of mails to ${url}. Set this and start the service again:\n`);
  console.log(`SENDGRID_WEBHOOK_PUBLIC_KEY=${publicKey}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
