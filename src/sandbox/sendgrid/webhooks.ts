import type { Database } from 'better-sqlite3';
import { z } from 'zod';

const flag = z.boolean().default(false);

/** An event webhook's settings as `POST /v3/user/webhooks/event/settings` takes them. */
export const webhookSettings = z.object({
  enabled: z.boolean().default(true),
  url: z.url(),
  friendly_name: z.string().default(''),
  ...{ processed: flag, deferred: flag, delivered: flag, bounce: flag, dropped: flag, open: flag, click: flag },
  ...{ spam_report: flag, unsubscribe: flag, group_unsubscribe: flag, group_resubscribe: flag },
});

export interface Webhook extends z.infer<typeof webhookSettings> {
  id: string;
  /** Set while its calls are signed. */
  public_key?: string;
}

export interface Webhooks {
  all(): Webhook[];
  find(id: string): Webhook | undefined;
  keep(webhook: Webhook): void;
}

/** The account's event webhooks, in the sandbox's database. */
export function openWebhooks(database: Database): Webhooks {
  database.exec('CREATE TABLE IF NOT EXISTS sendgrid_webhook (id TEXT PRIMARY KEY, webhook TEXT NOT NULL)');
  const upsert = database.prepare('INSERT OR REPLACE INTO sendgrid_webhook (id, webhook) VALUES (?, ?)');
  const everything = database.prepare<[], { webhook: string }>('SELECT webhook FROM sendgrid_webhook ORDER BY id');
  const all = (): Webhook[] => everything.all().map(({ webhook }) => JSON.parse(webhook));
  return {
    all,
    find: (wanted) => all().find(({ id }) => id === wanted),
    keep: (webhook) => void upsert.run(webhook.id, JSON.stringify(webhook)),
  };
}
