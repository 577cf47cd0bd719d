import { z } from 'zod';
import { type SendGridOptions, saidBy, sendGridClient } from './sendgrid-client.ts';

const PATH = '/v3/user/webhooks/parse/settings';
const settings = z.object({ result: z.array(z.object({ hostname: z.string() })) });

/**
 * Has SendGrid post the mails that come in at a domain to this address; an earlier address is replaced.
 *
 * @throws when SendGrid refuses, in a sentence
 */
export async function registerInbound(options: SendGridOptions, hostname: string, url: string): Promise<void> {
  const { client } = sendGridClient(options);
  const body = { hostname, url, spam_check: false, send_raw: false };
  try {
    const [{ body: answer }] = await client.request({ method: 'GET', url: PATH });
    const isKnown = settings.parse(answer).result.some((known) => known.hostname === hostname);
    if (isKnown) await client.request({ method: 'PATCH', url: `${PATH}/${hostname}`, body });
    else await client.request({ method: 'POST', url: PATH, body });
  } catch (error) {
    if (error instanceof z.ZodError) throw error;
    throw new Error(
      `SendGrid does not take the address for mails to ${hostname} (${saidBy(error)}). SENDGRID_API_KEY needs the permission to change Inbound Parse, and the domain must be authenticated there.`,
    );
  }
}
