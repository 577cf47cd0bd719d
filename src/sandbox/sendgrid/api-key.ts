import type { FastifyReply, FastifyRequest } from 'fastify';

const UNAUTHORIZED = 'The provided authorization grant is invalid, expired, or revoked';

/** A hook that lets nobody in without the account's key. */
export function onlyWith(apiKey: string) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    if (request.headers.authorization === `Bearer ${apiKey}`) return undefined;
    return reply.code(401).send({ errors: [{ message: UNAUTHORIZED, field: null, help: null }] });
  };
}
