import type { Database } from 'better-sqlite3';
import type { FastifyInstance } from 'fastify';
import { onlyWith } from './api-key.ts';
import { domainRoutes } from './domain-routes.ts';
import { type Domains, openDomains } from './domains.ts';
import { type MailStore, openMailStore } from './mail-store.ts';
import { sendRoutes } from './send-routes.ts';

/** A SendGrid account and everybody's mailbox. */
export interface SendGrid {
  mail: MailStore;
  domains: Domains;
  reset(): void;
}

/** @param domain the domain the account signs for from the start */
export function openSendGrid(database: Database, now: () => Date, domain: string): SendGrid {
  const mail = openMailStore(database, now);
  const domains = openDomains(database, domain);
  return {
    mail,
    domains,
    reset() {
      mail.clear();
      domains.reset();
    },
  };
}

/** SendGrid's API behind its key, and the mailbox as JSON for whoever wants to see what arrived. */
export function sendGridRoutes(app: FastifyInstance, { mail, domains }: SendGrid, apiKey: string): void {
  app.register(async (api) => {
    api.addHook('onRequest', onlyWith(apiKey));
    // The public client says application/json even where it sends nothing.
    const json = api.getDefaultJsonParser('error', 'error');
    api.removeContentTypeParser('application/json');
    api.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) =>
      body === '' ? done(null, undefined) : json(request, String(body), done),
    );
    sendRoutes(api, mail);
    domainRoutes(api, domains);
  });
  app.get('/mail/messages', () => mail.all());
}
