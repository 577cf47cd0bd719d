import { utcDate } from './days.ts';
import type { Judgement, Verdict } from './verdict.ts';

/** What a person may ask of the service about an answer; the values of `Request__c` that it carries out. */
export const REQUESTS = ['Pause', 'Resume', 'Resend', 'Void', 'It Was a Person'] as const;
export type Request = (typeof REQUESTS)[number];

/** A request as it stands on a response. */
export interface Requested {
  request: Request;
  /** The name of whoever asks. */
  by: string;
  at: Date;
  /** Why; may be empty. */
  note: string;
}

/** What a request changes of a response. */
export interface Standing extends Judgement {
  paused: boolean;
}

/** What may keep a mail from being sent once more. */
export interface Resendable {
  verdict: Verdict;
  /** A mail of the sequence has left. */
  sentBefore: boolean;
  /** The contact is there and has an address. */
  reachable: boolean;
  optedOut: boolean;
  bounced: boolean;
  /** There is somebody the mail can come from. */
  writable: boolean;
}

/** The longest text the fields for results and reasons take. */
const LIMIT = 255;

export function isRequest(value: string): value is Request {
  return REQUESTS.some((request) => request === value);
}

/**
 * A response once a request is carried out, and the sentence that tells of it. Void takes an answer out of all numbers;
 * It Was a Person confirms an answer, and takes back a Void. Asking for what is so already changes nothing, and is told.
 */
export function carryOut(
  requested: Requested & { request: Exclude<Request, 'Resend'> },
  standing: Standing,
  stopReason: string | null,
): { standing: Standing; result: string } {
  const nothing = (why: string) => ({ standing, result: notDone(requested, why) });
  const judged = (verdict: Verdict, sentence: string) => {
    if (standing.verdict === verdict) return nothing(`The answer is ${verdict} already.`);
    return { standing: { ...standing, verdict, reason: sentence }, result: sentence };
  };
  switch (requested.request) {
    case 'Void':
      return judged('Void', done('Declared void', requested));
    case 'It Was a Person':
      return judged('Confirmed', done('Confirmed as the answer of a person', requested));
    case 'Pause':
      if (standing.paused) return nothing('The sequence is paused already.');
      return { standing: { ...standing, paused: true }, result: done('Paused', requested) };
    case 'Resume':
      if (!standing.paused) return nothing(stopReason ?? 'The sequence is not paused.');
      return { standing: { ...standing, paused: false }, result: done('Resumed', requested) };
  }
}

/** Why a mail is not sent once more, in a sentence; undefined when it may be. */
export function whyNotResent(mail: Resendable): string | undefined {
  if (mail.verdict === 'Void') return 'The answer is void.';
  if (!mail.sentBefore) return 'No mail of the sequence has left yet.';
  if (!mail.reachable) return 'The contact is gone or has no address.';
  if (mail.optedOut) return 'The contact wants no more mails.';
  if (mail.bounced) return 'Mails to the contact come back; correct the address first.';
  return mail.writable ? undefined : 'Neither the CSM nor anybody after them is active and has an address.';
}

/** What was done, for whom, when, and why they asked. */
export function done(what: string, { by, at, note }: Requested): string {
  return shortened(`${what} by ${by} on ${utcDate(at)}${note === '' ? '.' : `: ${note}`}`);
}

/** Why nothing was done for whoever asked. */
export function notDone({ request, by, at }: Requested, why: string): string {
  return shortened(`${request}, asked for by ${by} on ${utcDate(at)}, was not done. ${why}`);
}

function shortened(sentence: string): string {
  return sentence.length <= LIMIT ? sentence : `${sentence.slice(0, LIMIT - 1)}…`;
}
