import type { ServiceError } from '@grpc/grpc-js';
import type { Log } from '../loop/ports.ts';
import { type Bus, type BusEvent, causeOf, type FetchStream } from './bus.ts';

const EVENTS_A_FETCH = 100;
/** Keepalives come about every minute; three missed ones mean that the stream hangs, which gRPC does not notice. */
const SILENCE_MS = 180_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 60_000;

export interface SubscriptionParts {
  bus: Bus;
  topic: string;
  /** The position after the last stored event; undefined starts with the earliest event retained (72 hours). */
  position(): Promise<Buffer | undefined>;
  forgetPosition(): Promise<void>;
  /** Stores events; more are asked for only when it resolves. */
  store(events: BusEvent[]): Promise<void>;
  signInAnew(): Promise<void>;
  log: Log;
}

export interface Subscription {
  connected(): boolean;
  /** True while received events are not stored yet. */
  busy(): boolean;
  stop(): Promise<void>;
}

/**
 * Keeps one subscription open for as long as the process lives: asks for as many events as it can store, starts again
 * behind the last stored one after any failure, signs in anew when the token ran out, and begins with the earliest
 * event when its position is no longer kept (duplicates are recognised later by their keys).
 */
export function subscribe({
  bus,
  topic,
  position,
  forgetPosition,
  store,
  signInAnew,
  log,
}: SubscriptionParts): Subscription {
  let stopped = false;
  let stream: FetchStream | undefined;
  let connected = false;
  let storing = 0;
  let endPause = () => {};

  const pause = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      if (stopped) return resolve();
      const timer = setTimeout(resolve, milliseconds);
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  /** Lives as long as one stream; throws what broke it. */
  const listenOnce = async (onProgress: () => void): Promise<void> => {
    const replayId = await position();
    // A subscription that waits for its first event hears nothing; that the bus answers is told by its channel alone.
    await bus.reachable();
    if (stopped) return;
    const open = bus.openStream();
    stream = open;
    const watchdog = setTimeout(() => open.cancel(), SILENCE_MS);
    open.write({
      topicName: topic,
      numRequested: EVENTS_A_FETCH,
      ...(replayId ? { replayPreset: 'CUSTOM', replayId } : { replayPreset: 'EARLIEST' }),
    });
    connected = true;
    try {
      for await (const response of open) {
        watchdog.refresh();
        onProgress();
        if (response.events.length > 0) {
          storing += 1;
          try {
            await store(await bus.decode(response));
          } finally {
            storing -= 1;
          }
        }
        if (response.pendingNumRequested === 0) open.write({ topicName: topic, numRequested: EVENTS_A_FETCH });
      }
    } finally {
      connected = false;
      clearTimeout(watchdog);
      open.cancel();
    }
  };

  const recoverFrom = async (error: Error) => {
    const cause = 'code' in error ? causeOf(error as ServiceError) : 'other';
    if (cause === 'stale-position') await forgetPosition();
    if (cause === 'signed-out') await signInAnew();
  };

  const supervise = async () => {
    let wait = FIRST_PAUSE_MS;
    while (!stopped) {
      const onProgress = () => {
        wait = FIRST_PAUSE_MS;
      };
      try {
        await listenOnce(onProgress);
      } catch (error) {
        if (stopped) return;
        const cause = error as Error;
        log.warn({ topic, error: cause.message }, 'The event stream broke and will be opened again.');
        await recoverFrom(cause).catch((again: Error) =>
          log.error(
            { topic, error: again.message },
            'The event stream could not be made ready to be opened again yet.',
          ),
        );
      }
      await pause(wait);
      wait = Math.min(wait * 2, LONGEST_PAUSE_MS);
    }
  };

  const supervision = supervise();
  return {
    connected: () => connected,
    busy: () => storing > 0,
    async stop() {
      stopped = true;
      stream?.cancel();
      endPause();
      await supervision;
      bus.close();
    },
  };
}
