import { z } from 'zod';

/**
 * The body of `POST /v3/mail/send` and what SendGrid says about a wrong one. Templates and substitutions are refused:
 * the sandbox does not render.
 */

const ADDRESS = /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$/;

/** SendGrid sets these itself. https://docs.sendgrid.com/api-reference/mail-send/mail-send */
const RESERVED_HEADERS = new Set(
  ['x-sg-id', 'x-sg-eid', 'received', 'dkim-signature', 'content-type', 'content-transfer-encoding'].concat([
    'to',
    'from',
    'subject',
    'reply-to',
    'cc',
    'bcc',
  ]),
);

const mailbox = z.object({
  email: z.string('The email address is required.').regex(ADDRESS, 'Does not contain a valid address.'),
  name: z.string().optional(),
});

const mailboxes = z
  .array(
    mailbox,
    'The to array is required for all personalization objects, and must have at least one email object with a valid email address.',
  )
  .min(
    1,
    'The to array is required for all personalization objects, and must have at least one email object with a valid email address.',
  );

const subject = z
  .string(
    'The subject is required. You can get around this requirement if you use a template with a subject defined or if every personalization has a subject defined.',
  )
  .min(
    1,
    'The subject is required. You can get around this requirement if you use a template with a subject defined or if every personalization has a subject defined.',
  );

const headers = z.record(z.string(), z.string('Header values must be strings.')).superRefine((given, context) => {
  for (const name of Object.keys(given)) {
    if (!RESERVED_HEADERS.has(name.toLowerCase())) continue;
    context.addIssue({ code: 'custom', path: [name], message: `The header "${name}" is reserved and cannot be set.` });
  }
});

const customArgs = z.record(z.string(), z.string('Custom arg values must be strings.'));

const refused = (reason: string) => z.undefined(`The sandbox ${reason}.`).optional();
const unrendered = refused('does not render templates: send the finished content');

const personalization = z.looseObject({
  to: mailboxes,
  cc: z.array(mailbox).optional(),
  bcc: z.array(mailbox).optional(),
  subject: subject.optional(),
  headers: headers.optional(),
  custom_args: customArgs.optional(),
  substitutions: unrendered,
  dynamic_template_data: unrendered,
});

const content = z.object({
  type: z.string().min(1, 'The content type is required.'),
  value: z
    .string('The content value must be a string at least one character in length.')
    .min(1, 'The content value must be a string at least one character in length.'),
});

const contents = z
  .array(
    content,
    'Unless a valid template_id is provided, the content parameter is required. There must be at least one defined content block. We typically suggest both text/plain and text/html blocks are included, but only one block is required.',
  )
  .min(1, 'The content array must have at least one content block.')
  .superRefine((blocks, context) => {
    const types = blocks.map(({ type }) => type);
    if (types.includes('text/plain') && types[0] !== 'text/plain') {
      const message = 'If present, text/plain must be first, followed by text/html, followed by any other content.';
      context.addIssue({ code: 'custom', message });
    }
  });

const mailRequest = z
  .looseObject({
    personalizations: z
      .array(personalization, 'The personalizations field is required and must have at least one personalization.')
      .min(1, 'The personalizations field is required and must have at least one personalization.'),
    from: z.object(
      mailbox.shape,
      'The from object must be provided for every email send. It is an object that requires the email parameter, but may also contain a name parameter.  e.g. {"email" : "example@example.com"}  or {"email" : "example@example.com", "name" : "Example Recipient"}.',
    ),
    reply_to: mailbox.optional(),
    subject: subject.optional(),
    content: contents,
    headers: headers.optional(),
    custom_args: customArgs.optional(),
    mail_settings: z.object({ sandbox_mode: z.object({ enable: z.boolean() }).optional() }).optional(),
    template_id: unrendered,
    attachments: refused('mailbox takes no attachments'),
    send_at: refused('sends at once: leave send_at out'),
  })
  .superRefine((mail, context) => {
    if (mail.subject !== undefined || mail.personalizations.every((each) => each.subject !== undefined)) return;
    const [issue] = subject.safeParse(undefined).error?.issues ?? [];
    context.addIssue({ code: 'custom', path: ['subject'], message: issue?.message ?? 'The subject is required.' });
  });

export type MailRequest = z.infer<typeof mailRequest>;
export type Mailbox = z.infer<typeof mailbox>;

/** SendGrid's way to name what is wrong, `personalizations.0.to.0.email`. */
export interface MailError {
  message: string;
  field: string | null;
  help: string | null;
}

const HELP = 'http://sendgrid.com/docs/API_Reference/Web_API_v3/Mail/errors.html';

/** The mail to be sent, or everything that is wrong with it. */
export function readMailRequest(body: unknown): { mail: MailRequest } | { errors: MailError[] } {
  const parsed = mailRequest.safeParse(body);
  if (parsed.success) return { mail: parsed.data };
  return {
    errors: parsed.error.issues.map(({ message, path }) => {
      const field = path.join('.');
      return { message, field: field || null, help: field ? `${HELP}#message.${field}` : HELP };
    }),
  };
}
