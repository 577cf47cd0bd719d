import { hash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';

/** Names a visitor so that two can be told apart but neither known: 16 hex digits, the same on every replica. */
export function visitorOf(request: FastifyRequest, salt: string): string {
  return hash('sha256', `${salt}\n${request.ip}\n${request.headers['user-agent'] ?? ''}`).slice(0, 16);
}
