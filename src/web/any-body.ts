import type { FastifyInstance } from 'fastify';

/** Reads and drops bodies of every type, for routes whose address says it all. */
export function takeAnyBody(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, _body, done) => done(null, undefined));
}
