import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import formbody from '@fastify/formbody';
import Fastify, { type FastifyInstance } from 'fastify';
import { openEventBus, type StoredEventBus } from './bus/bus.ts';
import { serverIdentity } from './bus/certificates.ts';
import { type PubSubServer, startPubSub } from './bus/pubsub-server.ts';
import { topicsOf } from './bus/topics.ts';
import { clockRoutes, openClock, type SandboxClock } from './clock.ts';
import { openDatabase } from './database.ts';
import { type Deployments, makeDeployments } from './deploy/deployments.ts';
import { deployResources } from './deploy/resources.ts';
import { ENVIRONMENT_FILE, writeEnvironment } from './environment-file.ts';
import type { Faults } from './fault.ts';
import { faultRoutes, makeFaults } from './faults.ts';
import { FlowsRefused } from './flows/refused.ts';
import { mayUseEvent } from './org/access/event-access.ts';
import { openState } from './org/founding.ts';
import { ADMIN, openOrg, type SandboxOrg } from './org/open-org.ts';
import { orgRoutes } from './org/routes.ts';
import { readSourceTree } from './org/schema/metadata-file.ts';
import { serviceKey } from './org/service-key.ts';
import { openTokens, type Tokens } from './org/tokens.ts';
import { type LinkedPage, pageRoutes } from './pages/routes.ts';
import { Refusal } from './refusal.ts';
import { analyticsResources } from './reports/analytics.ts';
import { COMPANY } from './seed/company.ts';
import { type Seed, seedOrg } from './seed/seed.ts';
import { openSendGrid, type SendGrid, sendGridRoutes } from './sendgrid/sendgrid.ts';
import { StartError } from './start-error.ts';

const SHIPPED = readSourceTree(fileURLToPath(new URL('../../force-app', import.meta.url)));

/** What the service signs in with. No secret: this org holds nothing real and listens on this machine only. */
const SERVICE_CLIENT = { id: 'sandbox-nps-service', secret: 'sandbox-nps-service' };
const MINUTE = 60_000;
const SENDGRID_API_KEY = 'SG.sandbox.sandbox';
/** How often it is looked what there is to tell of mails, for those who do not travel. */
const POST_EVENTS_EVERY_MS = 5_000;
/** Links of old mails must still open after a restart. */
const LINK_SECRET = 'the-sandbox-signs-its-links-with-this';

export interface SandboxOptions {
  /** 0 takes any free port. */
  port: number;
  pubsubPort: number;
  dataDir: string;
  /** What a new org is filled with; a whole company unless told otherwise. */
  seed?: Seed;
  /** Starts with the standard objects alone; what is ours comes by a deploy. */
  empty?: boolean;
  /** Deploys arrive as in a production org: active flows inactive. */
  production?: boolean;
  /** Where time stands at the first start and after a reset; the wall clock if not given. */
  startAt?: Date;
  /** Milliseconds of silence before a subscription gets an empty response. */
  keepaliveEvery?: number;
  /** How long access tokens live, in milliseconds of wall time; 2 h unless given. */
  tokenLifetime?: number;
}

export interface Sandbox {
  url: string;
  /** `localhost:3002` */
  pubsubEndpoint: string;
  /** What a service needs in its environment to live in this world. */
  environment: Record<string, string>;
  org: SandboxOrg;
  /** Path of the private key whose certificate is registered for JWT bearer assertions of the service's client. */
  privateKeyPath: string;
  /** Adds a page of the neighbourhood to the menu of the org's pages. */
  link(page: LinkedPage): void;
  /** A new access token of the admin, as `sf` takes it. */
  adminToken(): string;
  close(): Promise<void>;
}

