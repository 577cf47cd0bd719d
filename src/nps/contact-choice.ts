import { privacyRefusal } from './consent.ts';
import type { ContactFacts, Reachable, SuppressionCode } from './eligibility.ts';
import { isExcluded, type Settings } from './settings.ts';

/** Why one contact may not be asked, in a sentence about "the contact". */
export interface ContactRefusal {
  contact: ContactFacts;
  code: SuppressionCode;
  reason: string;
  /** The first UTC day (since 1970-01-01) on which the contact could be asked again, where days alone are in the way. */
  freeOn?: number;
}

/** What one contact is judged by. */
export interface ContactRules {
  settings: Pick<Settings, 'consentCountries' | 'excludedDomains' | 'contactRole'>;
  mayBeMailed: (email: string) => boolean;
  /** False for a mail that asks nothing: days between surveys and leaving surveys do not concern it. */
  isAsked: boolean;
  /** The refusal of somebody who was asked too recently, or undefined. */
  askedRecently: (contact: ContactFacts) => ContactRefusal | undefined;
}

/**
 * Who is asked: the contact the event named (the case's), then those with the configured role at the account, then its
 * primary contact, then whoever was active last; the one entered first where all that is the same. Only who may be
 * asked is chosen; where nobody may, the refusal of the first in this order is told.
 */
export function chooseContact(
  contacts: readonly ContactFacts[],
  named: string | undefined,
  rules: ContactRules,
): { chosen: Reachable<ContactFacts> } | { refused: ContactRefusal | undefined } {
  const judged = inOrder(contacts, named, rules.settings.contactRole).map((contact) => judge(contact, rules));
  const chosen = judged.find((judgement) => 'chosen' in judgement);
  if (chosen) return chosen;
  const [first, ...others] = judged.flatMap((judgement) => ('refused' in judgement ? [judgement.refused] : []));
  if (!first || others.length === 0) return { refused: first };
  return { refused: { ...first, reason: `${first.reason} Nobody else at the account may be asked either.` } };
}

/** Contacts in the order in which they would be asked. */
export function inOrder(
  contacts: readonly ContactFacts[],
  named: string | undefined,
  role: string | null,
): ContactFacts[] {
  const lastActive = ({ lastActiveOn }: ContactFacts) => lastActiveOn ?? '';
  return contacts.toSorted(
    (one, other) =>
      rankOf(one, named, role) - rankOf(other, named, role) || lastActive(other).localeCompare(lastActive(one)),
  );
}

/** Why a contact comes where it does, to be said after "because". */
export function whyAsked(contact: ContactFacts, named: string | undefined, role: string | null): string {
  const reasons = [
    'the event names them',
    `they hold the role "${role}" at the account`,
    'they are its primary contact',
    'they were active last, or entered first',
  ];
  return reasons[rankOf(contact, named, role)] ?? '';
}

function rankOf(contact: ContactFacts, named: string | undefined, role: string | null): 0 | 1 | 2 | 3 {
  if (contact.id === named) return 0;
  if (role !== null && contact.roles.some((held) => held.toLowerCase() === role.toLowerCase())) return 1;
  return contact.primary ? 2 : 3;
}

/** Why somebody who was chosen may not be written to after all, whatever else there is; days between surveys are kept already. */
export function refusalOf(
  contact: ContactFacts,
  rules: Pick<ContactRules, 'settings' | 'mayBeMailed'>,
): ContactRefusal | undefined {
  const judgement = judge(contact, { ...rules, isAsked: true, askedRecently: () => undefined });
  return 'refused' in judgement ? judgement.refused : undefined;
}

type Judgement = { chosen: Reachable<ContactFacts> } | { refused: ContactRefusal };

function judge(contact: ContactFacts, rules: ContactRules): Judgement {
  const refuse = (code: SuppressionCode, reason: string) => ({ refused: { contact, code, reason } });
  const { email } = contact;
  if (email === null) return refuse('NO_ADDRESS', 'The contact has no email address.');
  if (!isUsable(email)) return refuse('NO_ADDRESS', `The contact's address ${email} cannot be mailed.`);
  if (isExcluded(email, rules.settings.excludedDomains)) {
    return refuse('EXCLUDED_DOMAIN', "The contact's address is in a domain that is excluded in the settings.");
  }
  if (contact.bounced) return refuse('BOUNCED', "Mail to the contact's address bounced.");
  if (rules.isAsked && contact.surveyOptOut) return refuse('CONTACT_OPTED_OUT', 'The contact opted out of surveys.');
  if (contact.emailOptOut === null) {
    return refuse(
      'EMAIL_OPT_OUT_HIDDEN',
      'The service cannot read Contact.HasOptedOutOfEmail. Grant it to NPS_Integration.',
    );
  }
  if (contact.emailOptOut) return refuse('EMAIL_OPTED_OUT', 'The contact opted out of all email.');
  const unwanted = privacyRefusal(contact.privacy, rules.settings);
  if (unwanted) return refuse(unwanted.code, unwanted.reason);
  const recently = rules.isAsked ? rules.askedRecently(contact) : undefined;
  if (recently) return { refused: recently };
  if (!rules.mayBeMailed(email)) {
    return refuse('NOT_ON_ALLOW_LIST', 'This org is a sandbox and the address is not on MAIL_ALLOWLIST.');
  }
  return { chosen: { ...contact, email } };
}

/** False for what no mail server takes: no domain with a dot, or the `.invalid` that copies of an org put behind addresses. */
export function isUsable(email: string): boolean {
  return /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(email) && !email.toLowerCase().endsWith('.invalid');
}
