import type { FastifyInstance } from 'fastify';
import type { AnswerDesk, AnswerForm } from '../loop/ports.ts';
import { type Pages, show, showProblem } from './pages.ts';
import { type FormRoute, proofIn, type TokenRoute } from './token-form.ts';
import { verbatimFrom } from './verbatim.ts';
import { seenRoute, visitNotes } from './visits.ts';

interface AnswerParts {
  desk: AnswerDesk;
  pages: Pages;
  visitorSalt: string;
}

/**
 * The page behind a score link. Opening it records that a link was fetched, never a score: mail scanners open every
 * link. The posted form is the answer, and the same form posted again is its correction.
 */
export function answerRoutes(app: FastifyInstance, { desk, pages, visitorSalt }: AnswerParts): void {
  const noteVisit = visitNotes(desk, visitorSalt);

  app.get<TokenRoute>('/a/:token', (request, reply) => {
    const { token } = request.params;
    const link = desk.open(token);
    if ('problem' in link) return showProblem(reply, pages, link.problem, link);
    void noteVisit(request, 'fetched');
    return show(reply, 200, pages.answer(link));
  });

  app.post<FormRoute>('/a/:token', async (request, reply) => {
    const { token } = request.params;
    const form = { ...answerIn(request.body ?? {}), ...proofIn(request, visitorSalt) };
    const given = await desk.give(token, form);
    if (!('problem' in given)) return show(reply, 200, pages.thanks(given, form.verbatim));
    // The form is shown again with what was typed, unless the link itself is the problem.
    const link = given.problem === 'bad-score' ? desk.open(token) : given;
    if ('problem' in link) return showProblem(reply, pages, link.problem, link);
    return show(reply, 400, pages.withoutScore(link, form.verbatim));
  });

  seenRoute(app, '/a', (token) => !('problem' in desk.open(token)), noteVisit);
}

/** A score given twice is no score: which one was meant cannot be known. */
function answerIn({ score, comment }: NonNullable<FormRoute['Body']>): Pick<AnswerForm, 'score' | 'verbatim'> {
  return {
    score: typeof score === 'string' ? score : '',
    verbatim: verbatimFrom(Array.isArray(comment) ? comment.join('\n') : (comment ?? '')),
  };
}
