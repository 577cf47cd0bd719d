import { type KeyObject, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from 'selfsigned';

const TEN_YEARS_MS = 10 * 365 * 24 * 60 * 60 * 1000;

/** The key that signs the service's assertions, and what its registered certificate says it is checked with. */
export interface ServiceKey {
  /** Path of the private key, PKCS #8; the value of SALESFORCE_PRIVATE_KEY. */
  path: string;
  publicKey: KeyObject;
}

/** Makes the pair at the first start; in a real org an admin uploads such a certificate to the External Client App. */
export async function serviceKey(folder: string, wall: Date): Promise<ServiceKey> {
  const path = join(folder, 'service-jwt.key');
  const certificate = join(folder, 'service-jwt.crt');
  if (!existsSync(path) || !existsSync(certificate)) {
    const made = await generate([{ name: 'commonName', value: 'NPS service' }], {
      keySize: 2048,
      algorithm: 'sha256',
      notBeforeDate: wall,
      notAfterDate: new Date(wall.getTime() + TEN_YEARS_MS),
    });
    writeFileSync(path, made.private, { mode: 0o600 });
    writeFileSync(certificate, made.cert);
  }
  return { path, publicKey: new X509Certificate(readFileSync(certificate)).publicKey };
}
