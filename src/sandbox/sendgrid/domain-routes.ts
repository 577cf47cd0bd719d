import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Domains } from './domains.ts';

const paging = z.object({
  limit: z.coerce.number().int().min(1).max(50).default(50),
  offset: z.coerce.number().int().min(0).default(0),
});
const wanted = z.object({ domain: z.string().regex(/^[^\s@]+\.[^\s@.]+$/) });

/** SendGrid's domain authentication: list, add, validate. Nobody asks the DNS here: what is validated is valid. */
export function domainRoutes(app: FastifyInstance, domains: Domains): void {
  const path = '/v3/whitelabel/domains';
  const refused = (message: string, field: string | null = null) => ({ errors: [{ message, field }] });

  app.get(path, (request, reply) => {
    const page = paging.safeParse(request.query);
    if (!page.success) return reply.code(400).send(refused('limit is 1 to 50, offset 0 or more'));
    return domains.page(page.data.limit, page.data.offset);
  });

  app.post(path, (request, reply) => {
    const body = wanted.safeParse(request.body);
    if (!body.success) return reply.code(400).send(refused('invalid domain', 'domain'));
    return reply.code(201).send(domains.add(body.data.domain));
  });

  app.post<{ Params: { id: string } }>(`${path}/:id/validate`, (request, reply) => {
    const domain = domains.validate(Number(request.params.id));
    if (!domain) return reply.code(404).send(refused('domain not found'));
    return { id: domain.id, valid: domain.valid, validation_results: {} };
  });
}
