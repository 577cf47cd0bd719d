import { generateKeyPairSync, sign } from 'node:crypto';

/** Signs calls as SendGrid does, with a key pair of its own. */
export function eventSigner() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    /** @param at the time that is signed */
    signed(body: string, at: Date) {
      const timestamp = String(Math.floor(at.getTime() / 1000));
      const signature = sign('sha256', Buffer.from(timestamp + body), privateKey).toString('base64');
      return { timestamp, signature, body: Buffer.from(body) };
    },
  };
}

export function asHeaders({ timestamp, signature }: { timestamp: string; signature: string }) {
  return {
    'content-type': 'application/json',
    'x-twilio-email-event-webhook-timestamp': timestamp,
    'x-twilio-email-event-webhook-signature': signature,
  };
}
