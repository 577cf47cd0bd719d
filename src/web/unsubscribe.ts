import type { FastifyInstance } from 'fastify';
import type { AnswerDesk } from '../loop/ports.ts';
import { takeAnyBody } from './any-body.ts';
import { type Pages, show, showProblem } from './pages.ts';
import type { TokenRoute } from './token-form.ts';

/**
 * Opening the page changes nothing, as scanners open it, too; posting to it unsubscribes, from the page's button or
 * from a mail client's (RFC 8058, which may post a multipart or a urlencoded form; neither says more than the link).
 */
export function unsubscribeRoutes(app: FastifyInstance, { desk, pages }: { desk: AnswerDesk; pages: Pages }): void {
  app.get<TokenRoute>('/u/:token', (request, reply) => {
    const link = desk.openUnsubscribe(request.params.token);
    if ('problem' in link) return showProblem(reply, pages, link.problem, link);
    return show(reply, 200, pages.unsubscribe(link));
  });

  app.register(async (posts) => {
    takeAnyBody(posts);
    posts.post<TokenRoute>('/u/:token', async (request, reply) => {
      const done = await desk.unsubscribe(request.params.token);
      if ('problem' in done) return showProblem(reply, pages, done.problem, done);
      return show(reply, 200, pages.unsubscribed(done));
    });
  });
}
