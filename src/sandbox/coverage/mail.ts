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
  ],
};
