import { describe, expect, it, onTestFinished } from 'vitest';
import type { Item } from '../../src/loop/ports.ts';
import { retryLater, startWorker } from '../../src/loop/worker.ts';
import { ACME, logBook, MINUTE_MS, movableClock, NOW } from './fakes.ts';
import { memorySpool } from './memory-spool.ts';

type Receipt = Item<'receipt'>;
const receipt = (key: string) => ({
  ...{ lane: 'receipt' as const, key, accountId: ACME, dueAt: NOW },
  payload: { kind: 'opt-out' as const, surveyKey: key },
});

function start(work: (items: Receipt[]) => Promise<void>, batch = 10, mayWork?: () => Promise<boolean>) {
  const clock = movableClock();
  const spool = memorySpool(clock);
  const log = logBook();
  const worker = startWorker({
    lane: 'receipt',
    work,
    batch,
    gather: 0,
    spool,
    clock,
    log,
    ...(mayWork && { mayWork }),
  });
  onTestFinished(() => worker.stop());
  spool.onPut(() => worker.wake());
  return { clock, spool, log, worker };
}

describe('a worker', () => {
  it('works off what is put into its lane, in batches, oldest first', async () => {
    const batches: string[][] = [];
    const { spool } = start(async (items) => {
      batches.push(items.map(({ key }) => key));
      await spool.settle({ done: items });
    }, 2);
    await spool.put([receipt('a'), receipt('b'), receipt('c')]);
    await expect.poll(() => spool.open('receipt')).toEqual([]);
    expect(batches).toEqual([['a', 'b'], ['c']]);
  });

  it('gives a batch whose work threw back, to be tried again later', async () => {
    let tries = 0;
    const { spool, clock, worker, log } = start(async (items) => {
      tries += 1;
      if (tries === 1) throw new Error('Salesforce is away.');
      await spool.settle({ done: items });
    });
    await spool.put([receipt('a'), receipt('b')]);
    await expect.poll(() => spool.open('receipt')).toMatchObject([{ attempts: 1 }, { attempts: 1 }]);
    expect(spool.open('receipt')).toMatchObject([{ reason: 'Salesforce is away.' }, {}]);
    expect(log.complaints()).toEqual([expect.stringContaining('tried again')]);
    clock.advance(MINUTE_MS);
    worker.wake();
    await expect.poll(() => spool.open('receipt')).toEqual([]);
    expect(tries).toBe(2);
  });

  it('goes on when the spool could not be reached', async () => {
    const { spool, worker, log } = start(async (items) => spool.settle({ done: items }));
    const { claim } = spool;
    let failures = 0;
    spool.claim = async () => {
      failures += 1;
      throw new Error('disk full');
    };
    worker.wake();
    await expect.poll(() => failures).toBeGreaterThan(0);
    spool.claim = claim;
    await spool.put([receipt('a')]);
    await expect.poll(() => spool.open('receipt')).toEqual([]);
    expect(log.complaints()).toContainEqual(expect.stringContaining('Check DATA_DIR'));
  });

  it('stops only when the batch at hand is settled, and takes no other', async () => {
    const gate = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const { spool, worker } = start(async (items) => {
      begun.resolve();
      await gate.promise;
      await spool.settle({ done: items });
    }, 1);
    await spool.put([receipt('a'), receipt('b')]);
    await begun.promise;
    let stopped = false;
    const stopping = worker.stop().then(() => {
      stopped = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(stopped).toBe(false);
    gate.resolve();
    await stopping;
    expect(spool.open('receipt').map(({ key }) => key)).toEqual(['b']);
  });

  it('leaves its lane alone while it may not work, and works it off afterwards', async () => {
    let may = false;
    const { spool, worker } = start(
      (items) => spool.settle({ done: items }),
      10,
      async () => may,
    );
    await spool.put([receipt('a')]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(spool.open('receipt')).toHaveLength(1);
    may = true;
    worker.wake();
    await expect.poll(() => spool.open('receipt')).toEqual([]);
  });

  it('stops at once when it has nothing to do', async () => {
    const { worker } = start(async () => {});
    await expect(worker.stop()).resolves.toBeUndefined();
  });
});

describe('a retry', () => {
  it.each([
    [0, 1_000],
    [1, 2_000],
    [8, 256_000],
    [9, 300_000],
    [5_000, 300_000],
  ])('after %i attempts waits %i ms', (attempts, wait) => {
    const item = { ...receipt('a'), id: 1, attempts };
    expect(retryLater(item, 'away', movableClock())).toEqual({
      item,
      at: new Date(NOW.getTime() + wait),
      reason: 'away',
      countsAsAttempt: true,
    });
  });
});
