import type { Database } from 'better-sqlite3';
import type { Mailbox, MailRequest } from './mail-request.ts';

/** A mail as somebody finds it in their mailbox. People are written as `Jane Doe <jane@customer.example>`. */
export interface StoredMail {
  id: string;
  from: string;
  to: string;
  replyTo: string | null;
  subject: string;
  text: string | null;
  html: string | null;
  headers: Record<string, string>;
  /** ISO 8601, the sandbox's time. */
  sentAt: string;
}

export interface MailStore {
  /** Puts one mail per personalization into the mailbox. `messageId` is what SendGrid answers as X-Message-Id. */
  receive(mail: MailRequest, messageId: string): void;
  /** Newest last. */
  all(): StoredMail[];
  find(id: string): StoredMail | undefined;
  /** The request a mail came with, and which of its personalizations the mail is. */
  requestOf(id: string): { request: MailRequest; messageId: string; index: number } | undefined;
  clear(): void;
}

interface MailRow {
  mail: string;
}

/** Everybody's mailbox, in the sandbox's database. The request is kept whole: later events refer to its custom args. */
export function openMailStore(database: Database, now: () => Date): MailStore {
  database.exec(`CREATE TABLE IF NOT EXISTS mail_message (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, mail TEXT NOT NULL, request TEXT NOT NULL
  )`);
  const insert = database.prepare('INSERT INTO mail_message (id, mail, request) VALUES (?, ?, ?)');
  const everything = database.prepare<[], MailRow>('SELECT mail FROM mail_message ORDER BY position');
  const requestById = database.prepare<[string], { request: string }>('SELECT request FROM mail_message WHERE id = ?');
  const byId = database.prepare<[string], MailRow>('SELECT mail FROM mail_message WHERE id = ?');
  return {
    receive: database.transaction((request: MailRequest, messageId: string) => {
      for (const mail of mailsOf(request, messageId, now())) {
        insert.run(mail.id, JSON.stringify(mail), JSON.stringify(request));
      }
    }),
    all: () => everything.all().map(({ mail }) => JSON.parse(mail)),
    find(id) {
      const row = byId.get(id);
      return row && JSON.parse(row.mail);
    },
    requestOf(id) {
      const row = requestById.get(id);
      const dot = id.lastIndexOf('.');
      return row && { request: JSON.parse(row.request), messageId: id.slice(0, dot), index: Number(id.slice(dot + 1)) };
    },
    clear: () => void database.exec('DELETE FROM mail_message'),
  };
}

function mailsOf(request: MailRequest, messageId: string, sentAt: Date): StoredMail[] {
  const part = (type: string) => request.content.find((each) => each.type === type)?.value ?? null;
  return request.personalizations.map((personal, index) => ({
    id: `${messageId}.${index}`,
    from: written(request.from),
    to: personal.to.map(written).join(', '),
    replyTo: request.reply_to ? written(request.reply_to) : null,
    subject: personal.subject ?? request.subject ?? '',
    text: part('text/plain'),
    html: part('text/html'),
    headers: { ...request.headers, ...personal.headers },
    sentAt: sentAt.toISOString(),
  }));
}

/** RFC 5322: a name with anything but letters, digits and spaces stands in quotes. */
function written({ email, name }: Mailbox): string {
  if (!name) return email;
  const display = /^[\p{L}\p{N} ]+$/u.test(name) ? name : `"${name.replace(/["\\]/g, '\\$&')}"`;
  return `${display} <${email}>`;
}
