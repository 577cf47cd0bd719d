import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Item } from '../../src/loop/ports.ts';
import { HOLD_MS } from '../../src/spool/claim.ts';
import { Bench, keys } from '../contracts/spool-storage.ts';
import { newSqliteStorage } from './sqlite-storage.ts';

type Outcome = 'done' | 'dead' | 'retry' | 'open';

const step = fc.oneof(
  fc.record({ do: fc.constant('put' as const), account: fc.nat(3), dueInMs: fc.nat(3) }),
  fc.record({ do: fc.constant('claim' as const), limit: fc.integer({ min: 1, max: 4 }) }),
  fc.record({
    do: fc.constant('settle' as const),
    claim: fc.nat(5),
    outcomes: fc.array(fc.constantFrom<Outcome>('done', 'dead', 'retry', 'open'), { minLength: 4, maxLength: 4 }),
  }),
  fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(1, 3, HOLD_MS / 2, HOLD_MS + 1) }),
);

test('whatever the interleaving, no account is held twice and every item ends exactly once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const bench = new Bench(await newSqliteStorage());
      try {
        await playAndCheck(bench, steps);
      } finally {
        await bench.discard();
      }
    }),
    { numRuns: 80 },
  );
});

/** Plays the steps against the spool and, beside it, a model of who holds what until when. */
async function playAndCheck(bench: Bench, steps: readonly (typeof step extends fc.Arbitrary<infer S> ? S : never)[]) {
  const spool = await bench.open();
  const wall = () => bench.clock.wall().getTime();
  const put: string[] = [];
  const ended: string[] = [];
  const claims: Map<string, Item>[] = [];
  const holds = new Map<string, { claim: Map<string, Item>; until: number }>();

  const claim = async (limit: number) => {
    const items = await spool.claim('answer', limit);
    const open = new Map(items.map((item) => [item.key, item]));
    for (const { key, accountId } of items) {
      const hold = holds.get(accountId);
      if (hold && hold.claim !== open) expect(hold.until, `${accountId} is held`).toBeLessThan(wall());
      expect(ended).not.toContain(key);
      holds.set(accountId, { claim: open, until: wall() + HOLD_MS });
    }
    expect(items).toEqual([...items].sort((one, other) => +one.dueAt - +other.dueAt || one.id - other.id));
    claims.push(open);
    return items;
  };

  const settle = async (open: Map<string, Item>, outcomeOf: (place: number) => Outcome) => {
    const told = [...open.values()].map((item, place) => ({ item, outcome: outcomeOf(place) }));
    const of = (wanted: Outcome) => told.filter(({ outcome }) => outcome === wanted).map(({ item }) => item);
    await spool.settle({
      done: of('done'),
      dead: of('dead').map((item) => ({ item, reason: 'x' })),
      retry: of('retry').map((item) => ({ item, at: bench.clock.now(), reason: 'x', countsAsAttempt: true })),
    });
    const speaks = told.some(({ outcome }) => outcome !== 'open');
    for (const { item, outcome } of told) {
      if (outcome !== 'open') open.delete(item.key);
      const hold = holds.get(item.accountId);
      if (hold?.claim !== open) continue;
      if (speaks) hold.until = wall() + HOLD_MS;
      if (outcome === 'done' || outcome === 'dead') ended.push(item.key);
    }
    for (const [account, hold] of holds) {
      const holdsSome = [...hold.claim.values()].some(({ accountId }) => accountId === account);
      if (hold.claim === open && !holdsSome) holds.delete(account);
    }
  };

  for (const action of steps) {
    if (action.do === 'put') {
      const item = bench.answer(`${put.length}`, `account ${action.account}`, action.dueInMs);
      put.push(item.key);
      await spool.put([item]);
    } else if (action.do === 'claim') await claim(action.limit);
    else if (action.do === 'pass') bench.clock.pass(action.ms);
    else {
      const open = claims[action.claim % Math.max(claims.length, 1)];
      if (open) await settle(open, (place) => action.outcomes[place] ?? 'open');
    }
  }

  bench.clock.pass(HOLD_MS + 1);
  for (let items = await claim(3); items.length > 0; items = await claim(3)) {
    await settle(claims.at(-1) ?? new Map(), () => 'done');
  }
  expect(ended.toSorted()).toEqual(put.toSorted());
  expect(await spool.pending()).toMatchObject({ answer: 0 });
  expect(keys(await spool.dead()).every((key) => ended.includes(key))).toBe(true);
}
