import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SandboxOrg } from '../open-org.ts';
import type { Tokens } from '../tokens.ts';

/** Signing in by client credentials, and who a token belongs to. */
export function oauthRoutes(scope: FastifyInstance, prefix: string, org: SandboxOrg, tokens: Tokens): void {
  scope.post(`${prefix}/services/oauth2/token`, (request, reply) => {
    const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
    if (form.get('grant_type') !== 'client_credentials') {
      return refused(reply, 'unsupported_grant_type', 'grant type not supported: the sandbox knows client_credentials');
    }
    const user = tokens.username(clientOf(request, form));
    if (user === 'invalid_client_id') return refused(reply, user, 'client identifier invalid');
    if (user === 'invalid_client') return refused(reply, user, 'invalid client credentials');
    const origin = originOf(request);
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

  const identity = (request: FastifyRequest, reply: FastifyReply) => {
    const userId = tokens.userId(bearer(request));
    if (!userId) return reply.code(403).type('text/plain').send('Bad_OAuth_Token');
    const user = org.as(userId).row('User', userId);
    const origin = originOf(request);
    return {
      sub: `${origin}/id/${org.id}/${userId}`,
      user_id: userId,
      organization_id: org.id,
      preferred_username: user?.Username,
      name: user?.Name,
      email: user?.Email,
      zoneinfo: user?.TimeZoneSidKey,
      language: user?.LanguageLocaleKey,
      active: user?.IsActive,
      urls: { rest: `${origin}/services/data/v{version}/` },
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

function refused(reply: FastifyReply, error: string, description: string): FastifyReply {
  return reply.code(400).send({ error, error_description: description });
}
