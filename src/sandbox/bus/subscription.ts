import { randomUUID } from 'node:crypto';
import { type ServerDuplexStream, status } from '@grpc/grpc-js';
import type { Faults } from '../fault.ts';
import type { PublishedEvent } from '../org/org.ts';
import type { StoredEventBus } from './bus.ts';
import { type FetchRequest, type FetchResponse, toReplayBytes } from './messages.ts';
import { invalid, PubSubError } from './pubsub-error.ts';
import type { Topic } from './topics.ts';

/** Salesforce hands out at most this many events a fetch, however many were asked for. */
const LARGEST_FETCH = 100;

/** What is ordered to happen to streams, and how to hear of new orders. */
export type StreamFaults = Pick<Faults, 'stream' | 'onChange'>;

/** What a subscription serves from. */
export interface Source {
  bus: StoredEventBus;
  topic: Topic;
  faults: StreamFaults;
  createdById: string;
  /** Milliseconds of silence after which an empty response tells the client that the stream lives. */
  keepaliveEvery: number;
}

export interface Subscription {
  /** Throws PubSubError when the request contradicts the stream. */
  fetch(request: FetchRequest): void;
  close(): void;
}

/** Serves one Subscribe stream, which begins where its first request says. Throws PubSubError for a bad start. */
export function openSubscription(
  stream: Pick<ServerDuplexStream<FetchRequest, FetchResponse>, 'write' | 'emit'>,
  first: FetchRequest,
  { bus, topic, faults, createdById, keepaliveEvery }: Source,
): Subscription {
  if (first.replayPreset === 'CUSTOM' && faults.stream(topic.name, 'stale')) throw staleReplayId();
  let position = startOf(first, bus);
  let demand = 0;

  function respond(events: readonly PublishedEvent[], latest: bigint): void {
    stream.write({
      events: events.map((event) => ({
        event: { id: event.uuid, schemaId: topic.schema.id, payload: topic.schema.encode(event, createdById) },
        replayId: toReplayBytes(event.replayId),
      })),
      latestReplayId: toReplayBytes(latest),
      rpcId: randomUUID(),
      pendingNumRequested: demand,
    });
    keepalive.refresh();
  }

  const isSilent = () => faults.stream(topic.name, 'silent');

  function deliver(): void {
    if (isSilent()) return;
    while (demand > 0) {
      const events = bus.after(topic.event, position, Math.min(demand, LARGEST_FETCH));
      const last = events.at(-1);
      if (!last) return;
      position = last.replayId;
      demand -= events.length;
      respond(events, position);
    }
  }

  const keepalive = setTimeout(() => {
    if (isSilent()) return void keepalive.refresh();
    // With demand left everything was delivered, so the client may start again at the tip. Without, it may not skip.
    if (demand > 0 || position === undefined) position = bus.latestReplayId();
    respond([], position);
  }, keepaliveEvery).unref();
  const stopListening = bus.listen(topic.event, deliver);
  const stopHeeding = faults.onChange(() => {
    if (faults.stream(topic.name, 'reset')) stream.emit('error', reset());
    else deliver();
  });

  return {
    fetch(request) {
      if (request.topicName !== '' && request.topicName !== topic.name) {
        const sentence = `This stream is on ${topic.name} and cannot change to "${request.topicName}".`;
        throw invalid('subscription.fetch.topic.mismatch', sentence);
      }
      if (request.numRequested <= 0) {
        const sentence = `num_requested must be greater than 0, but is ${request.numRequested}.`;
        throw invalid('subscription.fetch.requested.events.invalid', sentence);
      }
      demand += Math.min(request.numRequested, LARGEST_FETCH);
      deliver();
    },
    close() {
      clearTimeout(keepalive);
      stopListening();
      stopHeeding();
    },
  };
}

/** The replay id after which a stream starts; undefined is the earliest event that is retained. */
function startOf(request: FetchRequest, bus: StoredEventBus): bigint | undefined {
  if (request.replayPreset === 'EARLIEST') return undefined;
  if (request.replayPreset === 'LATEST') return bus.latestReplayId();
  if (request.replayId.length === 0) {
    const sentence = 'The replay preset CUSTOM needs a replay_id; send one, or ask for LATEST or EARLIEST.';
    throw invalid('subscription.fetch.replayid.validation.failed', sentence);
  }
  const replayId = request.replayId.length === 8 ? request.replayId.readBigUInt64BE() : undefined;
  if (replayId !== undefined && replayId <= BigInt(Number.MAX_SAFE_INTEGER) && bus.isReplayable(replayId))
    return replayId;
  throw staleReplayId();
}

function staleReplayId(): PubSubError {
  const sentence =
    'The replay_id is not valid or older than the 72 hours events are retained; subscribe with EARLIEST.';
  return invalid('subscription.fetch.replayid.corrupted', sentence);
}

function reset(): PubSubError {
  return new PubSubError(status.UNAVAILABLE, 'service.unavailable', 'RST_STREAM closed stream.');
}
