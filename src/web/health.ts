import type { FastifyInstance } from 'fastify';

export type Readiness = () => Promise<{ ready: boolean; idle: boolean; standby: boolean }>;

/** `/healthz`: the process runs. `/readyz`: it can do its work (200 or 503), whether it has any left (`idle`), and whether another installation sends the mails (`standby`). */
export function healthRoutes(app: FastifyInstance, readiness: Readiness): void {
  app.get('/healthz', (_request, reply) => reply.header('cache-control', 'no-store').send({ alive: true }));

  app.get('/readyz', async (_request, reply) => {
    const state = await readiness();
    return reply
      .code(state.ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(state);
  });
}
