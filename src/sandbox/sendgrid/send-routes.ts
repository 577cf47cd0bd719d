import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { MailEvents } from './events.ts';
import { readMailRequest } from './mail-request.ts';
import type { MailStore } from './mail-store.ts';

/** SendGrid takes mails of up to 30 MB. */
const LARGEST_MAIL = 30 * 1024 * 1024;

/** What the account's key may do: send, read which domains are authenticated, and have events posted. */
const SCOPES = ['mail.send', 'whitelabel.read'].concat(
  ['read', 'create', 'update'].map((action) => `user.webhooks.event.settings.${action}`),
);

/** SendGrid's mail send API, and what its key may do. */
export function sendRoutes(app: FastifyInstance, store: MailStore, events: MailEvents): void {
  app.post('/v3/mail/send', { bodyLimit: LARGEST_MAIL }, async (request, reply) => {
    const outcome = readMailRequest(request.body);
    if ('errors' in outcome) return reply.code(400).send(outcome);
    const messageId = randomBytes(16).toString('base64url');
    const isOnlyChecked = outcome.mail.mail_settings?.sandbox_mode?.enable ?? false;
    if (isOnlyChecked) return reply.code(200).header('x-message-id', messageId).send();
    store.receive(outcome.mail, messageId);
    events.foresee(outcome.mail, messageId);
    return reply.code(202).header('x-message-id', messageId).send();
  });

  app.get('/v3/scopes', () => ({ scopes: SCOPES }));
}
