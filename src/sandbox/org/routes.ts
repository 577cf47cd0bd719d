import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Faults } from '../fault.ts';
import type { SandboxOrg } from './open-org.ts';
import { OrgError } from './org-error.ts';
import { type Answer, notFound, type Resource, refusal } from './rest/call.ts';
import { countCalls } from './rest/calls.ts';
import { bearer, oauthRoutes } from './rest/oauth.ts';
import { DAILY_API_CALLS, makeResources, type Resources } from './rest/resources.ts';
import { writeCheck } from './rest/write-check.ts';
import type { Tokens } from './tokens.ts';

/** API 68.0 is Winter '27; three releases a year, and the oldest that still answers is 31.0. */
const VERSIONS = Array.from({ length: 38 }, (_, index) => ({ version: `${31 + index}.0`, label: release(31 + index) }));
/** Salesforce takes request bodies of up to 50 MB. */
const BODY_LIMIT = 50 * 1024 * 1024;

export interface OrgRoutes {
  org: SandboxOrg;
  tokens: Tokens;
  faults: Faults;
  /** What stands below `/services/data/vXX.X` besides rows and queries. */
  more?: Resource[];
}

/** Salesforce's OAuth and REST paths at the root, and `GET /calls` and `POST /calls/reset`. */
export function orgRoutes(app: FastifyInstance, parts: OrgRoutes): void {
  const { org, tokens, faults, more = [] } = parts;
  const calls = countCalls();
  const dailyLimit = () => faults.dailyApiRequests() ?? DAILY_API_CALLS;
  const remainingCalls = () => Math.max(0, dailyLimit() - calls.total());
  const checkWritable = writeCheck(faults);
  const resources = makeResources({ org, dailyLimit, remainingCalls }, more);

  app.get('/calls', () => ({ total: calls.total(), calls: calls.list() }));
  app.post('/calls/reset', (_, reply) => {
    calls.reset();
    return reply.code(204).send();
  });

  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: BODY_LIMIT }, (_, body, done) => done(null, body));
    scope.addContentTypeParser(/^multipart\/form-data/, { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, formOf);
    scope.setErrorHandler((error, _, reply) => send(reply, refusal(asOrgError(error))));
    // Clients whose instance URL ends in a slash ask for `//services`.
    for (const prefix of ['', '/']) {
      oauthRoutes(scope, prefix, org, tokens);
      scope.get(`${prefix}/services/data`, () =>
        VERSIONS.map(({ version, label }) => ({ label, url: `/services/data/v${version}`, version })),
      );
      scope.all(`${prefix}/services/data/:version`, (request, reply) => send(reply, answer(request)));
      scope.all(`${prefix}/services/data/:version/*`, (request, reply) => send(reply, answer(request)));
      scope.all(`${prefix}/services/*`, (request) => {
        throw notFound(`The requested resource does not exist: the sandbox has no ${request.url}.`);
      });
    }
  });

  const send = (reply: FastifyReply, { status, body, headers = {} }: Answer): FastifyReply => {
    reply.headers({ ...headers, 'Sforce-Limit-Info': `api-usage=${calls.total()}/${dailyLimit()}` });
    return status === 204 ? reply.code(204).send() : reply.code(status).send(body);
  };

  const answer = (request: FastifyRequest): Answer => {
    const { pathname, searchParams } = new URL(request.url.replace(/^\/+/, '/'), 'http://sandbox');
    const [, base = '', version = '', path = ''] = /^(\/services\/data\/v([^/]+))(.*)$/.exec(pathname) ?? [];
    const userId = tokens.userId(bearer(request));
    if (!userId) throw new OrgError('INVALID_SESSION_ID', 'Session expired or invalid', { status: 401 });
    if (!VERSIONS.some((each) => each.version === version)) throw notFound();
    if (remainingCalls() === 0) throw limitExceeded();
    calls.add(request.method, countedPath(resources, request.method, base, path));
    const session = org.as(userId, checkWritable);
    const { method } = request;
    const call = { method, path: path || '/', query: searchParams, body: parsed(request.body), base, session };
    // Everything a request writes is on disk, or undone, before it is answered.
    return org.transaction(() => resources.run(call));
  };
}

function limitExceeded(): OrgError {
  return new OrgError('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.', { status: 403 });
}

function formOf({ headers }: FastifyRequest, body: Buffer | string): Promise<FormData> {
  return new Response(new Uint8Array(Buffer.from(body)), {
    headers: { 'content-type': headers['content-type'] ?? '' },
  }).formData();
}

function countedPath(resources: Resources, method: string, base: string, path: string): string {
  return `${base}${resources.pattern(method, path || '/')}`;
}

function parsed(body: unknown): unknown {
  if (body instanceof FormData) return body;
  if (typeof body !== 'string' || body === '') return undefined;
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new OrgError('JSON_PARSER_ERROR', error instanceof Error ? error.message : String(error));
  }
}

function asOrgError(error: unknown): OrgError {
  if (error instanceof OrgError) return error;
  const status = error instanceof Object && 'statusCode' in error ? Number(error.statusCode) : 500;
  return new OrgError('UNKNOWN_EXCEPTION', error instanceof Error ? error.message : String(error), { status });
}

function release(version: number): string {
  const season = ['Spring', 'Summer', 'Winter'][version % 3] ?? '';
  // A Winter release carries the year that is about to begin.
  const year = 24 + Math.floor((version - 60) / 3) + (season === 'Winter' ? 1 : 0);
  return `${season} '${year}`;
}
