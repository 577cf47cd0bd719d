import { createHmac, createSecretKey, hkdfSync, type KeyObject, timingSafeEqual } from 'node:crypto';
import { type Score, scoreFrom } from './score.ts';

/** What a link in a mail carries; no personal data, and enough to take an answer without looking anything up. */
export interface SurveyLink {
  surveyKey: string;
  accountId: string;
  trigger: string;
  language: string;
  /** The score the link stands for, or 'unsubscribe'. */
  choice: Score | 'unsubscribe';
  /** Whole days since 1970-01-01 UTC. */
  issuedOn: number;
}

export type ReadLink = { link: SurveyLink } | { problem: 'tampered' | 'expired' | 'unknown' };

export interface LinkKeys {
  /** Signs a link: `1.keyId.surveyKey.accountId.trigger.language.day.choice.mac`, URL-safe without encoding. */
  sign(link: SurveyLink): string;
  /** Checks the signature before anything else is believed; `today` in days since 1970-01-01 UTC. */
  read(token: string, today: number): ReadLink;
}

const VERSION = '1';
export const LINK_LIFETIME_DAYS = 90;
const SHAPE =
  /^1\.([0-9a-f]{8})\.([0-9a-f]{64})\.([a-zA-Z0-9]{18})\.(\w{1,40})\.([\w-]{2,10})\.(\d{1,6})\.(\d{1,2}|u)\.([0-9a-f]{32})$/;

/**
 * Signs and reads links with HMAC-SHA-256 (RFC 2104), shortened to 128 bits, as its section 5 allows. The newest
 * secret signs, all of them are accepted, so a secret can be replaced while mails are out.
 */
export function linkKeys(secrets: readonly [string, ...string[]]): LinkKeys {
  const keys = secrets.map((secret) => ({
    id: derive(secret, 'link key id', 4).toString('hex'),
    // A key object is made once; a key given as bytes is made into one for every link, which takes five times as long.
    key: createSecretKey(derive(secret, 'link signature', 32)),
  }));
  const newest = keys[0] as (typeof keys)[number];

  return {
    sign({ surveyKey, accountId, trigger, language, issuedOn, choice }) {
      const letter = choice === 'unsubscribe' ? 'u' : choice;
      const claims = [VERSION, newest.id, surveyKey, accountId, trigger, language, issuedOn, letter].join('.');
      return `${claims}.${mac(newest.key, claims).toString('hex')}`;
    },

    read(token, today) {
      const parts = SHAPE.exec(token);
      if (!parts) return { problem: 'unknown' };
      const [, keyId, surveyKey = '', accountId = '', trigger = '', language = '', day, letter = '', signature = ''] =
        parts;
      const key = keys.find(({ id }) => id === keyId);
      if (!key) return { problem: 'unknown' };
      const claims = token.slice(0, token.lastIndexOf('.'));
      if (!timingSafeEqual(mac(key.key, claims), Buffer.from(signature, 'hex'))) return { problem: 'tampered' };
      const choice = letter === 'u' ? 'unsubscribe' : scoreFrom(letter);
      if (choice === undefined) return { problem: 'unknown' };
      const issuedOn = Number(day);
      // People must be able to leave for as long as they keep the mail (CAN-SPAM asks for 30 days at least).
      if (choice !== 'unsubscribe' && today - issuedOn > LINK_LIFETIME_DAYS) return { problem: 'expired' };
      return { link: { surveyKey, accountId, trigger, language, issuedOn, choice } };
    },
  };
}

function mac(key: KeyObject, claims: string): Buffer {
  return createHmac('sha256', key).update(claims).digest().subarray(0, 16);
}

function derive(secret: string, purpose: string, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', purpose, bytes));
}
