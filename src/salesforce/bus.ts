import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ClientDuplexStream } from '@grpc/grpc-js';
import { credentials, loadPackageDefinition, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { load } from '@grpc/proto-loader';
import avro from 'avsc';
import type { Connection } from 'jsforce';

const PROTO = fileURLToPath(new URL('../../proto/pubsub_api.proto', import.meta.url));
const CALL_TIMEOUT_MS = 15_000;

/** What every Pub/Sub call tells about the caller; the token is the REST API's. */
export interface BusIdentity {
  accessToken: string;
  instanceUrl: string;
  orgId: string;
}

/** The identity of a signed-in connection, with whatever token it has by then. */
export function identityOf(connection: Connection, orgId: string): () => BusIdentity {
  return () => ({ accessToken: connection.accessToken ?? '', instanceUrl: connection.instanceUrl, orgId });
}

export interface BusEvent {
  /** The EventUuid: the event's identity, even when it is published again. */
  uuid: string;
  replayId: Buffer;
  payload: Record<string, unknown>;
}

export interface FetchRequest {
  topicName: string;
  numRequested: number;
  replayPreset?: 'EARLIEST' | 'CUSTOM';
  replayId?: Buffer;
}

export interface FetchResponse {
  events: { event: { id: string; schemaId: string; payload: Buffer }; replayId: Buffer }[];
  pendingNumRequested: number;
}

export type FetchStream = ClientDuplexStream<FetchRequest, FetchResponse>;

/** The Pub/Sub API as published in `proto/pubsub_api.proto`, events decoded from Avro. */
export interface Bus {
  /** Resolves when a connection stands. @throws after some seconds without one */
  reachable(): Promise<void>;
  /** Whether the caller may subscribe to a topic. @throws when there is none of the name, or nobody answers */
  maySubscribe(topicName: string): Promise<boolean>;
  openStream(): FetchStream;
  decode(response: FetchResponse): Promise<BusEvent[]>;
  close(): void;
}

interface PubSubStub {
  subscribe(metadata: Metadata): FetchStream;
  getTopic(
    request: { topicName: string },
    metadata: Metadata,
    options: { deadline: number },
    answer: (error: ServiceError | null, topic: { canSubscribe: boolean }) => void,
  ): void;
  getSchema(
    request: { schemaId: string },
    metadata: Metadata,
    options: { deadline: number },
    answer: (error: ServiceError | null, schema: { schemaJson: string }) => void,
  ): void;
  waitForReady(deadline: number, answer: (error?: Error) => void): void;
  close(): void;
}

/**
 * Connects to the Pub/Sub API, TLS only. `caFile` names an authority to trust besides the system's, for a bus inside
 * one's own network; certificates are always checked.
 */
export async function openBus(endpoint: string, caFile: string | undefined, identity: () => BusIdentity): Promise<Bus> {
  const definition = loadPackageDefinition(await load(PROTO, { enums: String, longs: Number, defaults: true }));
  const { PubSub } = (
    definition as unknown as { eventbus: { v1: { PubSub: new (...words: unknown[]) => PubSubStub } } }
  ).eventbus.v1;
  const stub = new PubSub(endpoint, credentials.createSsl(caFile === undefined ? null : readFileSync(caFile)));
  const schemas = new Map<string, Promise<avro.Type>>();

  const metadata = () => {
    const { accessToken, instanceUrl, orgId } = identity();
    const words = new Metadata();
    words.set('accesstoken', accessToken);
    words.set('instanceurl', instanceUrl);
    words.set('tenantid', orgId);
    return words;
  };

  const fetchSchema = (schemaId: string) =>
    new Promise<avro.Type>((resolve, reject) => {
      stub.getSchema({ schemaId }, metadata(), { deadline: Date.now() + CALL_TIMEOUT_MS }, (error, schema) => {
        if (error) reject(error);
        else resolve(avro.Type.forSchema(JSON.parse(schema.schemaJson)));
      });
    });

  const schemaOf = (schemaId: string) => {
    const known = schemas.get(schemaId) ?? fetchSchema(schemaId);
    schemas.set(schemaId, known);
    known.catch(() => schemas.delete(schemaId));
    return known;
  };

  return {
    reachable: () =>
      new Promise((resolve, reject) => {
        stub.waitForReady(Date.now() + CALL_TIMEOUT_MS, (error) => (error ? reject(error) : resolve()));
      }),
    maySubscribe: (topicName) =>
      new Promise((resolve, reject) => {
        stub.getTopic({ topicName }, metadata(), { deadline: Date.now() + CALL_TIMEOUT_MS }, (error, topic) => {
          if (error) reject(error);
          else resolve(topic.canSubscribe);
        });
      }),
    openStream: () => stub.subscribe(metadata()),
    decode: ({ events }) =>
      Promise.all(
        events.map(async ({ event, replayId }) => ({
          uuid: event.id,
          replayId,
          payload: (await schemaOf(event.schemaId)).fromBuffer(event.payload) as Record<string, unknown>,
        })),
      ),
    close: () => stub.close(),
  };
}

/** Why a stream broke, as far as it changes what to do next. */
export function causeOf(error: ServiceError): 'signed-out' | 'stale-position' | 'other' {
  if (error.code === status.UNAUTHENTICATED) return 'signed-out';
  const code = String(error.metadata?.get('error-code')[0] ?? '');
  return code.includes('replayid') ? 'stale-position' : 'other';
}
