// The limit: Fastify that reads the same form and answers the same page under the same headers, and does nothing else.
import formBody from '@fastify/formbody';
import Fastify from 'fastify';
import { answerOrders } from '../helper-process.ts';

export interface BareServerOrder {
  page: string;
  headers: Record<string, string>;
}

answerOrders(async ({ page, headers }: BareServerOrder): Promise<{ url: string }> => {
  const app = Fastify({ routerOptions: { maxParamLength: 500 } });
  app.register(formBody);
  app.post('/a/:token', (_request, reply) => reply.headers(headers).send(page));
  return { url: await app.listen({ port: 0, host: '127.0.0.1' }) };
});
