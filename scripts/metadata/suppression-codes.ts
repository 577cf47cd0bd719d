import type { UndeliveredCode } from '../../src/nps/delivery.ts';
import type { SuppressionCode } from '../../src/nps/eligibility.ts';

/** What each code stands for, for admins who report on it; complete because its type is. */
export const CODES: Record<
  SuppressionCode | UndeliveredCode | 'CHANGED_SINCE' | 'MAIL_REFUSED' | 'NOT_WRITABLE',
  string
> = {
  UNKNOWN_TRIGGER: 'No NPS Trigger record has the name in the event.',
  TRIGGER_MISCONFIGURED: 'The trigger record cannot be used; NPS Health says why.',
  TRIGGER_INACTIVE: 'The trigger is not active.',
  BEFORE_ACTIVE_FROM: 'The moment came before the first day of its trigger.',
  UNKNOWN_ACCOUNT: 'The account does not exist, or the service may not see it.',
  CHURNED: 'The account meets the churn condition.',
  OUTSIDE_PROGRAMME: 'The account does not meet the programme condition.',
  ACCOUNT_OPTED_OUT: 'NPS Survey Opt Out is set on the account.',
  ACCOUNT_ASKED_RECENTLY: 'The account was asked too recently. Deferred if its trigger waits long enough.',
  ACCOUNT_TOO_YOUNG: 'The account is younger than the trigger wants, and the trigger is not for onboarding.',
  OPEN_ESCALATION: 'The account has a case that meets the open case condition.',
  NO_CONTACT: 'The account has no contact.',
  NO_ADDRESS: 'The contact has no address, or one that cannot be mailed.',
  EXCLUDED_DOMAIN: "The contact's address is in an excluded domain.",
  BOUNCED: "Mail to the contact's address bounced: this very invitation (Bounced), or one before (Suppressed).",
  CONTACT_OPTED_OUT: 'NPS Survey Opt Out is set on the contact.',
  EMAIL_OPTED_OUT: 'Email Opt Out is set on the contact.',
  EMAIL_OPT_OUT_HIDDEN: 'The service may not read Email Opt Out. It asks nobody rather than somebody who opted out.',
  PRIVACY_HIDDEN: "The settings ask for the contact's Individual record, and the service may not read it.",
  PRIVACY_OPTED_OUT: "The contact's Individual record, or their consent for email as a contact point, says no.",
  NO_CONSENT: 'Consent is needed in the country of the contact, or their country is not known, and there is none.',
  CONTACT_ASKED_RECENTLY: 'The contact was asked too recently. Deferred if its trigger waits long enough.',
  NOT_ON_ALLOW_LIST: 'The org is a sandbox, and the address is not on MAIL_ALLOWLIST.',
  NO_CSM: 'Nobody looks after the account who is active and has an address.',
  BLACKOUT: 'Nobody is asked on this day. Deferred to the day after the blackout.',
  SEQUENCE_RUNNING:
    "Renewal mails: what follows a Detractor's answer at the account is not over. Deferred from day to day as long as the trigger waits.",
  CHANGED_SINCE:
    'Renewal mails: Deferred, because what was decided did not hold any more when the mail could leave; it is decided again within the hour.',
  MAIL_BLOCKED: 'Failed: the receiving server refused the mail, which it may not do with the next one.',
  MAIL_DROPPED: 'Failed: SendGrid did not send the mail, because the address is on one of its suppression lists.',
  MAIL_REFUSED: 'Failed: the mail provider refused the mail for good.',
  NOT_WRITABLE:
    'Failed: the org refused the date on account or contact, so that the days between surveys could not be kept.',
};
