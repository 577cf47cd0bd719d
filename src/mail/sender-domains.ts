import { z } from 'zod';
import type { Clock, SenderDomains } from '../loop/ports.ts';
import { MailNotAccepted } from './mail-not-accepted.ts';
import { type SendGridOptions, saidBy, sendGridClient } from './sendgrid-client.ts';

const FRESH_MS = 5 * 60_000;
/** SendGrid's own page size and its largest. */
const PAGE = 50;
const domains = z.array(z.object({ domain: z.string(), valid: z.boolean() }));

/**
 * The domains SendGrid signs for (`GET /v3/whitelabel/domains`), asked for every five minutes at the most. While
 * SendGrid cannot be asked, what it said last holds, so that no sender changes because of an outage.
 */
export function senderDomains(options: SendGridOptions, clock: Clock): SenderDomains {
  const { client } = sendGridClient(options);
  let known: { domains: ReadonlySet<string>; askedAt: number } | undefined;
  let asking: Promise<ReadonlySet<string>> | undefined;

  const ask = async () => {
    const found = new Set<string>();
    for (let offset = 0; ; offset += PAGE) {
      const [{ body }] = await client.request({
        method: 'GET',
        url: '/v3/whitelabel/domains',
        qs: { limit: PAGE, offset },
      });
      const page = domains.parse(body);
      for (const { domain, valid } of page) if (valid) found.add(domain.toLowerCase());
      if (page.length < PAGE) return found;
    }
  };

  const askOnce = () => {
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };

  return async () => {
    const now = clock.wall().getTime();
    if (known && now - known.askedAt < FRESH_MS) return known.domains;
    try {
      known = { domains: await askOnce(), askedAt: now };
      return known.domains;
    } catch (error) {
      if (known) return known.domains;
      throw new MailNotAccepted(
        `SendGrid does not say which domains may send (${saidBy(error)}). If this goes on, give SENDGRID_API_KEY the permission to read Sender Authentication.`,
      );
    }
  };
}
