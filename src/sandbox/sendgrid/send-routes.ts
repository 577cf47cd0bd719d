import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { readMailRequest } from './mail-request.ts';
import type { MailStore } from './mail-store.ts';

/** SendGrid takes mails of up to 30 MB. */
const LARGEST_MAIL = 30 * 1024 * 1024;

const UNAUTHORIZED = 'The provided authorization grant is invalid, expired, or revoked';

/** SendGrid's mail send API, and the mailbox as JSON for whoever wants to see what arrived. */
export function sendGridRoutes(app: FastifyInstance, store: MailStore, apiKey: string): void {
  app.post('/v3/mail/send', { bodyLimit: LARGEST_MAIL }, async (request, reply) => {
    if (request.headers.authorization !== `Bearer ${apiKey}`) {
      return reply.code(401).send({ errors: [{ message: UNAUTHORIZED, field: null, help: null }] });
    }
    const outcome = readMailRequest(request.body);
    if ('errors' in outcome) return reply.code(400).send(outcome);
    const messageId = randomBytes(16).toString('base64url');
    const isOnlyChecked = outcome.mail.mail_settings?.sandbox_mode?.enable ?? false;
    if (isOnlyChecked) return reply.code(200).header('x-message-id', messageId).send();
    store.receive(outcome.mail, messageId);
    return reply.code(202).header('x-message-id', messageId).send();
  });

  app.get('/mail/messages', () => store.all());
}