/** Starts the outside world on 127.0.0.1, as it was left in `dataDir`. Throws StartError when something is taken. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const database = openDatabase(options.dataDir);
  const wall = () => new Date();
  const clock = openClock(openState(database), wall, options.startAt);
  const bus = openEventBus(database, clock.now);
  const shipped = options.empty ? [] : SHIPPED;
  const org = orgWith({ database, shipped, now: clock.now, bus });
  clock.stopAt(org.flows.nextDue);
  clock.onStep(org.flows.runDue);
  // Time also goes by when nobody travels.
  const ticking = setInterval(org.flows.runDue, MINUTE).unref();
  const sendGrid = openSendGrid(database, { now: clock.now, wall, domain: COMPANY.domain });
  const lifetime = options.tokenLifetime === undefined ? {} : { lifetimeMs: options.tokenLifetime };
  const key = await serviceKey(options.dataDir, wall());
  const tokens = openTokens({ org, service: SERVICE_CLIENT, publicKey: key.publicKey, wall, ...lifetime });
  // A company's history stands in fields that an empty org does not have.
  const fill = () => {
    if (!options.empty) seedOrg(org, options.seed ?? 'company');
  };
  if (org.isEmpty()) fill();

  const deployments = makeDeployments({ org, production: options.production ?? false });
  const faults = makeFaults();
  const linked: LinkedPage[] = [];
  const app = await sandboxApp({ linked, clock, bus, org, sendGrid, tokens, faults, deployments, fill });
  let pubsub: PubSubServer | undefined;
  clock.onStep(() => sendGrid.events.post());
  const postman = setInterval(() => void sendGrid.events.post(), POST_EVENTS_EVERY_MS);
  const close = async () => {
    clearInterval(ticking);
    clearInterval(postman);
    await pubsub?.close();
    await app.close();
    await sendGrid.events.close();
    await deployments.settled();
    database.close();
  };
  try {
    const identity = await serverIdentity(options.dataDir, wall());
    pubsub = await startPubSub(options.pubsubPort, identity, {
      bus,
      topics: topicsOf(org.schema),
      orgId: org.id,
      createdById: org.userId(ADMIN),
      isTokenValid: (token) => tokens.userId(token) !== undefined,
      may: (token, action, event) => mayUseEvent({ org, tokens }, token, action, event),
      faults,
      keepaliveEvery: options.keepaliveEvery ?? 60_000,
    });
    const url = await app.listen({ port: options.port, host: '127.0.0.1' });
    const pubsubEndpoint = `localhost:${pubsub.port}`;
    const environment = {
      SALESFORCE_LOGIN_URL: url,
      SALESFORCE_CLIENT_ID: SERVICE_CLIENT.id,
      SALESFORCE_CLIENT_SECRET: SERVICE_CLIENT.secret,
      SALESFORCE_PUBSUB_ENDPOINT: pubsubEndpoint,
      SALESFORCE_PUBSUB_CA: identity.caPath,
      SENDGRID_API_KEY,
      SENDGRID_BASE_URL: url,
      SENDGRID_WEBHOOK_PUBLIC_KEY: sendGrid.publicKey,
      MAIL_FALLBACK_FROM: `surveys@${COMPANY.domain}`,
      MAIL_ALLOWLIST: '*',
      LINK_SECRET,
      CLOCK_URL: `${url}/clock`,
    };
    writeEnvironment(join(options.dataDir, ENVIRONMENT_FILE), environment);
    const privateKeyPath = key.path;
    const link = (page: LinkedPage) => void linked.push(page);
    const adminToken = () => tokens.issue(ADMIN);
    return { url, pubsubEndpoint, environment, org, privateKeyPath, link, adminToken, close };
  } catch (error) {
    await close();
    throw String(error).includes('EADDRINUSE') ? new StartError(portSentence(options)) : error;
  }
}

/** An org that cannot play a flow does not open: what it leaves out would be missed by nobody. */
function orgWith(options: Parameters<typeof openOrg>[0]): SandboxOrg {
  try {
    return openOrg(options);
  } catch (error) {
    throw error instanceof FlowsRefused ? new StartError(`The sandbox cannot start.\n${error.message}`) : error;
  }
}

function portSentence({ port, pubsubPort }: SandboxOptions): string {
  return `Port ${port} or ${pubsubPort} is in use; stop what runs there, or set SANDBOX_PORT and SANDBOX_PUBSUB_PORT.`;
}

interface World {
  linked: readonly LinkedPage[];
  clock: SandboxClock;
  bus: StoredEventBus;
  org: SandboxOrg;
  sendGrid: SendGrid;
  tokens: Tokens;
  faults: Faults;
  deployments: Deployments;
  /** Seeds the empty org. */
  fill(): void;
}

async function sandboxApp({
  linked,
  clock,
  bus,
  org,
  sendGrid,
  tokens,
  faults,
  deployments,
  fill,
}: World): Promise<FastifyInstance> {
  // A clock that is travelling and open keep-alive connections must not hold up the end.
  const app = Fastify({ forceCloseConnections: true });
  await app.register(formbody);
  app.setErrorHandler<Error & { statusCode?: number }>((error, _, reply) => {
    const status = error instanceof Refusal ? 400 : (error.statusCode ?? 500);
    return reply.code(status).send({ error: error.message });
  });
  faultRoutes(app, faults);
  orgRoutes(app, { org, tokens, faults, more: [...deployResources(org, deployments), ...analyticsResources(org)] });
  sendGridRoutes(app, sendGrid, SENDGRID_API_KEY);
  clockRoutes(app, clock);
  pageRoutes(app, { org, clock, sendGrid, linked });
  app.get('/events', () =>
    bus.all().map(({ event, payload, publishedBy, at }) => ({ event, payload, publishedBy, at: at.toISOString() })),
  );
  app.get('/notifications', () => org.notifications.all());
  app.post('/reset', () => {
    faults.clear();
    bus.clear();
    sendGrid.reset();
    clock.reset();
    org.reset();
    fill();
    return { now: clock.now().toISOString() };
  });
  return app;
}
