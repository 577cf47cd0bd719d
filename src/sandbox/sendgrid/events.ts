import { randomBytes } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { type Fate, fatesOf, flagOf, saidOf } from './fate.ts';
import type { MailRequest } from './mail-request.ts';
import type { SigningKey } from './signing-key.ts';
import type { Webhooks } from './webhooks.ts';

export interface MailEvents {
  /** What will be heard of a mail that was taken, a minute later. */
  foresee(mail: MailRequest, messageId: string): void;
  /** Something becomes of one of a request's mails now; resolves once it was posted. */
  happen(fate: Fate, mail: MailRequest, messageId: string, index: number): Promise<void>;
  /** Posts what fell due, batches of a thousand; what is not taken is tried again with the next call. */
  post(): Promise<void>;
  clear(): void;
  /** Breaks off what is being posted; it is posted at the next start. */
  close(): Promise<void>;
}

interface World {
  database: Database;
  webhooks: Webhooks;
  key: SigningKey;
  now: () => Date;
  /** The machine's time, by which calls are signed. */
  wall: () => Date;
}

interface DueEvent {
  position: number;
  webhook: string;
  event: string;
}

/** A mail server takes its time. By the sandbox's clock, so that travellers meet it and nobody has to wait. */
const UNTIL_HEARD_MS = 60_000;
const BATCH = 1000;
const PATIENCE_MS = 5_000;

/** Events of mails on their way to the webhooks that want them, in the sandbox's database. */
export function openMailEvents({ database, webhooks, key, now, wall }: World): MailEvents {
  database.exec(`CREATE TABLE IF NOT EXISTS sendgrid_event (
    position INTEGER PRIMARY KEY, webhook TEXT NOT NULL, due INTEGER NOT NULL, event TEXT NOT NULL
  )`);
  const insert = database.prepare<[string, number, string]>(
    'INSERT INTO sendgrid_event (webhook, due, event) VALUES (?, ?, ?)',
  );
  const dueNow = database.prepare<[string, number], DueEvent>(
    `SELECT * FROM sendgrid_event WHERE webhook = ? AND due <= ? ORDER BY position LIMIT ${BATCH}`,
  );
  const remove = database.prepare<[string, number]>('DELETE FROM sendgrid_event WHERE webhook = ? AND position = ?');

  const closing = new AbortController();

  const keep = (fate: Fate, event: object, due: number) => {
    for (const webhook of webhooks.all()) {
      const wants =
        webhook.enabled && Object.entries(webhook).some(([name, on]) => name === flagOf(fate) && on === true);
      if (wants) insert.run(webhook.id, due, JSON.stringify(event));
    }
  };

  const postTo = async (id: string) => {
    for (;;) {
      const webhook = webhooks.find(id);
      const events = dueNow.all(id, now().getTime());
      if (!webhook || events.length === 0) return;
      const body = `[${events.map(({ event }) => event).join(',')}]`;
      const timestamp = Math.floor(wall().getTime() / 1000);
      const headers = webhook.public_key ? key.headersFor(body, timestamp) : { 'content-type': 'application/json' };
      const isTaken = await fetch(webhook.url, {
        method: 'POST',
        headers,
        body,
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(PATIENCE_MS)]),
      }).then(
        ({ ok }) => ok,
        () => false,
      );
      if (!isTaken) return;
      for (const { position } of events) remove.run(id, position);
    }
  };

  let posting: Promise<unknown> = Promise.resolve();
  const post = () => {
    const round = posting.then(async () => void (await Promise.all(webhooks.all().map(({ id }) => postTo(id)))));
    posting = round;
    return round;
  };

  return {
    foresee(mail, messageId) {
      const due = now().getTime() + UNTIL_HEARD_MS;
      for (const [index, { to }] of mail.personalizations.entries())
        for (const fate of fatesOf(to[0]?.email ?? '')) keep(fate, eventOf(fate, mail, messageId, index, due), due);
    },
    happen(fate, mail, messageId, index) {
      const due = now().getTime();
      keep(fate, eventOf(fate, mail, messageId, index, due), due);
      return post();
    },
    post,
    clear: () => void database.exec('DELETE FROM sendgrid_event'),
    async close() {
      closing.abort();
      await posting;
    },
  };
}

/** As SendGrid posts it: custom arguments stand among the event's own fields. */
function eventOf(fate: Fate, mail: MailRequest, messageId: string, index: number, at: number): object {
  const personal = mail.personalizations[index];
  return {
    ...mail.custom_args,
    ...personal?.custom_args,
    email: personal?.to[0]?.email ?? '',
    timestamp: Math.floor(at / 1000),
    'smtp-id': `<${messageId}@geopod-ismtpd-sandbox>`,
    sg_event_id: randomBytes(16).toString('base64url'),
    sg_message_id: `${messageId}.recvd-sandbox-${index}`,
    ...saidOf(fate),
  };
}
