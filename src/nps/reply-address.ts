import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** Addresses by which the replies to a survey's mails are told apart, and the secret part of the webhook's path. */
export interface ReplyAddresses {
  /** In lower case. */
  domain: string;
  /** Null for a survey whose key is no SHA-256 in hex: its replies go to the CSM. */
  addressFor(surveyKey: string): string | null;
  /** The survey that a mail to an address is about; undefined for an address that is not ours, or was made up. */
  surveyKeyOf(address: string): string | undefined;
  /** Whether a caller knows the secret of the webhook; that of any secret will do. */
  isDoor(secret: string): boolean;
  /** What to put into the webhook's path. */
  door: string;
}

const SURVEY_KEY = /^[0-9a-f]{64}$/;
/** RFC 4648, in lower case: mail servers may change the case of what stands before the @. */
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const KEY_LENGTH = 52;
const MAC_LENGTH = 10;
/** `r`, 256 bits of survey key and 50 bits of signature: 63 of the 64 characters that RFC 5321 allows before the @. */
const LOCAL_PART = new RegExp(`^r([${BASE32}]{${KEY_LENGTH}})([${BASE32}]{${MAC_LENGTH}})$`);

/**
 * Addresses at a domain whose mail comes to the service. They carry all that is needed, so a reply can be taken while
 * Salesforce is away. The signature is short because the key it signs cannot be guessed either, and each try is a mail.
 *
 * @param secrets newest first; all of them are accepted
 */
export function replyAddresses(domain: string, secrets: readonly [string, ...string[]]): ReplyAddresses {
  const [newest] = secrets;
  const ending = `@${domain.toLowerCase()}`;
  return {
    domain: domain.toLowerCase(),
    addressFor(surveyKey) {
      if (!SURVEY_KEY.test(surveyKey)) return null;
      const key = base32(Buffer.from(surveyKey, 'hex'));
      return `r${key}${mac(newest, key)}${ending}`;
    },

    surveyKeyOf(address) {
      const lower = address.trim().toLowerCase();
      if (!lower.endsWith(ending)) return undefined;
      const [, key, given] = LOCAL_PART.exec(lower.slice(0, -ending.length)) ?? [];
      if (!key || !given || !secrets.some((secret) => isSame(mac(secret, key), given))) return undefined;
      return fromBase32(key).toString('hex');
    },

    isDoor: (secret) => secrets.some((one) => isSame(doorOf(one), secret)),
    door: doorOf(newest),
  };
}

function mac(secret: string, key: string): string {
  const signature = createHmac('sha256', derive(secret, 'reply address')).update(key).digest();
  return base32(signature).slice(0, MAC_LENGTH);
}

function doorOf(secret: string): string {
  return derive(secret, 'inbound mail').toString('hex').slice(0, 40);
}

function derive(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
}

function isSame(expected: string, given: string): boolean {
  return given.length === expected.length && timingSafeEqual(Buffer.from(expected), Buffer.from(given));
}

function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
