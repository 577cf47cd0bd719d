import type { FastifyError, FastifyInstance } from 'fastify';
import type { MailEventDesk } from '../loop/ports.ts';

export const MAIL_EVENTS_PATH = '/webhooks/sendgrid';

/** SendGrid posts when 768 KB have gathered; what is larger does not come from there. */
const LARGEST_CALL = 2 * 1024 * 1024;
const STATUS = { taken: 204, refused: 403, unreadable: 400 } as const;

/** Where the mail provider tells what became of mails. The body stays as it came, because its bytes are what is signed. */
export function mailEventRoutes(app: FastifyInstance, desk: MailEventDesk): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: LARGEST_CALL }, (_request, body, done) =>
    done(null, body),
  );
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ error: error.name, code: error.code }, 'Mail events could not be stored.');
    return reply.code(status).send();
  });

  app.post(MAIL_EVENTS_PATH, { bodyLimit: LARGEST_CALL }, async ({ headers, body }, reply) => {
    const outcome = await desk.take({
      signature: oneOf(headers['x-twilio-email-event-webhook-signature']),
      timestamp: oneOf(headers['x-twilio-email-event-webhook-timestamp']),
      body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
    });
    return reply.code(STATUS[outcome]).send();
  });
}

const oneOf = (header: string | string[] | undefined): string | undefined =>
  typeof header === 'string' ? header : undefined;
