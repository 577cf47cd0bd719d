import { z } from 'zod';
import { type SendGridOptions, saidBy, sendGridClient } from './sendgrid-client.ts';

const PATH = '/v3/user/webhooks/event/settings';
/** By this name a webhook of ours is found again when the service moves. */
const NAME = 'NPS for Salesforce';

/** What the service wants to hear of; that a mail was opened or clicked proves nothing and is not asked for. */
const WANTED = {
  enabled: true,
  friendly_name: NAME,
  delivered: true,
  bounce: true,
  dropped: true,
  spam_report: true,
  unsubscribe: true,
  group_unsubscribe: true,
  processed: false,
  deferred: false,
  open: false,
  click: false,
  group_resubscribe: false,
};

const webhooks = z.object({ webhooks: z.array(z.object({ id: z.string(), friendly_name: z.string().nullish() })) });
const webhook = z.object({ id: z.string() });
const signature = z.object({ public_key: z.string().min(1) });

/**
 * Has SendGrid tell this address what becomes of mails, signed; the webhook of an earlier address is moved.
 *
 * @returns the public key to verify with
 * @throws when SendGrid refuses, in a sentence
 */
export async function registerWebhook(options: SendGridOptions, url: string): Promise<string> {
  const { client } = sendGridClient(options);
  const ask = async (method: 'GET' | 'POST' | 'PATCH', path: string, body?: object) => {
    const [response] = await client.request({ method, url: `${PATH}${path}`, ...(body && { body }) });
    return response.body;
  };
  try {
    const known = webhooks.parse(await ask('GET', '/all')).webhooks.find(({ friendly_name }) => friendly_name === NAME);
    const settings = { ...WANTED, url };
    const { id } = webhook.parse(await (known ? ask('PATCH', `/${known.id}`, settings) : ask('POST', '', settings)));
    return signature.parse(await ask('PATCH', `/signed/${id}`, { enabled: true })).public_key;
  } catch (error) {
    if (error instanceof z.ZodError) throw error;
    throw new Error(
      `SendGrid does not take the address of the event webhook (${saidBy(error)}). SENDGRID_API_KEY needs the permission to change Mail Settings, Event Notification.`,
    );
  }
}
