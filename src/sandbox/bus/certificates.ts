import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from 'selfsigned';

const YEAR = 365 * 24 * 60 * 60 * 1000;
const EC = { keyType: 'ec', curve: 'P-256', algorithm: 'sha256' } as const;

/** The sandbox's own TLS identity: a server certificate for this machine, and the CA that vouches for it. */
export interface ServerIdentity {
  /** Path of the CA's certificate, PEM; clients trust it by this file. */
  caPath: string;
  key: Buffer;
  certificate: Buffer;
}

/** Reuses what an earlier start left in `folder`, so that clients which trust that CA go on working. */
export async function serverIdentity(folder: string, wall: Date): Promise<ServerIdentity> {
  const paths = {
    ca: join(folder, 'pubsub-ca.pem'),
    key: join(folder, 'pubsub-server.key'),
    certificate: join(folder, 'pubsub-server.pem'),
  };
  const isComplete = Object.values(paths).every((path) => existsSync(path));
  if (!isComplete || isExpired(readFileSync(paths.certificate), wall)) await issue(paths, wall);
  return { caPath: paths.ca, key: readFileSync(paths.key), certificate: readFileSync(paths.certificate) };
}

function isExpired(certificate: Buffer, wall: Date): boolean {
  return new X509Certificate(certificate).validToDate <= wall;
}

async function issue(paths: { ca: string; key: string; certificate: string }, wall: Date): Promise<void> {
  const validity = {
    notBeforeDate: new Date(wall.getTime() - YEAR / 365),
    notAfterDate: new Date(wall.getTime() + YEAR),
  };
  // The CA's key is thrown away: nobody can ever sign anything else with a CA that a machine has been told to trust.
  const ca = await generate([{ name: 'commonName', value: 'NPS sandbox CA' }], {
    ...EC,
    ...validity,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: 'commonName', value: 'localhost' }], {
    ...EC,
    ...validity,
    ca: { key: ca.private, cert: ca.cert },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  writeFileSync(paths.ca, ca.cert);
  writeFileSync(paths.key, server.private, { mode: 0o600 });
  writeFileSync(paths.certificate, server.cert);
}
