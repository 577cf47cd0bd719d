import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { SharedCommit } from '../../src/spool/shared-commit.ts';

test('writes that arrive together share one commit, and those that arrive meanwhile the next', async () => {
  const commits: number[][] = [];
  const shared = new SharedCommit<number>(async (writes) => {
    commits.push([...writes]);
    await delay(5);
  });
  const first = Promise.all([shared.add(1), shared.add(2)]);
  await delay(2);
  await Promise.all([first, shared.add(3), shared.add(4)]);
  await shared.add(5);
  expect(commits).toEqual([[1, 2], [3, 4], [5]]);
});

test('nobody is told before the commit', async () => {
  let committed = false;
  const shared = new SharedCommit<number>(async () => {
    await delay(5);
    committed = true;
  });
  await shared.add(1);
  expect(committed).toBe(true);
});

test('of a failed commit each write is tried alone, in order, and only the bad one fails', async () => {
  const stored: number[] = [];
  const shared = new SharedCommit<number>(async (writes) => {
    if (writes.includes(2)) throw new Error('2 cannot be stored');
    stored.push(...writes);
  });
  const outcomes = await Promise.allSettled([1, 2, 3].map((write) => shared.add(write)));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(stored).toEqual([1, 3]);
});

test('it is drained once everything that was added is told', async () => {
  const told: string[] = [];
  const shared = new SharedCommit<number>(() => delay(5));
  await shared.drained();
  void shared.add(1).then(() => told.push('added'));
  await shared.drained();
  expect(told).toEqual(['added']);
});
