import { createHash } from 'node:crypto';
import EmailReplyParser from 'email-reply-parser';
import { convert } from 'html-to-text';
import { z } from 'zod';
import type { InboundMail } from '../loop/ports.ts';

/** The fields of one call of SendGrid's Inbound Parse, each byte a character. */
export type InboundFields = Readonly<Record<string, string>>;

/** What is longer was not written by hand; parsing it would hold up everybody else. */
const LONGEST_TEXT = 100_000;

const json = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .default('{}')
    .transform((text) => parsed(text))
    .pipe(schema);
const charsets = json(z.record(z.string(), z.string()).catch({}));
const envelope = json(z.object({ to: z.array(z.string()).catch([]), from: z.string().nullable().catch(null) }));
const attachmentInfo = json(
  z.record(z.string(), z.object({ filename: z.string().catch('') }).catch({ filename: '' })).catch({}),
);

/**
 * Reads a mail as SendGrid's Inbound Parse posts it: fields in the character sets that `charsets` names, the raw
 * headers, the SMTP envelope. A reply is what stands above the quoted mail and the signature; a mail in HTML alone is
 * turned into text first. https://www.twilio.com/docs/sendgrid/for-developers/parsing-email/setting-up-the-inbound-parse-webhook
 */
export function readInboundMail(fields: InboundFields): InboundMail {
  const sets = charsets.parse(fields.charsets);
  const field = (name: string) => decoded(fields[name] ?? '', sets[name]);
  const { to, from: returnPath } = envelope.parse(fields.envelope);
  const headers = headersIn(field('headers'));
  const text = field('text');
  const written = text.trim() === '' ? textOf(field('html')) : text;
  const fullText = written.slice(0, LONGEST_TEXT).replaceAll('\r\n', '\n').trim();
  const reply = new EmailReplyParser().read(fullText).getVisibleText().trim();
  const attachments = Object.values(attachmentInfo.parse(fields['attachment-info'])).map(({ filename }) => filename);
  return {
    id: identityOf(headers, [field('from'), field('subject'), headers.get('date') ?? '', fullText]),
    recipients: [...to, ...field('to').split(',')],
    from: field('from').trim(),
    subject: field('subject').trim(),
    headers,
    returnPath,
    reply,
    fullText,
    attachments,
  };
}

/** By RFC 5322 every mail has a name of its own; for one that has none, what it says is its name. */
function identityOf(headers: ReadonlyMap<string, string>, facts: readonly string[]): string {
  const name = headers.get('message-id') ?? facts.join('\n');
  return createHash('sha256').update(name).digest('hex');
}

function decoded(bytes: string, charset = 'utf-8'): string {
  const buffer = Buffer.from(bytes, 'latin1');
  try {
    return new TextDecoder(charset).decode(buffer);
  } catch {
    // A character set nobody knows: most letters are the same in all of them.
    return buffer.toString('utf8');
  }
}

/** Folded lines belong to the header before them; of several of one name the first counts. */
function headersIn(raw: string): Map<string, string> {
  const headers = new Map<string, string>();
  for (const line of raw.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const [, name, value = ''] = /^([\w-]+):\s*(.*)$/.exec(line) ?? [];
    if (name && !headers.has(name.toLowerCase())) headers.set(name.toLowerCase(), value.trim());
  }
  return headers;
}

function textOf(html: string): string {
  return html === '' ? '' : convert(html, { wordwrap: false, limits: { maxInputLength: 4 * LONGEST_TEXT } });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
