import { createHmac, createSecretKey, hkdfSync, type KeyObject, timingSafeEqual } from 'node:crypto';
import { ASK_CODES, type Ask, askFrom } from './advocacy.ts';
import { type Score, scoreFrom } from './score.ts';

/** What a mail of a sequence proposes: one of the choices, by the name of its record, or an ask. */
export type Proposal = { choice: string } | { ask: Ask };

/** What a link in a mail carries; no personal data, and enough to take an answer without looking anything up. */
export interface SurveyLink {
  surveyKey: string;
  accountId: string;
  trigger: string;
  language: string;
  /** What the link stands for. */
  choice: Score | 'unsubscribe' | Proposal;
  /** Whole days since 1970-01-01 UTC. */
  issuedOn: number;
}

export type ReadLink = { link: SurveyLink } | { problem: 'tampered' | 'expired' | 'unknown' };

export interface LinkKeys {
  /** Signs a link: `1.keyId.surveyKey.accountId.trigger.language.day.letter.mac`, URL-safe without encoding. */
  sign(link: SurveyLink): string;
  /** Checks the signature before anything else is believed; `today` in days since 1970-01-01 UTC. */
  read(token: string, today: number): ReadLink;
}

const VERSION = '1';
export const LINK_LIFETIME_DAYS = 90;

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
      const claims = [VERSION, newest.id, surveyKey, accountId, trigger, language, issuedOn, letterOf(choice)].join(
        '.',
      );
      return `${claims}.${mac(newest.key, claims)}`;
    },

    read(token, today) {
      const end = token.lastIndexOf('.');
      const claims = token.slice(0, end);
      const [version, keyId, surveyKey = '', accountId = '', trigger = '', language = '', day, letter = ''] =
        claims.split('.');
      const key = keys.find(({ id }) => id === keyId);
      if (version !== VERSION || !key) return { problem: 'unknown' };
      if (!isSame(mac(key.key, claims), token.slice(end + 1))) return { problem: 'tampered' };
      const choice = choiceOf(letter);
      if (choice === undefined) return { problem: 'unknown' };
      const issuedOn = Number(day);
      // People must be able to leave for as long as they keep the mail (CAN-SPAM asks for 30 days at least).
      if (choice !== 'unsubscribe' && today - issuedOn > LINK_LIFETIME_DAYS) return { problem: 'expired' };
      return { link: { surveyKey, accountId, trigger, language, issuedOn, choice } };
    },
  };
}

/** How a token says what its link stands for: `7`, `u`, `c-Better_Reports`, `a-g2`. */
export function letterOf(choice: SurveyLink['choice']): string {
  if (isUnsubscribe(choice)) return 'u';
  if (isScore(choice)) return String(choice);
  return 'ask' in choice ? `a-${ASK_CODES[choice.ask]}` : `c-${choice.choice}`;
}

const PROPOSAL = /^([ac])-([\w-]+)$/;

function choiceOf(letter: string): SurveyLink['choice'] | undefined {
  if (letter === 'u') return 'unsubscribe';
  const [, kind, name = ''] = PROPOSAL.exec(letter) ?? [];
  if (kind === 'c') return { choice: name };
  const ask = kind === 'a' ? askFrom(name) : undefined;
  return ask ? { ask } : scoreFrom(letter);
}

export function isScore(choice: SurveyLink['choice']): choice is Score {
  return typeof choice === 'number';
}

export function isUnsubscribe(choice: SurveyLink['choice']): choice is 'unsubscribe' {
  return choice === 'unsubscribe';
}

export function isProposal(choice: SurveyLink['choice']): choice is Proposal {
  return typeof choice === 'object';
}

/** 32 hex digits. */
function mac(key: KeyObject, claims: string): string {
  return createHmac('sha256', key).update(claims).digest('hex').slice(0, 32);
}

/** Takes as long for a near miss as for a wild guess, so that a signature cannot be found digit by digit. */
function isSame(expected: string, given: string): boolean {
  return (
    given.length === expected.length && timingSafeEqual(Buffer.from(expected, 'latin1'), Buffer.from(given, 'latin1'))
  );
}

function derive(secret: string, purpose: string, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', purpose, bytes));
}
