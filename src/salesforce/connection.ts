import { readFileSync } from 'node:fs';
import { importPKCS8, SignJWT } from 'jose';
import { Connection } from 'jsforce';

export const API_VERSION = '68.0';

/** How the service signs in: with a secret (client credentials) or with a certificate's key (JWT bearer). */
export type SignIn = {
  loginUrl: string;
  clientId: string;
} & ({ clientSecret: string } | { username: string; privateKeyFile: string });

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const JWT_LIFETIME = '3m';
const SHORTEST_TOKEN_LIFE_MS = 5_000;

/**
 * Opens a connection that signs in by itself whenever its token has run out. Neither grant gives a refresh token
 * (Salesforce Help, "OAuth 2.0 JWT Bearer Flow"), so a refresh is a new sign-in.
 *
 * @throws when Salesforce refuses the sign-in.
 */
export async function connect(signIn: SignIn): Promise<Connection> {
  let signedInAt = 0;
  const connection = new Connection({
    loginUrl: signIn.loginUrl,
    version: API_VERSION,
    refreshFn: (expired, answer) => {
      // jsforce asks again without end while Salesforce refuses the very token it has just given (jsforce PR #1833)
      if (Date.now() - signedInAt < SHORTEST_TOKEN_LIFE_MS) {
        answer(
          new Error(
            `${signIn.loginUrl} refuses the access token it has just given. Check the integration user's session policies.`,
          ),
        );
        return;
      }
      authorize(expired).then(
        () => answer(null, expired.accessToken ?? undefined),
        (error: Error) => answer(error),
      );
    },
  });

  const authorize = async (unauthorized: Connection) => {
    await unauthorized.authorize(await grant(signIn));
    signedInAt = Date.now();
  };
  await authorize(connection);
  return connection;
}

async function grant(signIn: SignIn): Promise<{ grant_type: string; [parameter: string]: string }> {
  if ('clientSecret' in signIn) {
    return { grant_type: 'client_credentials', client_id: signIn.clientId, client_secret: signIn.clientSecret };
  }
  const key = await importPKCS8(readFileSync(signIn.privateKeyFile, 'utf8'), 'RS256');
  const assertion = await new SignJWT()
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(signIn.clientId)
    .setSubject(signIn.username)
    .setAudience(signIn.loginUrl)
    .setExpirationTime(JWT_LIFETIME)
    .sign(key);
  return { grant_type: JWT_BEARER, assertion };
}
