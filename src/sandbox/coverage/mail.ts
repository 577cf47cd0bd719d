import { type Row, tested } from './row.ts';

/** SendGrid. */
export const MAIL: Record<string, Row[]> = {
  SendGrid: [
    tested(
      'Sending mail',
      'sendgrid/sendgrid.test.ts',
      'the public client sends a mail, and the mailbox shows it',
      'no templates, attachments or later sending; a mail from any sender is taken',
    ),
    tested(
      'Domain authentication: list, add, validate',
      'sendgrid/domains.test.ts',
      'the public client lists the domains that may send, adds one and validates it',
      'what is validated is valid: no DNS is asked',
    ),
    tested(
      'Event webhooks: settings, signature, retries',
      'sendgrid/webhooks.test.ts',
      'the public client sets up a signed event webhook, and changes it',
      'one key for all webhooks; delivered, bounce, blocked, dropped, spam report and unsubscribe, as the address or a button of the mailbox says; no suppression lists',
    ),
    tested(
      'Inbound Parse: settings, replies from the mailbox',
      'sendgrid/inbound.test.ts',
      'a reply to a mail is posted as a form where the setting of its domain says, with the mail quoted',
      'no MX record is asked; raw mails, spam checks, attachments, retries and security policies are not played',
    ),
  ],
};
