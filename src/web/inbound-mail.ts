import multipart from '@fastify/multipart';
import type { FastifyError, FastifyInstance } from 'fastify';
import type { ReplyDesk } from '../loop/ports.ts';

export const INBOUND_PATH = '/webhooks/inbound';

/** SendGrid takes mails of 30 MB with their attachments (Inbound Parse Webhook, "total message size limit"). */
const LARGEST_CALL = 32 * 1024 * 1024;
/** Text that people write; what is longer is cut, never refused. */
const LARGEST_FIELD = 1024 * 1024;

/**
 * Where SendGrid's Inbound Parse posts mails. The secret in the path is asked for before anything is read, because
 * calls are large. Attachments are read past and not kept.
 */
export function inboundMailRoutes(app: FastifyInstance, desk: ReplyDesk): void {
  // SendGrid says in a field which character set the others are in, so their bytes are kept as they come.
  app.register(multipart, {
    defCharset: 'latin1',
    limits: { fieldSize: LARGEST_FIELD, fileSize: LARGEST_CALL, fields: 60, files: 100 },
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ error: error.name, code: error.code }, 'A reply could not be stored.');
    return reply.code(status).send();
  });

  app.post<{ Params: { secret: string } }>(
    `${INBOUND_PATH}/:secret`,
    {
      bodyLimit: LARGEST_CALL,
      onRequest: async ({ params }, reply) => {
        if (!desk.knows(params.secret)) await reply.code(404).send();
      },
    },
    async (request, reply) => {
      const fields: Record<string, string> = {};
      for await (const part of request.parts()) {
        if (part.type === 'file') part.file.resume();
        else fields[part.fieldname] = String(part.value);
      }
      await desk.take(fields);
      return reply.code(204).send();
    },
  );
}
