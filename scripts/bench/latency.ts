import { setTimeout as pause } from 'node:timers/promises';
import { connectByHand, readThenWrite } from './by-hand.ts';
import type { Customer } from './customers.ts';
import type { OrgWorld } from './org-world.ts';
import { p95, type Row, seconds } from './row.ts';

export const CALL_LATENCY_MS = 150;
export const SAMPLES = 20;
const LOOK_EVERY_MS = 4;
const LOST_AFTER_MS = 10_000;

/** Something that begins, and how to see that it has led to what it should. */
interface Sample {
  begin(): Promise<void> | void;
  isDone(): Promise<boolean> | boolean;
}

/**
 * Milliseconds from beginning to done, with an idle service and an org that takes its time for every call. The mail
 * and the receipts that follow are waited for without that delay, so that the next sample finds the service idle.
 */
export async function timed(world: OrgWorld, { begin, isDone }: Sample): Promise<number> {
  await world.untilIdle();
  await world.delayCalls(CALL_LATENCY_MS);
  const began = performance.now();
  const begun = begin();
  while (!(await isDone())) {
    if (performance.now() - began > LOST_AFTER_MS) throw new Error('What was waited for did not happen within 10 s.');
    await pause(LOOK_EVERY_MS);
  }
  const elapsed = performance.now() - began;
  await begun;
  await world.delayCalls(0);
  return elapsed;
}

/** The limit: one call that reads and one that writes, by hand with jsforce, at the same latency. */
export async function timedByHand(world: OrgWorld, customers: readonly Customer[]): Promise<number[]> {
  const connection = await connectByHand(world);
  await world.delayCalls(CALL_LATENCY_MS);
  const times: number[] = [];
  for (const customer of customers) {
    const began = performance.now();
    await readThenWrite(connection, customer);
    times.push(performance.now() - began);
  }
  await world.delayCalls(0);
  return times;
}

export function latencyRow(name: string, byHand: readonly number[], ours: readonly number[], most: number): Row {
  return {
    name,
    beside: `${seconds(p95(byHand))} read + write by hand`,
    ours: seconds(p95(ours)),
    target: `<= ${seconds(most)}`,
    ok: p95(ours) <= most,
  };
}
