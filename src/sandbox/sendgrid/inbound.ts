import { randomUUID } from 'node:crypto';
import type { StoredMail } from './mail-store.ts';
import type { ParseSettings } from './parse-settings.ts';

/** A mail that somebody writes back. */
export interface WrittenReply {
  text: string;
  /** An out-of-office reply, as mail programs send it by themselves. */
  automatic?: boolean;
}

const PATIENCE_MS = 10_000;

/** Where a reply to a mail goes. */
export function replyAddressOf({ replyTo, from }: StoredMail): string {
  const mailbox = replyTo ?? from;
  return /<([^<>]*)>$/.exec(mailbox)?.[1] ?? mailbox;
}

/** The HTTP status with which a reply was taken; undefined where nobody asked for mails of that domain. */
export async function postReply(
  mail: StoredMail,
  written: WrittenReply,
  { parse, now }: { parse: ParseSettings; now: () => Date },
): Promise<number | undefined> {
  const to = replyAddressOf(mail);
  const setting = parse.forAddress(to);
  if (!setting) return undefined;
  const response = await fetch(setting.url, {
    method: 'POST',
    body: formOf(mail, to, written, now()),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  return response.status;
}

/** The fields that SendGrid posts; the mail quotes what it replies to, as mail programs do. */
function formOf(mail: StoredMail, to: string, { text, automatic }: WrittenReply, now: Date): FormData {
  const sender = /<([^<>]*)>$/.exec(mail.to)?.[1] ?? mail.to;
  const subject = automatic ? `Automatic reply: ${mail.subject}` : `Re: ${mail.subject}`;
  const headers = [
    `Message-ID: <${randomUUID()}@customer.example>`,
    `Date: ${now.toUTCString()}`,
    `From: ${mail.to}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    ...(automatic ? ['Auto-Submitted: auto-replied', 'X-Auto-Response-Suppress: All'] : []),
    'Content-Type: text/plain; charset="utf-8"',
  ];
  const quoted = (mail.text ?? '').split('\n').map((line) => `> ${line}`);
  const form = new FormData();
  const fields: Record<string, string> = {
    ...{ headers: `${headers.join('\n')}\n`, from: mail.to, to, subject },
    text: automatic ? text : [text, '', `On ${now.toUTCString()}, ${mail.from} wrote:`, ...quoted].join('\n'),
    envelope: JSON.stringify({ to: [to], from: automatic ? '' : sender }),
    charsets: JSON.stringify({ to: 'UTF-8', from: 'UTF-8', subject: 'UTF-8', text: 'utf-8' }),
    ...{ dkim: '{@customer.example : pass}', SPF: 'pass', sender_ip: '192.0.2.1', attachments: '0' },
  };
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}
