import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import {
  loadPackageDefinition,
  type Metadata,
  Server,
  ServerCredentials,
  type ServiceClientConstructor,
  status,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import type { EventAction } from '../org/access/event-access.ts';
import type { StoredEventBus } from './bus.ts';
import type { ServerIdentity } from './certificates.ts';
import {
  type PublishRequest,
  type PublishResponse,
  type PublishResult,
  type PubSubHandlers,
  toReplayBytes,
} from './messages.ts';
import { invalid, notFound, PubSubError, unauthenticated } from './pubsub-error.ts';
import { openSubscription, type StreamFaults, type Subscription } from './subscription.ts';
import type { Topic, Topics } from './topics.ts';

const PROTO = fileURLToPath(new URL('../../../proto/pubsub_api.proto', import.meta.url));

export interface PubSubOptions {
  bus: StoredEventBus;
  topics: Topics;
  orgId: string;
  /** The user events are created by. */
  createdById: string;
  /** Whether an access token is one of this org's and has not expired. */
  isTokenValid(token: string): boolean;
  /** Whether the user of the token may do that with the event. */
  may(token: string, action: EventAction, event: string): boolean;
  /** What is ordered to happen to streams. */
  faults: StreamFaults;
  /** Milliseconds of silence on a subscription before an empty response; Salesforce promises one within 270 s. */
  keepaliveEvery: number;
}

export interface PubSubServer {
  port: number;
  close(): Promise<void>;
}

/** Listens on 127.0.0.1 with TLS. Rejects when the port is taken. */
export async function startPubSub(
  port: number,
  identity: ServerIdentity,
  options: PubSubOptions,
): Promise<PubSubServer> {
  const { service } = pubSubService();
  const server = new Server();
  server.addService(service, handlers(options));
  const credentials = ServerCredentials.createSsl(null, [
    { private_key: identity.key, cert_chain: identity.certificate },
  ]);
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, credentials, (error, listening) =>
      error ? reject(error) : resolve(listening),
    );
  });
  return {
    port: bound,
    async close() {
      // Subscriptions never end by themselves: closing is not waiting for them.
      server.forceShutdown();
    },
  };
}

function pubSubService(): ServiceClientConstructor {
  const definition = loadPackageDefinition(loadSync(PROTO, { defaults: true, enums: String }));
  return (definition as unknown as { eventbus: { v1: { PubSub: ServiceClientConstructor } } }).eventbus.v1.PubSub;
}

function handlers({
  bus,
  topics,
  orgId,
  createdById,
  isTokenValid,
  may,
  faults,
  keepaliveEvery,
}: PubSubOptions): PubSubHandlers & UntypedServiceImplementation {
  function authenticate(metadata: Metadata): void {
    const [token, instance, tenant] = ['accesstoken', 'instanceurl', 'tenantid'].map((name) =>
      String(metadata.get(name)[0] ?? ''),
    );
    if (!token || !instance || tenant?.slice(0, 15) !== orgId.slice(0, 15)) {
      const sentence = `A call needs the metadata accesstoken, instanceurl and tenantid, the last one ${orgId}.`;
      throw unauthenticated('service.auth.headers.invalid', sentence);
    }
    if (!isTokenValid(token)) {
      throw unauthenticated('service.auth.error', 'The access token is unknown or has expired; get a new one.');
    }
  }

  /** The topic, if the caller may use it that way; to anybody else it does not exist. */
  function openTo(metadata: Metadata, action: EventAction, topicName: string): Topic {
    const topic = topics.named(topicName);
    if (may(tokenIn(metadata), action, topic.event)) return topic;
    throw notFound('topic.not.found', `The topic "${topicName}" does not exist for this user; he may not ${action}.`);
  }

  function publish(topic: Topic, { events }: PublishRequest): PublishResponse {
    if (events.length === 0) throw invalid('publish.event.count.invalid', 'A PublishRequest needs at least one event.');
    const results = events.map((event): PublishResult => {
      try {
        const { replayId } = bus.publish(topic.event, topics.schema(event.schemaId).decode(event.payload), 'pubsub');
        return { replayId: toReplayBytes(replayId), correlationKey: event.id };
      } catch (error) {
        return { error: { code: 'PUBLISH', msg: String(error) }, correlationKey: event.id };
      }
    });
    return { results, schemaId: topic.schema.id, rpcId: randomUUID() };
  }

  return {
    GetTopic: (call, answer) =>
      attempt(answer, () => {
        authenticate(call.metadata);
        const topic = topics.named(call.request.topicName);
        const token = tokenIn(call.metadata);
        const [canSubscribe, canPublish] = [may(token, 'subscribe', topic.event), may(token, 'publish', topic.event)];
        const rights = { canPublish, canSubscribe };
        return { topicName: topic.name, tenantGuid: orgId, ...rights, schemaId: topic.schema.id, rpcId: randomUUID() };
      }),
    GetSchema: (call, answer) =>
      attempt(answer, () => {
        authenticate(call.metadata);
        const schema = topics.schema(call.request.schemaId);
        return { schemaJson: schema.json, schemaId: schema.id, rpcId: randomUUID() };
      }),
    Publish: (call, answer) =>
      attempt(answer, () => {
        authenticate(call.metadata);
        return publish(openTo(call.metadata, 'publish', call.request.topicName), call.request);
      }),
    PublishStream(stream) {
      let topic: Topic | undefined;
      stream.on('data', (request: PublishRequest) => {
        try {
          authenticate(stream.metadata);
          topic ??= openTo(stream.metadata, 'publish', request.topicName);
          if (request.topicName !== '' && request.topicName !== topic.name) {
            throw invalid(
              'publish.topic.mismatch',
              `This stream publishes on ${topic.name}, not on "${request.topicName}".`,
            );
          }
          stream.write(publish(topic, request));
        } catch (error) {
          stream.emit('error', asStatus(error));
        }
      });
      stream.on('end', () => stream.end());
    },
    Subscribe(stream) {
      let subscription: Subscription | undefined;
      stream.on('data', (request) => {
        try {
          authenticate(stream.metadata);
          subscription ??= openSubscription(stream, request, {
            bus,
            topic: openTo(stream.metadata, 'subscribe', request.topicName),
            faults,
            createdById,
            keepaliveEvery,
          });
          subscription.fetch(request);
        } catch (error) {
          subscription?.close();
          stream.emit('error', asStatus(error));
        }
      });
      stream.on('end', () => stream.end());
      for (const ending of ['end', 'cancelled', 'close', 'error']) stream.on(ending, () => subscription?.close());
    },
  };
}

const tokenIn = (metadata: Metadata) => String(metadata.get('accesstoken')[0] ?? '');

function attempt<T>(answer: (error: PubSubError | null, value?: T) => void, work: () => T): void {
  try {
    answer(null, work());
  } catch (error) {
    answer(asStatus(error));
  }
}

function asStatus(error: unknown): PubSubError {
  if (error instanceof PubSubError) return error;
  return new PubSubError(status.INTERNAL, 'subscription.internal.error', `The sandbox failed: ${error}.`);
}
