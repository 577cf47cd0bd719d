import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SandboxOrg } from '../open-org.ts';
import type { Refused, Tokens } from '../tokens.ts';
import { assertedUser } from './assertion.ts';

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** Signing in by client credentials or a signed assertion, who a token belongs to, and signing out. */
export function oauthRoutes(scope: FastifyInstance, prefix: string, org: SandboxOrg, tokens: Tokens): void {
  scope.post(`${prefix}/services/oauth2/token`, async (request, reply) => {
    const form = formOf(request);
    const origin = originOf(request);
    const user = await userOf(request, form);
    if ('error' in user) return reply.code(400).send(user);
    return {
      access_token: tokens.issue(user.username),
      signature: '',
      scope: 'api',
      instance_url: origin,
      id: `${origin}/id/${org.id}/${org.userId(user.username)}`,
      token_type: 'Bearer',
      issued_at: String(tokens.wall().getTime()),
    };
  });

  const userOf = (request: FastifyRequest, form: URLSearchParams): ReturnType<typeof assertedUser> => {
    switch (form.get('grant_type')) {
      case 'client_credentials':
        return Promise.resolve(tokens.username(clientOf(request, form)));
      case JWT_BEARER:
        return assertedUser(form.get('assertion') ?? '', { origin: originOf(request), tokens });
      default:
        return Promise.resolve(UNSUPPORTED_GRANT);
    }
  };

  const revoke = (request: FastifyRequest, reply: FastifyReply) => {
    const query = new URLSearchParams(request.url.split('?')[1]);
    const token = formOf(request).get('token') ?? query.get('token') ?? '';
    if (tokens.revoke(token)) return reply.code(200).send();
    const description = 'this token is unknown, or was revoked before';
    return reply.code(400).send({ error: 'unsupported_token_type', error_description: description });
  };
  scope.post(`${prefix}/services/oauth2/revoke`, revoke);
  scope.get(`${prefix}/services/oauth2/revoke`, revoke);

  const identity = (request: FastifyRequest, reply: FastifyReply) => {
    const userId = tokens.userId(bearer(request));
    if (!userId) return reply.code(403).type('text/plain').send('Bad_OAuth_Token');
    const user = org.as(userId).row('User', userId);
    const origin = originOf(request);
    return {
      id: `${origin}/id/${org.id}/${userId}`,
      asserted_user: true,
      sub: `${origin}/id/${org.id}/${userId}`,
      user_id: userId,
      organization_id: org.id,
      username: user?.Username,
      preferred_username: user?.Username,
      nick_name: user?.Alias,
      display_name: user?.Name,
      name: user?.Name,
      given_name: user?.FirstName,
      family_name: user?.LastName,
      email: user?.Email,
      email_verified: true,
      user_type: 'STANDARD',
      zoneinfo: user?.TimeZoneSidKey,
      locale: user?.LocaleSidKey,
      language: user?.LanguageLocaleKey,
      active: user?.IsActive,
      urls: {
        rest: `${origin}/services/data/v{version}/`,
        sobjects: `${origin}/services/data/v{version}/sobjects/`,
        query: `${origin}/services/data/v{version}/query/`,
      },
    };
  };
  scope.get(`${prefix}/services/oauth2/userinfo`, identity);
  // What the `id` of a token answer points at; jsforce sends the token in the query.
  scope.get(`${prefix}/id/:organization/:user`, identity);
}

/** The token of an `Authorization: Bearer` (or, as older clients say, `OAuth`) header. */
export function bearer(request: FastifyRequest): string {
  const inHeader = /^(?:Bearer|OAuth)\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const query = new URLSearchParams(request.url.split('?')[1]);
  return inHeader ?? query.get('oauth_token') ?? '';
}

function originOf(request: FastifyRequest): string {
  return `${request.protocol}://${request.headers.host ?? 'localhost'}`;
}

// Credentials come in the form or in a Basic header.
function clientOf(request: FastifyRequest, form: URLSearchParams): { id: string; secret: string } {
  const basic = /^Basic\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const [id = '', secret = ''] = basic ? Buffer.from(basic, 'base64').toString().split(':') : [];
  return { id: form.get('client_id') ?? id, secret: form.get('client_secret') ?? secret };
}

function formOf({ body }: FastifyRequest): URLSearchParams {
  return new URLSearchParams(typeof body === 'string' ? body : '');
}

const UNSUPPORTED_GRANT: Refused = {
  error: 'unsupported_grant_type',
  error_description: 'grant type not supported: the sandbox knows client_credentials and the JWT bearer',
};
