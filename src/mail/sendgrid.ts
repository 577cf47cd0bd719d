import * as sendgrid from '@sendgrid/mail';
import type { Letter, Person, Postbox } from '../loop/ports.ts';
import { MailNotAccepted } from './mail-not-accepted.ts';
import { MailRefused } from './mail-refused.ts';
import { oneLine, onOneLine } from './one-line.ts';

// The package exports the class beside its shared instance, but declares the instance's type only.
type Service = typeof sendgrid.default & { client: { setDefaultRequest(name: 'baseUrl', value: string): void } };
const { MailService } = sendgrid as unknown as { MailService: new () => Service };

interface SendGridOptions {
  apiKey: string;
  /** SendGrid's own address when left out. */
  baseUrl?: string;
  /** Milliseconds to wait for an answer; 15,000 when left out. */
  timeoutMs?: number;
}

/** The parts of SendGrid's and axios' errors that are read here. */
interface SendGridFailure {
  code?: number | string;
  response?: { headers?: Record<string, unknown>; body?: { errors?: { field?: string; message?: string }[] } };
}

/** Sends through SendGrid's v3 API. Its own instance, so that two connections in one process do not share a key. */
export function connectSendGrid({ apiKey, baseUrl, timeoutMs = 15_000 }: SendGridOptions): Postbox {
  const service = new MailService();
  service.setApiKey(apiKey);
  // After the key: setting a key sets SendGrid's own address.
  if (baseUrl !== undefined) service.client.setDefaultRequest('baseUrl', baseUrl);
  service.setTimeout(timeoutMs);

  return {
    async send(letter) {
      try {
        await service.send(asSendGridTakesIt(letter));
      } catch (error) {
        throw explained(error as SendGridFailure, letter.key);
      }
    },
  };
}

function asSendGridTakesIt({ from, replyTo, to, subject, html, text, headers, customArgs, key }: Letter) {
  return {
    from: addressed(from),
    replyTo: addressed(replyTo),
    to: addressed(to),
    subject: oneLine(subject),
    html,
    text,
    headers: onOneLine(headers),
    customArgs: { ...customArgs, key },
    // A rewritten score link would be one a scanner follows and a person distrusts; an opened mail proves nothing.
    trackingSettings: { clickTracking: { enable: false, enableText: false }, openTracking: { enable: false } },
  };
}

const addressed = ({ name, email }: Person) => ({ name: oneLine(name), email });

// SendGrid v3: 400 and 413 are about this very mail; 401, 403, 404 and 429 are about the account or the configuration.
const ABOUT_THIS_MAIL: readonly unknown[] = [400, 413];

function explained(failure: SendGridFailure, key: string): MailRefused | MailNotAccepted {
  const reasons = (failure.response?.body?.errors ?? []).map(({ field, message }) =>
    withoutAddresses([field, message].filter(Boolean).join(': ')),
  );
  const said = `${failure.code ?? 'no code'}${reasons.length > 0 ? `, ${reasons.join('; ')}` : ''}`;
  if (ABOUT_THIS_MAIL.includes(failure.code)) {
    return new MailRefused(`SendGrid refused mail ${key} (${said}); correct its sender, recipient or text.`);
  }
  return new MailNotAccepted(
    `SendGrid did not accept mail ${key} (${said}); it is sent again, unless the key or the sender's permission is wrong.`,
    secondsToWait(failure.response?.headers ?? {}),
  );
}

const withoutAddresses = (text: string) => text.replace(/\S+@\S+/g, '(address)');

/** `Retry-After`, or SendGrid's `X-RateLimit-Reset`, a Unix time, which is compared with the answer's own `Date`. */
function secondsToWait(headers: Record<string, unknown>): number | undefined {
  const wait = [
    Number(headers['retry-after']),
    Number(headers['x-ratelimit-reset']) - Date.parse(`${headers.date}`) / 1000,
  ];
  return wait.find((seconds) => Number.isFinite(seconds) && seconds > 0);
}
