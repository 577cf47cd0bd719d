import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import type { Item } from '../../src/loop/ports.ts';
import { startWorker } from '../../src/loop/worker.ts';
import { ACME, logBook, movableClock, NOW } from './fakes.ts';
import { memorySpool } from './memory-spool.ts';

const receipt = (key: string) => ({
  ...{ lane: 'receipt' as const, key, accountId: ACME, dueAt: NOW },
  payload: { kind: 'opt-out' as const, surveyKey: key },
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('takes items that come one after another as one batch', async () => {
  const clock = movableClock();
  const spool = memorySpool(clock);
  const batches: number[] = [];
  const work = async (items: Item<'receipt'>[]) => {
    batches.push(items.length);
    await spool.settle({ done: items });
  };
  const worker = startWorker({ lane: 'receipt', work, batch: 100, gather: 60, spool, clock, log: logBook() });
  onTestFinished(() => worker.stop());
  spool.onPut(() => worker.wake());
  for (const key of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) {
    await spool.put([receipt(key)]);
    await vi.advanceTimersByTimeAsync(20);
  }
  await vi.advanceTimersByTimeAsync(120);
  expect(spool.open('receipt')).toEqual([]);
  expect(batches).toEqual([8]);
});

it('does not wait for ever where items never stop coming', async () => {
  const clock = movableClock();
  const spool = memorySpool(clock);
  let batches = 0;
  const work = async (items: Item<'receipt'>[]) => {
    batches += 1;
    await spool.settle({ done: items });
  };
  const worker = startWorker({ lane: 'receipt', work, batch: 1000, gather: 10, spool, clock, log: logBook() });
  onTestFinished(() => worker.stop());
  spool.onPut(() => worker.wake());
  for (let number = 0; number < 2000 && batches === 0; number += 1) {
    await spool.put([receipt(String(number))]);
    await vi.advanceTimersByTimeAsync(2);
  }
  expect(batches).toBe(1);
});
