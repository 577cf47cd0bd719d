import type { Log } from '../loop/ports.ts';
import { registerInbound } from './register-inbound.ts';
import { registerWebhook } from './register-webhook.ts';
import type { SendGridOptions } from './sendgrid-client.ts';

/** Where SendGrid is to post: what becomes of mails, and the mails that come in at a domain. */
export interface ServiceAddresses {
  events: string;
  inbound: { domain: string; url: string } | null;
}

/** Tells a SendGrid where the service is. What it does not take is logged: mails go out all the same. */
export async function registerAddresses(
  options: SendGridOptions,
  { events, inbound }: ServiceAddresses,
  log: Log,
): Promise<void> {
  const warn = (message: string) => (error: Error) => log.warn({ error: error.message }, message);
  await registerWebhook(options, events).catch(
    warn('Nobody tells what becomes of mails: the event webhook is not registered.'),
  );
  if (inbound)
    await registerInbound(options, inbound.domain, inbound.url).catch(
      warn('Replies do not come in: Inbound Parse is not registered.'),
    );
}
