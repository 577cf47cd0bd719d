import type { AnyNewItem, Clock, Log, NewItem, Spool } from '../../src/loop/ports.ts';
import { openSpool, type SpoolOptions } from '../../src/spool/open-spool.ts';

/** A place to keep a spool in; the contract's tests each get a new one. */
export interface SpoolStorage {
  where: Pick<SpoolOptions, 'databaseUrl' | 'dataDir'>;
  /** How many spools may be open on it at once. */
  replicas: number;
  discard(): Promise<void>;
}

export class TestClock implements Clock {
  #now = Date.parse('2026-03-01T09:00:00Z');
  #wall = Date.parse('2026-03-01T09:00:00Z');

  now = () => new Date(this.#now);
  wall = () => new Date(this.#wall);

  /** Programme time and machine time pass. */
  pass(ms: number): void {
    this.#now += ms;
    this.#wall += ms;
  }

  /** Programme time jumps, as it does in the sandbox; the machine's stands still. */
  jump(ms: number): void {
    this.#now += ms;
  }
}

/** Opens spools on one storage, with one clock, and remembers what they warned of. */
export class Bench {
  readonly clock = new TestClock();
  readonly warnings: { facts: object; sentence: string }[] = [];
  readonly #storage: SpoolStorage;
  readonly #open: Spool[] = [];

  constructor(storage: SpoolStorage) {
    this.#storage = storage;
  }

  get storage(): SpoolStorage {
    return this.#storage;
  }

  async open(): Promise<Spool> {
    const spool = await openSpool({ ...this.#storage.where, clock: this.clock, log: this.#log });
    this.#open.push(spool);
    return spool;
  }

  /** As many spools as may be open at once: three replicas, or the only one. */
  replicas(): Promise<Spool[]> {
    return Promise.all(Array.from({ length: this.#storage.replicas }, () => this.open()));
  }

  async close(): Promise<void> {
    await Promise.all(this.#open.splice(0).map((spool) => spool.close()));
  }

  async discard(): Promise<void> {
    await this.close();
    await this.#storage.discard();
  }

  /** An answer of the account, due now or `dueInMs` later. */
  answer(key: string, accountId: string, dueInMs = 0): NewItem<'answer'> {
    return {
      lane: 'answer',
      key,
      accountId,
      payload: { kind: 'review', accountId, surveyKey: key },
      dueAt: new Date(this.clock.now().getTime() + dueInMs),
    };
  }

  event(key: string, accountId: string): NewItem<'event'> {
    const moment = { trigger: 'Pre_Renewal', sourceId: accountId, anchorDate: '2026-05-15' };
    const payload = { eventUuid: key, moment, accountId, publishedAt: '2026-03-01T09:00:00Z' };
    return { lane: 'event', key, accountId, payload, dueAt: this.clock.now() };
  }

  /** An item no database can store: its due time is no time. */
  broken(key: string): AnyNewItem {
    return { ...this.answer(key, 'account'), dueAt: new Date(Number.NaN) };
  }

  readonly #log: Log = {
    debug: () => undefined,
    info: () => undefined,
    warn: (facts, sentence) => this.warnings.push({ facts, sentence }),
    error: () => undefined,
  };
}

export const keys = (items: readonly { key: string }[]): string[] => items.map(({ key }) => key);
