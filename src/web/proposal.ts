import type { FastifyInstance } from 'fastify';
import type { CustomerDesk } from '../loop/ports.ts';
import { forward, type Pages, show, showProblem } from './pages.ts';
import { type FormRoute, proofIn, type TokenRoute } from './token-form.ts';
import { seenRoute, visitNotes } from './visits.ts';

interface ProposalParts {
  desk: CustomerDesk;
  pages: Pages;
  visitorSalt: string;
}

/**
 * The page behind a link that proposes something: a choice, or an ask. Opening it records that the link was fetched;
 * its button accepts, and sends on to where an ask leads once that is durable.
 */
export function proposalRoutes(app: FastifyInstance, { desk, pages, visitorSalt }: ProposalParts): void {
  const noteVisit = visitNotes(desk, visitorSalt);

  app.get<TokenRoute>('/p/:token', (request, reply) => {
    const link = desk.openProposal(request.params.token);
    if ('problem' in link) return showProblem(reply, pages, link.problem, link);
    void noteVisit(request, 'fetched');
    return show(reply, 200, pages.proposal(link), link.kind === 'ask' ? 'anywhere' : 'to-us');
  });

  app.post<FormRoute>('/p/:token', async (request, reply) => {
    const accepted = await desk.accept(request.params.token, proofIn(request, visitorSalt));
    if ('problem' in accepted) return showProblem(reply, pages, accepted.problem, accepted);
    if (accepted.kind === 'ask' && accepted.leadsTo !== null) return forward(reply, accepted.leadsTo);
    return show(reply, 200, pages.accepted(accepted));
  });

  seenRoute(app, '/p', (token) => !('problem' in desk.openProposal(token)), noteVisit);
}
