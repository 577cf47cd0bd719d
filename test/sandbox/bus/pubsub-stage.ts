import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Client,
  credentials,
  loadPackageDefinition,
  Metadata,
  type ServiceClientConstructor,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { openEventBus, type StoredEventBus } from '../../../src/sandbox/bus/bus.ts';
import { serverIdentity } from '../../../src/sandbox/bus/certificates.ts';
import { startPubSub } from '../../../src/sandbox/bus/pubsub-server.ts';
import { topicsOf } from '../../../src/sandbox/bus/topics.ts';
import type { Faults } from '../../../src/sandbox/fault.ts';
import { makeFaults } from '../../../src/sandbox/faults.ts';
import { field, text } from '../../../src/sandbox/org/schema/field.ts';
import { makeSchema } from '../../../src/sandbox/org/schema/schema.ts';
import { sobject } from '../../../src/sandbox/org/schema/sobject.ts';

export const ORG_ID = '00D000000000001AAA';
export const TOKEN = `${ORG_ID}!good`;
export const TOPIC = '/event/Moment__e';

const custom = { custom: true };
const MOMENT = sobject(
  {
    name: 'Moment__e',
    label: 'Moment',
    labelPlural: 'Moments',
    kind: 'event',
    keyPrefix: null,
    allowsActivities: false,
    sharing: 'ReadWrite',
    setup: false,
    fields: [
      field('CreatedDate', 'datetime'),
      text('Trigger__c', 40, { ...custom, required: true }),
      text('Contact__c', 18, custom),
      field('Anchor__c', 'date', custom),
    ],
  },
  'e00',
);

export interface Stage {
  bus: StoredEventBus;
  faults: Faults;
  /** What the caller's grants let him do with the event. */
  rights: { subscribe: boolean; publish: boolean };
  endpoint: string;
  caPath: string;
  /** Moves the bus's time. */
  wait(hours: number): void;
}

/** A Pub/Sub API with one topic, on a port of its own. */
export async function pubSubStage(keepaliveEvery = 60_000): Promise<Stage> {
  let now = new Date('2026-11-22T10:00:00Z');
  const bus = openEventBus(new Database(':memory:'), () => now);
  const identity = await serverIdentity(mkdtempSync(join(tmpdir(), 'pubsub-')), new Date());
  const faults = makeFaults();
  const rights = { subscribe: true, publish: true };
  const server = await startPubSub(0, identity, {
    bus,
    topics: topicsOf(makeSchema([MOMENT])),
    orgId: ORG_ID,
    createdById: '005000000000001AAA',
    isTokenValid: (token) => token === TOKEN,
    may: (_, action) => rights[action],
    faults,
    keepaliveEvery,
  });
  onTestFinished(() => server.close());
  return {
    bus,
    faults,
    rights,
    endpoint: `localhost:${server.port}`,
    caPath: identity.caPath,
    wait: (hours) => {
      now = new Date(now.getTime() + hours * 3_600_000);
    },
  };
}

/** A client of its own making, which checks the certificate against the sandbox's CA. */
export function rawClient({ endpoint, caPath }: Pick<Stage, 'endpoint' | 'caPath'>): Client {
  const definition = loadPackageDefinition(loadSync('proto/pubsub_api.proto', { defaults: true, enums: String }));
  const { PubSub } = (definition as unknown as { eventbus: { v1: { PubSub: ServiceClientConstructor } } }).eventbus.v1;
  const client = new PubSub(endpoint, credentials.createSsl(readFileSync(caPath)));
  onTestFinished(() => client.close());
  return client;
}

export function authentication(token = TOKEN): Metadata {
  const metadata = new Metadata();
  metadata.set('accesstoken', token);
  metadata.set('instanceurl', 'https://org.example');
  metadata.set('tenantid', ORG_ID);
  return metadata;
}
