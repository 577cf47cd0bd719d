import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AnswerDesk } from '../loop/ports.ts';
import { takeAnyBody } from './any-body.ts';
import type { TokenRoute } from './token-form.ts';
import { visitorOf } from './visitor.ts';

export type NoteVisit = (request: FastifyRequest<TokenRoute>, kind: 'fetched' | 'page-ran') => Promise<void>;

/** A visit is evidence that may be missed: a page must not wait for it or fail with it. */
export function visitNotes(desk: AnswerDesk, visitorSalt: string): NoteVisit {
  return async (request, kind) => {
    try {
      await desk.saw(request.params.token, visitorOf(request, visitorSalt), kind);
    } catch (error) {
      const name = error instanceof Error ? error.name : typeof error;
      request.log.warn({ kind, error: name }, 'A visit to a page could not be recorded.');
    }
  };
}

/** Where a page's script tells that it ran in a visible window: below the page's own address. */
export function seenRoute(
  app: FastifyInstance,
  page: string,
  isLink: (token: string) => boolean,
  noteVisit: NoteVisit,
): void {
  app.register(async (beacons) => {
    takeAnyBody(beacons);
    beacons.post<TokenRoute>(`${page}/:token/seen`, async (request, reply) => {
      if (!isLink(request.params.token)) return reply.code(404).send();
      await noteVisit(request, 'page-ran');
      return reply.code(204).send();
    });
  });
}
