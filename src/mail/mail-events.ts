import { createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import type { Clock, MailEvent, MailEventReader, MailTemplate } from '../loop/ports.ts';
import type { MailOutcome } from '../nps/delivery.ts';
import { withoutAddresses } from './sendgrid-client.ts';

/** A call that is older or comes from further ahead is refused, so that none can be kept and sent again. */
const TOLERANCE_SECONDS = 300;

/** As a record, so that a new template cannot be forgotten here. */
const TEMPLATES: Record<MailTemplate, true> = {
  invitation: true,
  renewal: true,
  acknowledgment: true,
  'acknowledgment-grave': true,
  'what-we-did': true,
  'did-we-fix-it': true,
  'make-us-a-ten': true,
  'about-your-choice': true,
  'success-story': true,
  'thank-you': true,
  'ask-reminder': true,
  'ask-thanks': true,
  referral: true,
};
const template = z.custom<MailTemplate>((value) => typeof value === 'string' && Object.hasOwn(TEMPLATES, value));

/** An event as SendGrid posts it; our custom arguments stand among its own fields. Mails of others have none of ours. */
const event = z.object({
  sg_event_id: z.string().min(1).max(200),
  event: z.string(),
  timestamp: z.number().int().positive().max(8_640_000_000),
  email: z.string().max(320).default(''),
  type: z.string().optional(),
  reason: z.string().optional(),
  response: z.string().optional(),
  survey_key: z.string().regex(/^[0-9a-f]{1,64}$/),
  template,
  account_id: z
    .string()
    .regex(/^[A-Za-z0-9]{1,18}$/)
    .optional(),
});

type SendGridEvent = z.infer<typeof event>;

/**
 * Reads the calls of SendGrid's Event Webhook. Only what SendGrid signed is read at all: an ECDSA signature (P-256,
 * SHA-256) over the timestamp and the body as it came, at most five minutes old by the machine's time. Without a key
 * nothing is. https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features
 *
 * @param publicKey as SendGrid shows it: base64 of a DER-encoded SubjectPublicKeyInfo
 */
export function mailEventReader(publicKey: string | null, clock: Clock): MailEventReader {
  const key =
    publicKey === null ? null : createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });

  return ({ signature, timestamp, body }) => {
    if (key === null) return { refused: 'SENDGRID_WEBHOOK_PUBLIC_KEY is not set' };
    if (!signature || !timestamp) return { refused: 'it is not signed' };
    const age = Math.abs(clock.wall().getTime() / 1000 - Number(timestamp));
    if (!/^\d{1,12}$/.test(timestamp) || age > TOLERANCE_SECONDS) return { refused: 'it is not of these five minutes' };
    const signed = Buffer.concat([Buffer.from(timestamp), body]);
    if (!verify('sha256', signed, key, Buffer.from(signature, 'base64'))) return { refused: 'its signature is wrong' };
    const posted = listIn(body);
    return posted === undefined ? { unreadable: true } : { events: posted.flatMap(mailEvent) };
  };
}

function listIn(body: Buffer): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Nothing for mails that are not ours and for what does not concern a survey: processed, deferred, open, click. */
function mailEvent(posted: unknown): MailEvent[] {
  const { data } = event.safeParse(posted);
  const outcome = data && outcomeOf(data);
  if (!outcome) return [];
  const { sg_event_id: id, survey_key: surveyKey, template, account_id: accountId, email, timestamp } = data;
  const reason = withoutAddresses((data.reason ?? data.response ?? '').replace(/\s+/g, ' ').trim());
  const at = new Date(timestamp * 1000).toISOString();
  return [{ id, ...outcome, surveyKey, template, accountId: accountId ?? null, email, reason, at }];
}

/** In SendGrid's words a bounce of the type "blocked" was refused for now; any other is for good. */
function outcomeOf({ event: name, type, reason = '' }: SendGridEvent): MailOutcome | undefined {
  if (name === 'delivered') return { kind: 'delivered' };
  if (name === 'bounce') return { kind: type === 'blocked' ? 'blocked' : 'bounced' };
  if (name === 'spamreport') return { kind: 'spam-report' };
  if (name === 'unsubscribe' || name === 'group_unsubscribe') return { kind: 'unsubscribed' };
  if (name !== 'dropped') return undefined;
  // SendGrid drops mails to addresses on its suppression lists and names the list.
  if (/^(bounced|invalid)/i.test(reason)) return { kind: 'dropped', cause: 'dead-address' };
  return { kind: 'dropped', cause: /^(spam reporting|unsubscribed)/i.test(reason) ? 'unwanted' : undefined };
}
