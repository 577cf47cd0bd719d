import type { AnyNewItem, Clock, Item, Lane, LinkHit, Settlement, Spool } from '../../src/loop/ports.ts';
import { type Departure, departureTimes } from '../../src/nps/pace.ts';

interface Stored {
  item: Item;
  state: 'waiting' | 'claimed' | 'done' | 'dead' | 'gone';
  dueAt: Date;
  reason: string;
}

export interface MemorySpool extends Spool {
  /** Items of a lane that are neither done nor dead, due or not. */
  open<L extends Lane>(lane: L): (Item<L> & { reason: string })[];
  /** What a crash leaves behind: everything claimed is free again. */
  crash(): void;
  ticksFired: string[];
}

/** The outbox without its disk, for one process. */
export function memorySpool(clock: Clock, installation = 'one'): MemorySpool {
  const stored: Stored[] = [];
  const hits: LinkHit[] = [];
  const left: Departure[] = [];
  const positions = new Map<string, Buffer>();
  const listeners: ((lane: Lane) => void)[] = [];
  const ticksFired: string[] = [];
  let lease: Date | undefined;

  const store = (items: readonly AnyNewItem[]) => {
    for (const item of items) {
      const isKnown = (one: Stored) => one.item.lane === item.lane && one.item.key === item.key;
      if (stored.some((one) => isKnown(one) && one.state !== 'gone')) continue;
      stored.push({
        item: { ...item, id: stored.length, attempts: 0 },
        state: 'waiting',
        dueAt: item.dueAt,
        reason: '',
      });
    }
    for (const { lane } of items) for (const listener of listeners) listener(lane);
  };
  const entryOf = ({ id }: Item) => {
    const entry = stored[id];
    if (!entry) throw new Error(`No item ${id} was ever stored.`);
    return entry;
  };

  return {
    ticksFired,
    open: <L extends Lane>(wanted: L) =>
      stored
        .filter(({ item, state }) => item.lane === wanted && (state === 'waiting' || state === 'claimed'))
        .map(({ item, dueAt, reason }) => ({ ...(item as Item<L>), dueAt, reason })),
    crash() {
      for (const entry of stored) if (entry.state === 'claimed') entry.state = 'waiting';
    },

    put: async (items) => store(items),
    async take(items, { topic, replayId }) {
      store(items);
      positions.set(topic, replayId);
    },
    position: async (topic) => positions.get(topic),
    async forgetPosition(topic) {
      positions.delete(topic);
    },
    async claim<L extends Lane>(lane: L, limit: number) {
      const due = stored
        .filter(({ item, state, dueAt }) => item.lane === lane && state === 'waiting' && dueAt <= clock.now())
        .slice(0, limit);
      for (const entry of due) entry.state = 'claimed';
      return due.map(({ item }) => item as Item<L>);
    },
    async settle({ done = [], retry = [], dead = [], dropped = [], put = [] }: Settlement) {
      for (const item of dropped) entryOf(item).state = 'gone';
      for (const item of done) entryOf(item).state = 'done';
      for (const { item, reason } of dead) Object.assign(entryOf(item), { state: 'dead', reason });
      for (const { item, at, reason, countsAsAttempt } of retry) {
        const attempts = item.attempts + (countsAsAttempt ? 1 : 0);
        Object.assign(entryOf(item), { state: 'waiting', dueAt: at, reason, item: { ...item, dueAt: at, attempts } });
      }
      store(put);
    },
    accountsAwaiting: async (lane, keyStart, accountIds) =>
      new Set(
        stored
          .filter(({ item, state }) => item.lane === lane && (state === 'waiting' || state === 'claimed'))
          .filter(({ item }) => item.key.startsWith(keyStart) && accountIds.includes(item.accountId))
          .map(({ item }) => item.accountId),
      ),
    fates: async (lane, keys) =>
      new Map(
        stored.flatMap(({ item, state }) => {
          if (item.lane !== lane || !keys.includes(item.key) || state === 'gone') return [];
          return [[item.key, state === 'claimed' ? 'waiting' : state] as const];
        }),
      ),
    async depart(mails, caps) {
      const times = departureTimes(mails, left, caps, clock.now());
      for (const [index, { sender, domain }] of mails.entries()) {
        if (times[index]?.getTime() === clock.now().getTime()) left.push({ sender, domain, at: clock.now() });
      }
      return times;
    },
    async observe(hit) {
      hits.push(hit);
    },
    hits: async (surveyKeys) => hits.filter(({ surveyKey }) => surveyKeys.includes(surveyKey)),
    async isFirstToFire(tick, at) {
      const fireTime = `${tick} ${at.toISOString()}`;
      if (ticksFired.includes(fireTime)) return false;
      ticksFired.push(fireTime);
      return true;
    },
    async pending() {
      const pending = { event: 0, command: 0, reply: 0, answer: 0, mail: 0, receipt: 0 };
      for (const { item, state } of stored) if (state === 'waiting' || state === 'claimed') pending[item.lane] += 1;
      return pending;
    },
    dead: async () =>
      stored
        .filter(({ state }) => state === 'dead')
        .map(({ item: { lane, key }, reason }) => ({ lane, key, reason, at: clock.now() })),
    async bindToOrg() {},
    installationId: async () => installation,
    async renewLease(until) {
      lease = until;
    },
    async endLease() {
      lease = undefined;
    },
    holdsLease: async () => lease !== undefined && clock.wall() < lease,
    async prune() {
      for (const entry of stored) if (entry.state === 'done') entry.state = 'gone';
    },
    onPut: (listener) => listeners.push(listener),
    async close() {},
  };
}
