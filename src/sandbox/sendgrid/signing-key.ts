import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { Database } from 'better-sqlite3';

export interface SigningKey {
  /** As SendGrid shows it: base64 of the DER-encoded SubjectPublicKeyInfo. */
  publicKey: string;
  /** The headers of a signed call: ECDSA over the timestamp (Unix seconds) and the body. */
  headersFor(body: string, timestamp: number): Record<string, string>;
}

/** The account's key pair on P-256, drawn at the first start and kept. */
export function openSigningKey(database: Database): SigningKey {
  database.exec('CREATE TABLE IF NOT EXISTS sendgrid_key (pkcs8 TEXT NOT NULL)');
  const kept = database.prepare<[], { pkcs8: string }>('SELECT pkcs8 FROM sendgrid_key').get()?.pkcs8;
  const privateKey = kept
    ? createPrivateKey({ key: Buffer.from(kept, 'base64'), format: 'der', type: 'pkcs8' })
    : drawn(database);
  return {
    publicKey: createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).toString('base64'),
    headersFor: (body, timestamp) => ({
      'content-type': 'application/json',
      'x-twilio-email-event-webhook-timestamp': String(timestamp),
      'x-twilio-email-event-webhook-signature': sign('sha256', Buffer.from(timestamp + body), privateKey).toString(
        'base64',
      ),
    }),
  };
}

function drawn(database: Database): KeyObject {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
  database.prepare('INSERT INTO sendgrid_key (pkcs8) VALUES (?)').run(pkcs8);
  return privateKey;
}
