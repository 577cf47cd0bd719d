// Has SendGrid tell the service at PUBLIC_URL what becomes of mails, and post replies there where REPLY_DOMAIN is set:
// `npm run webhook`, in the service's environment.
import { registerInbound } from '../src/mail/register-inbound.ts';
import { registerWebhook } from '../src/mail/register-webhook.ts';
import { replyAddresses } from '../src/nps/reply-address.ts';
import { INBOUND_PATH } from '../src/web/inbound-mail.ts';
import { MAIL_EVENTS_PATH } from '../src/web/mail-events.ts';

const {
  SENDGRID_API_KEY: apiKey,
  SENDGRID_BASE_URL: baseUrl,
  PUBLIC_URL: publicUrl,
  REPLY_DOMAIN: replyDomain,
} = process.env;

if (!apiKey || !publicUrl) {
  console.error('SENDGRID_API_KEY and PUBLIC_URL must be set: whose events, and where they are to be posted.');
  process.exit(1);
}
const options = { apiKey, ...(baseUrl && { baseUrl }) };
const [newest, ...older] = (process.env.LINK_SECRET ?? '').split(/[\s,]+/).filter((secret) => secret !== '');
const url = `${publicUrl.replace(/\/$/, '')}${MAIL_EVENTS_PATH}`;
try {
  const publicKey = await registerWebhook(options, url);
  console.log(`SendGrid posts events of mails to ${url}. Set this and start the service again:\n`);
  console.log(`SENDGRID_WEBHOOK_PUBLIC_KEY=${publicKey}`);
  if (replyDomain && newest) {
    const { door } = replyAddresses(replyDomain, [newest, ...older]);
    await registerInbound(options, replyDomain, `${publicUrl.replace(/\/$/, '')}${INBOUND_PATH}/${door}`);
    console.log(`\nMails to ${replyDomain} are posted to the service.`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
