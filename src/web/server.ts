import formBody from '@fastify/formbody';
import Fastify, { type FastifyBaseLogger, type FastifyError, type FastifyInstance, LogController } from 'fastify';
import type { CustomerDesk, MailEventDesk, Planner, ReplyDesk, Stationery } from '../loop/ports.ts';
import { answerRoutes } from './answer.ts';
import { takeAnyBody } from './any-body.ts';
import { drain } from './drain.ts';
import { healthRoutes, type Readiness } from './health.ts';
import { inboundMailRoutes } from './inbound-mail.ts';
import { mailEventRoutes } from './mail-events.ts';
import { servePageScript } from './page-script.ts';
import { openPages, showProblem } from './pages.ts';
import { planRoutes } from './plan.ts';
import { proposalRoutes } from './proposal.ts';
import { unsubscribeRoutes } from './unsubscribe.ts';

interface ServerParts {
  desk: CustomerDesk;
  /** Takes what the mail provider tells; without it nothing is taken. */
  mailEvents?: MailEventDesk;
  /** Takes mails that customers write back; without it they go to the CSM. */
  replies?: ReplyDesk;
  stationery: Stationery;
  readiness: Readiness;
  log: FastifyBaseLogger | false;
  /** The same for every replica, so that a visitor has one name whichever of them is asked. */
  visitorSalt: string;
  /** Addresses or ranges whose `X-Forwarded-For` is believed. */
  trustedProxies?: string[];
  /** Shows `/plan`. Only where nobody but its operator reaches the server: the page names customers. */
  planner?: Planner | undefined;
}

/** 32,000 characters of three bytes would be 288 KB percent-encoded; the page's own form stops at 20,000. */
const LARGEST_BODY = 256 * 1024;
/** Fastify's 100 is less than a link's token. */
const LONGEST_TOKEN = 500;

/** The service's web server: the pages behind the links of mails, health. It never logs an address, for links are in them. */
export function buildServer({
  desk,
  mailEvents,
  replies,
  stationery,
  readiness,
  log,
  visitorSalt,
  trustedProxies,
  planner,
}: ServerParts): FastifyInstance {
  const app = Fastify({
    ...(log === false ? { logger: false } : { loggerInstance: log }),
    logController: new LogController({ disableRequestLogging: true }),
    // A logger of its own for every request would be made for nothing: requests are not logged, only failures are.
    childLoggerFactory: (logger) => logger,
    bodyLimit: LARGEST_BODY,
    requestTimeout: 30_000,
    trustProxy: trustedProxies ?? false,
    routerOptions: { maxParamLength: LONGEST_TOKEN },
    frameworkErrors: (_error, _request, reply) => showProblem(reply, pages, 'unreadable'),
  });
  const pages = openPages(stationery, servePageScript(app));

  app.removeAllContentTypeParsers();
  app.register(formBody, { bodyLimit: LARGEST_BODY });
  app.register(async (routes) => {
    answerRoutes(routes, { desk, pages, visitorSalt });
    proposalRoutes(routes, { desk, pages, visitorSalt });
    unsubscribeRoutes(routes, { desk, pages });
    healthRoutes(routes, readiness);
    if (planner) planRoutes(routes, { planner, stationery });
  });
  if (mailEvents) app.register(async (posts) => mailEventRoutes(posts, mailEvents));
  if (replies) app.register(async (posts) => inboundMailRoutes(posts, replies));
  app.register(async (others) => {
    takeAnyBody(others);
    for (const url of ['/a/:token', '/p/:token', '/u/:token']) {
      others.route({
        method: ['PUT', 'PATCH', 'DELETE', 'OPTIONS'],
        url,
        handler: (_request, reply) => showProblem(reply.header('allow', 'GET, HEAD, POST'), pages, 'wrong-method'),
      });
    }
  });

  app.setNotFoundHandler((_request, reply) => showProblem(reply, pages, 'nothing-here'));
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status === 413) {
      await drain(request.raw);
      return showProblem(reply, pages, 'too-long');
    }
    if (status === 415) return showProblem(reply, pages, 'wrong-form');
    if (status >= 400 && status < 500) return showProblem(reply, pages, 'unreadable');
    request.log.error({ error: error.name, code: error.code, route: request.routeOptions.url }, error.message);
    return showProblem(reply, pages, 'our-fault');
  });
  return app;
}
