import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { Database } from 'better-sqlite3';
import type { EventBus, PublishedEvent } from '../org/org.ts';

/** Salesforce keeps platform events for 72 hours. */
const RETENTION = 72 * 60 * 60 * 1000;

export interface StoredEventBus extends EventBus {
  /** The tip of the bus: a subscription that starts after it gets only what is published from now on. */
  latestReplayId(): bigint;
  /** Whether a subscription may start after this id: it was issued here, within the retention. */
  isReplayable(replayId: bigint): boolean;
  /** Forgets every event. Replay ids go on growing, so that an id from before is seen to be stale. */
  clear(): void;
}

interface EventRow {
  replay_id: number;
  uuid: string;
  event: string;
  payload: string;
  published_by: PublishedEvent['publishedBy'];
  at: number;
}

/**
 * Events in the sandbox's database. A row without an event is a mere position on the bus: the tip that keepalives name
 * while nothing is published. Old rows are kept for `all()`, but cannot be replayed.
 */
export function openEventBus(database: Database, now: () => Date): StoredEventBus {
  database.exec(`CREATE TABLE IF NOT EXISTS bus_event (
    replay_id INTEGER PRIMARY KEY AUTOINCREMENT, uuid TEXT, event TEXT, payload TEXT, published_by TEXT, at INTEGER NOT NULL
  )`);
  database.exec('CREATE INDEX IF NOT EXISTS bus_event_by_kind ON bus_event (event, replay_id)');
  const lastIssued = database.prepare<[], { seq: number }>("SELECT seq FROM sqlite_sequence WHERE name = 'bus_event'");
  const insert = database.prepare(`INSERT INTO bus_event (replay_id, uuid, event, payload, published_by, at)
    VALUES (@replay_id, @uuid, @event, @payload, @published_by, @at)`);
  const find = database.prepare<[bigint], { at: number }>('SELECT at FROM bus_event WHERE replay_id = ?');
  const following = database.prepare<[string, bigint, number, number], EventRow>(
    'SELECT * FROM bus_event WHERE event = ? AND replay_id > ? AND at >= ? ORDER BY replay_id LIMIT ?',
  );
  const everything = database.prepare<[], EventRow>(
    'SELECT * FROM bus_event WHERE event IS NOT NULL ORDER BY replay_id',
  );
  const listeners = new EventEmitter().setMaxListeners(0);

  const oldestRetained = () => now().getTime() - RETENTION;

  function nextReplayId(): number {
    const last = lastIssued.get()?.seq ?? 1000;
    return last + 1 + (last % 7);
  }

  function isReplayable(replayId: bigint): boolean {
    const row = find.get(replayId);
    return row !== undefined && row.at >= oldestRetained();
  }

  return {
    isReplayable,
    publish(event, payload, publishedBy) {
      const at = now();
      const row = { replay_id: nextReplayId(), uuid: randomUUID(), event, payload: JSON.stringify(payload) };
      insert.run({ ...row, published_by: publishedBy, at: at.getTime() });
      const published = toEvent({ ...row, published_by: publishedBy, at: at.getTime() });
      listeners.emit(event, published);
      return published;
    },
    after(event, replayId, limit) {
      // An open stream reads on after its last event however old the rest is; only a new start heeds the retention.
      return following.all(event, replayId ?? 0n, replayId === undefined ? oldestRetained() : 0, limit).map(toEvent);
    },
    all: () => everything.all().map(toEvent),
    listen(event, listener) {
      listeners.on(event, listener);
      return () => void listeners.off(event, listener);
    },
    latestReplayId() {
      const last = BigInt(lastIssued.get()?.seq ?? 0);
      if (isReplayable(last)) return last;
      const position = nextReplayId();
      insert.run({
        replay_id: position,
        uuid: null,
        event: null,
        payload: null,
        published_by: null,
        at: now().getTime(),
      });
      return BigInt(position);
    },
    clear: () => void database.exec('DELETE FROM bus_event'),
  };
}

function toEvent(row: EventRow): PublishedEvent {
  return {
    replayId: BigInt(row.replay_id),
    uuid: row.uuid,
    event: row.event,
    payload: JSON.parse(row.payload),
    publishedBy: row.published_by,
    at: new Date(row.at),
  };
}
