import { decodeJwt, errors, jwtVerify } from 'jose';
import { type Refused, type Tokens, UNKNOWN_CLIENT } from '../tokens.ts';

/** This org says it is a sandbox, so besides its own address assertions may be meant for this one. */
const SANDBOX_LOGIN = 'https://test.salesforce.com';

/**
 * The user a JWT bearer assertion stands for: signed with the key of the client's certificate, meant for this org, not
 * expired, and about a user whom an admin approved (Salesforce Help, "OAuth 2.0 JWT Bearer Flow").
 */
export async function assertedUser(
  assertion: string,
  { origin, tokens }: { origin: string; tokens: Tokens },
): Promise<{ username: string } | Refused> {
  const clientId = issuerOf(assertion);
  if (clientId === undefined) return refused('invalid assertion');
  const key = tokens.publicKey(clientId);
  if (!key) return UNKNOWN_CLIENT;
  try {
    const { payload } = await jwtVerify(assertion, key, {
      algorithms: ['RS256'],
      audience: [origin, `${origin}/`, `${origin}/services/oauth2/token`, SANDBOX_LOGIN],
      requiredClaims: ['exp', 'sub'],
      currentDate: tokens.wall(),
    });
    const username = payload.sub ?? '';
    return tokens.isApproved(username) ? { username } : refused("user hasn't approved this consumer");
  } catch (error) {
    if (error instanceof errors.JOSEError) return refused(reasonOf(error));
    throw error;
  }
}

function issuerOf(assertion: string): string | undefined {
  try {
    return decodeJwt(assertion).iss;
  } catch (error) {
    if (error instanceof errors.JWTInvalid) return undefined;
    throw error;
  }
}

function reasonOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'expired authorization code';
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud') return 'audience is invalid';
  return 'invalid assertion';
}

const refused = (description: string): Refused => ({ error: 'invalid_grant', error_description: description });
