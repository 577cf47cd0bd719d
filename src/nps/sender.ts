/** A name with its address. */
interface Mailbox {
  name: string;
  email: string;
}

/** Who a mail is from and who gets its replies, or why nobody may send it, in a sentence with the way out. */
export type Sender = { from: Mailbox; replyTo: Mailbox } | { problem: string };

export interface SenderFacts {
  csm: Mailbox;
  company: string;
  /** Domains whose mails carry a valid signature, in lower case. */
  authenticated: ReadonlySet<string>;
  /** Address that sends where the CSM's own may not. */
  fallback: string | null;
}

/**
 * The large providers of private mailboxes. They publish DMARC policies that make mail which others send in their name
 * go to junk or bounce, and nobody but they can sign for these domains.
 */
const FREE_MAIL = new Set(
  ['gmail.com', 'googlemail.com', 'outlook.com', 'hotmail.com', 'hotmail.co.uk', 'live.com', 'msn.com'].concat(
    ['yahoo.com', 'yahoo.co.uk', 'yahoo.de', 'yahoo.fr', 'ymail.com', 'rocketmail.com', 'aol.com', 'aim.com'],
    ['icloud.com', 'me.com', 'mac.com', 'proton.me', 'protonmail.com', 'pm.me', 'gmx.de', 'gmx.net', 'gmx.com'],
    ['web.de', 't-online.de', 'freenet.de', 'mail.com', 'zoho.com', 'fastmail.com', 'tutanota.com', 'hey.com'],
    ['orange.fr', 'wanadoo.fr', 'free.fr', 'laposte.net', 'libero.it', 'comcast.net', 'verizon.net', 'att.net'],
    ['mail.ru', 'yandex.ru', 'yandex.com', 'qq.com', '163.com', '126.com', 'naver.com', 'uol.com.br'],
  ),
);

/** Why no mail may ever come from an address, as the end of a sentence; nothing when it may. */
export function unfitToSend(email: string): string | undefined {
  const domain = domainOf(email);
  if (domain === '') return 'it is no address';
  // Full-copy sandboxes append .invalid to the addresses of users (Salesforce Help, "Sandbox Types").
  if (isNowhere(email)) return 'addresses in .invalid lead nowhere';
  return FREE_MAIL.has(domain)
    ? `${domain} is a provider of private mailboxes, which lets nobody else send`
    : undefined;
}

/**
 * The CSM, where the address's own domain is authenticated; else the CSM's name at the company, from the fallback
 * address. Replies always reach the CSM, unless that address leads nowhere: then they go to the fallback.
 */
export function senderFor({ csm, company, authenticated, fallback }: SenderFacts): Sender {
  const domain = domainOf(csm.email);
  const unfit = unfitToSend(csm.email);
  if (!unfit && authenticated.has(domain)) return { from: csm, replyTo: csm };
  if (fallback !== null && !unfitToSend(fallback)) {
    const from = { name: company === '' ? csm.name : `${csm.name} at ${company}`, email: fallback };
    return { from, replyTo: isNowhere(csm.email) || domain === '' ? from : csm };
  }
  const why = unfit ?? `the domain ${domain} is not authenticated at SendGrid`;
  const wayOut = unfit ? 'Set MAIL_FALLBACK_FROM.' : 'Authenticate it there, or set MAIL_FALLBACK_FROM.';
  return { problem: `The CSM's address may not send, because ${why}. ${wayOut}` };
}

/** The part after the @, in lower case; empty when there is none. */
export function domainOf(email: string): string {
  const [, domain = ''] = /^[^@\s]+@([^@\s]+)$/.exec(email.trim()) ?? [];
  return domain.toLowerCase();
}

const isNowhere = (email: string): boolean => /(^|\.)invalid$/.test(domainOf(email));
