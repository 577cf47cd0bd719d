import type { Database } from 'better-sqlite3';
import type { FastifyInstance } from 'fastify';
import { onlyWith } from './api-key.ts';
import { domainRoutes } from './domain-routes.ts';
import { type Domains, openDomains } from './domains.ts';
import { type MailEvents, openMailEvents } from './events.ts';
import { type MailStore, openMailStore } from './mail-store.ts';
import { openParseSettings, type ParseSettings, parseSettingRoutes } from './parse-settings.ts';
import { sendRoutes } from './send-routes.ts';
import { openSigningKey } from './signing-key.ts';
import { webhookRoutes } from './webhook-routes.ts';
import { openWebhooks, type Webhooks } from './webhooks.ts';

/** A SendGrid account and everybody's mailbox. */
export interface SendGrid {
  mail: MailStore;
  domains: Domains;
  webhooks: Webhooks;
  events: MailEvents;
  /** Where mails that come in are posted. */
  parse: ParseSettings;
  /** What its signatures are verified with, as SendGrid shows it. */
  publicKey: string;
  /** Empties the mailbox; webhooks stay, as whoever listens is still there. */
  reset(): void;
}

interface World {
  now: () => Date;
  wall: () => Date;
  /** The domain the account signs for from the start. */
  domain: string;
}

export function openSendGrid(database: Database, { now, wall, domain }: World): SendGrid {
  const mail = openMailStore(database, now);
  const domains = openDomains(database, domain);
  const webhooks = openWebhooks(database);
  const parse = openParseSettings(database);
  const key = openSigningKey(database);
  const events = openMailEvents({ database, webhooks, key, now, wall });
  return {
    ...{ mail, domains, webhooks, events, parse, publicKey: key.publicKey },
    reset() {
      mail.clear();
      events.clear();
      domains.reset();
    },
  };
}

/** SendGrid's API behind its key, and the mailbox as JSON for whoever wants to see what arrived. */
export function sendGridRoutes(app: FastifyInstance, sendGrid: SendGrid, apiKey: string): void {
  const { mail, domains, webhooks, events, parse, publicKey } = sendGrid;
  app.register(async (api) => {
    api.addHook('onRequest', onlyWith(apiKey));
    // The public client says application/json even where it sends nothing.
    const json = api.getDefaultJsonParser('error', 'error');
    api.removeContentTypeParser('application/json');
    api.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) =>
      body === '' ? done(null, undefined) : json(request, String(body), done),
    );
    sendRoutes(api, mail, events);
    domainRoutes(api, domains);
    webhookRoutes(api, webhooks, publicKey);
    parseSettingRoutes(api, parse);
  });
  app.get('/mail/messages', () => mail.all());
}
