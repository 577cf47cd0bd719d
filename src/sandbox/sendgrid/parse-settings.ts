import type { Database } from 'better-sqlite3';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

const parseSetting = z.object({
  hostname: z.string().min(1).toLowerCase(),
  url: z.url(),
  spam_check: z.boolean().default(false),
  send_raw: z.boolean().default(false),
});

/** Where mails that come in at a domain are posted. */
export type ParseSetting = z.infer<typeof parseSetting>;

export interface ParseSettings {
  all(): ParseSetting[];
  /** The setting for an address's domain. */
  forAddress(address: string): ParseSetting | undefined;
  keep(setting: ParseSetting): void;
}

/** The account's settings of Inbound Parse, in the sandbox's database. */
export function openParseSettings(database: Database): ParseSettings {
  database.exec('CREATE TABLE IF NOT EXISTS sendgrid_parse (hostname TEXT PRIMARY KEY, setting TEXT NOT NULL)');
  const upsert = database.prepare('INSERT OR REPLACE INTO sendgrid_parse (hostname, setting) VALUES (?, ?)');
  const everything = database.prepare<[], { setting: string }>('SELECT setting FROM sendgrid_parse ORDER BY hostname');
  const all = (): ParseSetting[] => everything.all().map(({ setting }) => JSON.parse(setting));
  return {
    all,
    forAddress(address) {
      const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
      return all().find(({ hostname }) => hostname === domain);
    },
    keep: (setting) => void upsert.run(setting.hostname, JSON.stringify(setting)),
  };
}

export function parseSettingRoutes(app: FastifyInstance, parse: ParseSettings): void {
  const path = '/v3/user/webhooks/parse/settings';
  const refused = (message: string, field: string | null = null) => ({ errors: [{ message, field }] });

  app.get(path, () => ({ result: parse.all() }));

  app.post(path, (request, reply) => {
    const setting = parseSetting.safeParse(request.body);
    if (!setting.success) return reply.code(400).send(refused('the settings are not valid', 'url'));
    if (parse.all().some(({ hostname }) => hostname === setting.data.hostname))
      return reply.code(400).send(refused('this hostname has already been used', 'hostname'));
    parse.keep(setting.data);
    return reply.code(201).send(setting.data);
  });

  app.patch<{ Params: { hostname: string } }>(`${path}/:hostname`, (request, reply) => {
    const found = parse.all().find(({ hostname }) => hostname === request.params.hostname);
    if (!found) return reply.code(404).send(refused('no such hostname'));
    const body = typeof request.body === 'object' ? request.body : {};
    const setting = parseSetting.safeParse({ ...found, ...body, hostname: found.hostname });
    if (!setting.success) return reply.code(400).send(refused('the settings are not valid', 'url'));
    parse.keep(setting.data);
    return setting.data;
  });
}
