import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openEventBus } from '../../../src/sandbox/bus/bus.ts';

const noon = new Date('2026-11-22T12:00:00Z');

test('replay ids grow, with gaps', () => {
  const bus = openEventBus(new Database(':memory:'), () => noon);
  const ids = Array.from({ length: 10 }, () => bus.publish('A__e', {}, 'rest').replayId);
  const steps = ids.slice(1).map((id, index) => id - (ids[index] ?? 0n));
  expect(steps.every((step) => step > 0n)).toBe(true);
  expect(steps.some((step) => step > 1n)).toBe(true);
});

test('events survive a restart and go on where they were', () => {
  const database = new Database(':memory:');
  const before = openEventBus(database, () => noon).publish('A__e', { Text__c: 'x' }, 'flow:Daily');
  const bus = openEventBus(database, () => noon);
  expect(bus.all()).toEqual([before]);
  expect(bus.publish('A__e', {}, 'rest').replayId).toBeGreaterThan(before.replayId);
});

test('a listener hears its own kind of event until it stops', () => {
  const bus = openEventBus(new Database(':memory:'), () => noon);
  const heard: string[] = [];
  const stop = bus.listen('A__e', ({ uuid }) => heard.push(uuid));
  const first = bus.publish('A__e', {}, 'rest');
  bus.publish('B__e', {}, 'rest');
  stop();
  bus.publish('A__e', {}, 'rest');
  expect(heard).toEqual([first.uuid]);
});

test('after 72 hours an event is listed, but cannot be replayed', () => {
  let now = noon;
  const bus = openEventBus(new Database(':memory:'), () => now);
  const old = bus.publish('A__e', {}, 'rest');
  now = new Date(noon.getTime() + 71 * 3_600_000);
  expect(bus.after('A__e', undefined, 10)).toEqual([old]);
  now = new Date(noon.getTime() + 73 * 3_600_000);
  expect(bus.after('A__e', undefined, 10)).toEqual([]);
  expect(bus.isReplayable(old.replayId)).toBe(false);
  expect(bus.isReplayable(bus.latestReplayId())).toBe(true);
  expect(bus.all()).toEqual([old]);
});

test('a cleared bus issues no id twice', () => {
  const bus = openEventBus(new Database(':memory:'), () => noon);
  const { replayId } = bus.publish('A__e', {}, 'rest');
  bus.clear();
  expect(bus.all()).toEqual([]);
  expect(bus.publish('A__e', {}, 'rest').replayId).toBeGreaterThan(replayId);
});
