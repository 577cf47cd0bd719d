import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import Fastify, { type FastifyInstance } from 'fastify';
import { Connection } from 'jsforce';
import type { Faults } from '../../../src/sandbox/fault.ts';
import { faultRoutes, makeFaults } from '../../../src/sandbox/faults.ts';
import { openOrg, type SandboxOrg } from '../../../src/sandbox/org/open-org.ts';
import type { EventBus, PublishedEvent } from '../../../src/sandbox/org/org.ts';
import { OrgError } from '../../../src/sandbox/org/org-error.ts';
import { orgRoutes } from '../../../src/sandbox/org/routes.ts';
import { readSourceTree } from '../../../src/sandbox/org/schema/metadata-file.ts';
import { openTokens, type Tokens } from '../../../src/sandbox/org/tokens.ts';
import { analyticsResources } from '../../../src/sandbox/reports/analytics.ts';

export const FORCE_APP = readSourceTree(fileURLToPath(new URL('../../../force-app', import.meta.url)));

export const NOW = new Date('2026-11-22T10:00:00Z');
const KEYS = generateKeyPairSync('rsa', { modulusLength: 2048 });

export const SERVICE = { id: 'nps-service', secret: 'its-secret' };

/** An org over a database, without a server; `published` holds what its bus was handed. */
export function stageOrg(database = new Database(':memory:'), now = () => NOW, shipped = FORCE_APP) {
  const published: Pick<PublishedEvent, 'event' | 'payload' | 'publishedBy'>[] = [];
  const org = openOrg({ database, shipped, now, bus: recordingBus(published) });
  return { org, published };
}

/** What the org says against it as a client reads it, or `accepted`. */
export function refusalOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    if (error instanceof OrgError) return error.toJSON();
    throw error;
  }
  return 'accepted';
}

export interface Stage extends AsyncDisposable {
  org: SandboxOrg;
  published: Pick<PublishedEvent, 'event' | 'payload' | 'publishedBy'>[];
  app: FastifyInstance;
  url: string;
  faults: Faults;
  tokens: Tokens;
  /** What assertions are signed with. */
  privateKey: KeyObject;
  /** Moves the time tokens live by. */
  wait(ms: number): void;
  connect(client?: { id: string; secret: string }): Promise<Connection>;
}

/** The org behind its REST API on a free port. */
export async function stageServer(): Promise<Stage> {
  const { org, published } = stageOrg();
  let wallMs = NOW.getTime();
  const faults = makeFaults();
  const tokens = openTokens({ org, service: SERVICE, publicKey: KEYS.publicKey, wall: () => new Date(wallMs) });
  const app = Fastify();
  faultRoutes(app, faults);
  orgRoutes(app, { org, tokens, faults, more: analyticsResources(org) });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    org,
    published,
    app,
    url,
    faults,
    tokens,
    privateKey: KEYS.privateKey,
    wait: (ms) => {
      wallMs += ms;
    },
    async connect({ id, secret } = { id: 'sandbox-admin', secret: 'sandbox-admin' }) {
      const connection = new Connection({ loginUrl: url, version: '68.0' });
      await connection.authorize({ grant_type: 'client_credentials', client_id: id, client_secret: secret });
      return connection;
    },
    [Symbol.asyncDispose]: async () => void (await app.close()),
  };
}

function recordingBus(published: Pick<PublishedEvent, 'event' | 'payload' | 'publishedBy'>[]): EventBus {
  return {
    publish(event, payload, publishedBy) {
      published.push({ event, payload, publishedBy });
      const replayId = BigInt(published.length);
      return { replayId, uuid: `uuid-${replayId}`, event, payload, publishedBy, at: NOW };
    },
    after: () => [],
    all: () => [],
    listen: () => () => undefined,
  };
}
