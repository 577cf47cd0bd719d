import type { FastifyRequest } from 'fastify';
import type { AnswerForm } from '../loop/ports.ts';
import { visitorOf } from './visitor.ts';

/** A page of ours, whose address ends with the token of its link. */
export type TokenRoute = { Params: { token: string } };

/** A form that such a page posts; without a script it is as a browser sends it. */
export type FormRoute = TokenRoute & { Body: Record<string, string | string[]> | undefined };

/** What the form says about who posted it: the page's script tells that it ran, and that a person pressed the button. */
export function proofIn(
  request: FastifyRequest<FormRoute>,
  visitorSalt: string,
): Pick<AnswerForm, 'gesture' | 'script' | 'visitor'> {
  const { pressed, seen } = request.body ?? {};
  return { gesture: pressed === 'yes', script: seen === 'yes', visitor: () => visitorOf(request, visitorSalt) };
}
