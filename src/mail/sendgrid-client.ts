import * as sendgrid from '@sendgrid/mail';
import { MailNotAccepted } from './mail-not-accepted.ts';
import { MailRefused } from './mail-refused.ts';

export interface SendGridOptions {
  apiKey: string;
  /** SendGrid's own address when left out. */
  baseUrl?: string;
  /** Milliseconds to wait for an answer; 15,000 when left out. */
  timeoutMs?: number;
}

interface ApiRequest {
  method: 'GET' | 'POST' | 'PATCH';
  url: string;
  qs?: Record<string, number>;
  body?: object;
}

// The package exports the class beside its shared instance, but declares the instance's type only, without its client.
type Service = typeof sendgrid.default & {
  client: {
    setDefaultRequest(name: 'baseUrl', value: string): void;
    request(request: ApiRequest): Promise<[{ body: unknown }, unknown]>;
  };
};
const { MailService } = sendgrid as unknown as { MailService: new () => Service };

/** The public client. Its own instance, so that two connections in one process do not share a key. */
export function sendGridClient({ apiKey, baseUrl, timeoutMs = 15_000 }: SendGridOptions): Service {
  const service = new MailService();
  service.setApiKey(apiKey);
  // After the key: setting a key sets SendGrid's own address.
  if (baseUrl !== undefined) service.client.setDefaultRequest('baseUrl', baseUrl);
  service.setTimeout(timeoutMs);
  return service;
}

/** The parts of SendGrid's and axios' errors that are read here. */
interface SendGridFailure {
  code?: number | string;
  response?: { headers?: Record<string, unknown>; body?: { errors?: { field?: string; message?: string }[] } };
}

// SendGrid v3: 400 and 413 are about this very mail; 401, 403, 404 and 429 are about the account or the configuration.
const ABOUT_THIS_MAIL: readonly unknown[] = [400, 413];

/** Why SendGrid did not take a mail: refused for good, or not accepted for now. */
export function whyNotSent(error: unknown, key: string): MailRefused | MailNotAccepted {
  const failure = error as SendGridFailure;
  if (ABOUT_THIS_MAIL.includes(failure.code)) {
    return new MailRefused(`SendGrid refused mail ${key} (${saidBy(failure)}); correct its sender, recipient or text.`);
  }
  return new MailNotAccepted(
    `SendGrid did not accept mail ${key} (${saidBy(failure)}); it is sent again, unless the key or the sender's permission is wrong.`,
    secondsToWait(failure.response?.headers ?? {}),
  );
}

/** SendGrid's code and reasons, without addresses of people. */
export function saidBy(error: unknown): string {
  const { code = 'no code', response } = error as SendGridFailure;
  const reasons = (response?.body?.errors ?? []).map(({ field, message }) =>
    withoutAddresses([field, message].filter(Boolean).join(': ')),
  );
  return `${code}${reasons.length > 0 ? `, ${reasons.join('; ')}` : ''}`;
}

/** A provider's words without the addresses of people in them. */
export const withoutAddresses = (text: string) => text.replace(/\S+@\S+/g, '(address)');

/** `Retry-After`, or SendGrid's `X-RateLimit-Reset`, a Unix time, which is compared with the answer's own `Date`. */
function secondsToWait(headers: Record<string, unknown>): number | undefined {
  const wait = [
    Number(headers['retry-after']),
    Number(headers['x-ratelimit-reset']) - Date.parse(`${headers.date}`) / 1000,
  ];
  return wait.find((seconds) => Number.isFinite(seconds) && seconds > 0);
}
