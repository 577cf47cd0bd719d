/** What became of a mail, as its provider tells it. */
export type MailEventKind = 'delivered' | 'bounced' | 'blocked' | 'dropped' | 'spam-report' | 'unsubscribed';

export interface MailOutcome {
  kind: MailEventKind;
  /** Why a mail was dropped, where it says something about the contact. */
  cause?: ContactNews | undefined;
}

/** What a mail's fate says about its contact: the address takes no mail, or the person wants none of ours. */
export type ContactNews = 'dead-address' | 'unwanted';

/** Everything that is ever told about an invitation's mail. */
export type MailFact = 'sent' | 'refused' | MailEventKind;

/** A survey's way, in the order in which later knowledge overrules earlier. An answer overrules everything. */
const WAY = ['Queued', 'Sent', 'Delivered', 'Failed', 'Bounced', 'Responded'];

const STATUS: Partial<Record<MailFact, string>> = {
  sent: 'Sent',
  refused: 'Failed',
  delivered: 'Delivered',
  blocked: 'Failed',
  dropped: 'Failed',
  bounced: 'Bounced',
};

/**
 * The status of a survey after something was told about its mail. Nothing told is ever lowered, so the order of telling
 * does not matter: events come late, twice and in any order. A survey that has left the way (cancelled, expired) stays.
 */
export function statusAfter(status: string, fact: MailFact): string {
  const told = STATUS[fact];
  return told !== undefined && WAY.includes(status) && WAY.indexOf(told) > WAY.indexOf(status) ? told : status;
}

/** True when the mail reached nobody, so that nobody was asked. */
export function reachedNobody(kind: MailEventKind): boolean {
  return kind === 'bounced' || kind === 'blocked' || kind === 'dropped';
}

/** What an event says about the contact, if anything. A blocked mail says nothing: its server may take the next one. */
export function contactNews({ kind, cause }: MailOutcome): ContactNews | undefined {
  if (kind === 'bounced') return 'dead-address';
  if (kind === 'spam-report' || kind === 'unsubscribed') return 'unwanted';
  return kind === 'dropped' ? cause : undefined;
}

const WHY = {
  bounced: { code: 'BOUNCED', sentence: 'The address does not take mail' },
  blocked: { code: 'MAIL_BLOCKED', sentence: 'The receiving server refused the mail' },
  dropped: { code: 'MAIL_DROPPED', sentence: 'The mail provider did not send the mail' },
} as const;

export type UndeliveredCode = (typeof WHY)[keyof typeof WHY]['code'];

const REASON_LIMIT = 255;

/** Why a survey reached nobody, as a code and a sentence; nothing for events that do not say so. */
export function whyUndelivered(
  kind: MailEventKind,
  reason: string,
): { code: UndeliveredCode; reason: string } | undefined {
  if (kind !== 'bounced' && kind !== 'blocked' && kind !== 'dropped') return undefined;
  const { code, sentence } = WHY[kind];
  return { code, reason: (reason === '' ? `${sentence}.` : `${sentence}: ${reason}`).slice(0, REASON_LIMIT) };
}

/** True when mail to an address was returned before; addresses are compared as people write them, in any case. */
export function isDeadAddress(email: string | null, returned: string | null): boolean {
  return email !== null && returned !== null && email.trim().toLowerCase() === returned.trim().toLowerCase();
}
