/** What tells a machine's mail from a person's. Header names are in lower case. */
export interface MailSigns {
  headers: ReadonlyMap<string, string>;
  /** Where bounces of the mail would go; empty for the null return path, null where nobody tells. */
  returnPath: string | null;
  from: string;
  subject: string;
}

/** Out-of-office replies of clients that set no header, at the beginning of their subject. */
const AWAY = [
  /^(automatic reply|auto(matic)?[ -]?(reply|response|antwort)|out of (the )?office|away from|on (vacation|leave|holiday))\b/i,
  /^(automatische antwort|abwesenheit|abwesend|nicht im (büro|haus)|außer haus|im urlaub)/i,
  /^(réponse automatique|absence du bureau|absent)/i,
  /^(respuesta automática|fuera de la oficina|risposta automatica|fuori ufficio|resposta automática|automatisch antwoord)/i,
];
/** Mail servers that say that a mail did not arrive. */
const SERVERS = /^(mailer-daemon|postmaster|no-?reply|bounces?)([+-][^@]*)?@/i;

/**
 * Why a mail was written by a machine, in words; undefined for one that a person wrote. RFC 3834 names the header of
 * automatic replies, and the null return path; the rest is what mail systems do that came before it or do not keep to it.
 */
export function automaticBecause({ headers, returnPath, from, subject }: MailSigns): string | undefined {
  const header = (name: string) => headers.get(name)?.trim().toLowerCase() ?? '';
  const autoSubmitted = header('auto-submitted');
  if (autoSubmitted !== '' && !autoSubmitted.startsWith('no')) return `Auto-Submitted is ${autoSubmitted}`;
  for (const name of ['x-autoreply', 'x-autorespond', 'x-autoresponder', 'x-auto-reply-from', 'x-failed-recipients'])
    if (headers.has(name)) return `it has the header ${name}`;
  if (/^(bulk|auto_reply|junk|list)\b/.test(header('precedence'))) return `Precedence is ${header('precedence')}`;
  if (header('list-id') !== '') return 'it comes from a mailing list';
  if (header('content-type').startsWith('multipart/report')) return 'it is a report of a mail server';
  if (returnPath?.trim() === '' || header('return-path') === '<>') return 'it has no return path';
  if (SERVERS.test(addressIn(from))) return 'a mail server sent it';
  if (AWAY.some((away) => away.test(subject.trim()))) return 'its subject says that nobody is there';
  return undefined;
}

/** The address in `Ann Lee <ann@acme.example>`, or the text itself. */
export function addressIn(mailbox: string): string {
  return (/<([^<>]*)>\s*$/.exec(mailbox)?.[1] ?? mailbox).trim();
}
