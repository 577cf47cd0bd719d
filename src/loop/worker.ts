import type { Clock, Item, Lane, Log, Spool } from './ports.ts';
import { reasonOf } from './reason.ts';

export interface WorkerParts<L extends Lane> {
  lane: L;
  /** Does the work of a batch and settles every item of it. */
  work: (items: Item<L>[]) => Promise<void>;
  /** Whether the lane is worked off now; what waits is looked at again. */
  mayWork?: () => Promise<boolean>;
  /** How many items are taken at once. */
  batch: number;
  /** Milliseconds in which no further item may come before a batch is taken: what arrives together shares calls. */
  gather: number;
  spool: Spool;
  clock: Clock;
  log: Log;
}

export interface Worker {
  wake(): void;
  /** Resolves when the batch at hand is settled. */
  stop(): Promise<void>;
}

const LOOK_AGAIN_MS = 1_000;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 300_000;
/** Where items never stop coming, a batch is taken after this many times `gather`. */
const PATIENCE = 16;

/** Works off one lane for as long as the process lives. A batch whose work throws is tried again later, whole. */
export function startWorker<L extends Lane>(parts: WorkerParts<L>): Worker {
  const { lane, work, batch, gather, spool, clock, log, mayWork } = parts;
  let stopped = false;
  let woken = Promise.withResolvers<void>();
  let somethingCame = false;

  const wake = () => {
    somethingCame = true;
    woken.resolve();
  };

  const rest = async () => {
    const timer = setTimeout(() => woken.resolve(), LOOK_AGAIN_MS);
    await woken.promise;
    clearTimeout(timer);
    woken = Promise.withResolvers<void>();
  };

  const gatherMore = async () => {
    for (let waits = 0; somethingCame && waits < PATIENCE && gather > 0 && !stopped; waits += 1) {
      somethingCame = false;
      await new Promise((resolve) => setTimeout(resolve, gather));
    }
    somethingCame = false;
  };

  const workOff = async (items: Item<L>[]) => {
    try {
      await work(items);
    } catch (error) {
      const reason = reasonOf(error);
      log.warn({ lane, items: items.length, reason }, 'A batch could not be worked off and will be tried again.');
      await spool.settle({ retry: items.map((item) => retryLater(item, reason, clock)) });
    }
  };

  const run = async () => {
    while (!stopped) {
      try {
        if (mayWork && !(await mayWork())) {
          await rest();
          continue;
        }
        if (somethingCame) await gatherMore();
        const items = await spool.claim(lane, batch);
        if (items.length > 0) await workOff(items);
        else await rest();
      } catch (error) {
        log.error({ lane, error }, 'The spool cannot be reached. Check DATA_DIR or DATABASE_URL.');
        await rest();
      }
    }
  };

  const running = run();
  return {
    wake,
    async stop() {
      stopped = true;
      woken.resolve();
      await running;
    },
  };
}

/** The retry of an item, twice as far away each time, five minutes at most. */
export function retryLater<L extends Lane>(item: Item<L>, reason: string, clock: Clock) {
  const wait = Math.min(FIRST_RETRY_MS * 2 ** Math.min(item.attempts, 20), LAST_RETRY_MS);
  return { item, at: new Date(clock.now().getTime() + wait), reason, countsAsAttempt: true };
}
