import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type Webhook, type Webhooks, webhookSettings } from './webhooks.ts';

type OfOne = { Params: { id: string } };
const MOST = 5;

/** SendGrid's settings of event webhooks. They are all signed with the account's one key. */
export function webhookRoutes(app: FastifyInstance, webhooks: Webhooks, publicKey: string): void {
  const path = '/v3/user/webhooks/event/settings';
  const refused = (message: string, field: string | null = null) => ({ errors: [{ message, field }] });

  app.get(`${path}/all`, () => ({ max_allowed: MOST, webhooks: webhooks.all() }));

  app.post(path, (request, reply) => {
    const settings = webhookSettings.safeParse(request.body);
    if (!settings.success) return reply.code(400).send(refused('the settings are not valid', 'url'));
    if (webhooks.all().length >= MOST) return reply.code(400).send(refused(`no more than ${MOST} webhooks`));
    const webhook: Webhook = { id: randomUUID(), ...settings.data };
    webhooks.keep(webhook);
    return reply.code(201).send(webhook);
  });

  app.patch<OfOne>(`${path}/:id`, (request, reply) => {
    const found = webhooks.find(request.params.id);
    if (!found) return reply.code(404).send(refused('no such webhook'));
    const settings = webhookSettings.safeParse({ ...found, ...asObject(request.body) });
    if (!settings.success) return reply.code(400).send(refused('the settings are not valid', 'url'));
    const webhook = { ...found, ...settings.data };
    webhooks.keep(webhook);
    return webhook;
  });

  app.patch<OfOne>(`${path}/signed/:id`, (request, reply) => {
    const found = webhooks.find(request.params.id);
    const wanted = z.object({ enabled: z.boolean() }).safeParse(request.body);
    if (!found) return reply.code(404).send(refused('no such webhook'));
    if (!wanted.success) return reply.code(400).send(refused('enabled is true or false', 'enabled'));
    const { public_key: _, ...unsigned } = found;
    webhooks.keep(wanted.data.enabled ? { ...unsigned, public_key: publicKey } : unsigned);
    return { id: found.id, public_key: wanted.data.enabled ? publicKey : '' };
  });
}

const asObject = (body: unknown): object => (typeof body === 'object' && body !== null ? body : {});
