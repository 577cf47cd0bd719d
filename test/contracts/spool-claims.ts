import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Spool } from '../../src/loop/ports.ts';
import { type Bench, keys } from './spool-storage.ts';

const MINUTE = 60_000;

export function claimTests(bench: () => Bench): void {
  test('a claim hands out due items oldest first, with all that was put', async () => {
    const spool = await bench().open();
    const first = bench().answer('first', 'a');
    await spool.put([bench().answer('third', 'c', 2)]);
    await spool.put([first, bench().answer('second', 'b', 1)]);
    bench().clock.pass(10);
    const items = await spool.claim('answer', 10);
    expect(keys(items)).toEqual(['first', 'second', 'third']);
    expect(items[0]).toMatchObject({ ...first, attempts: 0 });
  });

  test('a claim keeps to its lane and its limit', async () => {
    const spool = await bench().open();
    await spool.put([bench().event('event', 'a'), bench().answer('one', 'b'), bench().answer('two', 'c')]);
    expect(keys(await spool.claim('answer', 1))).toEqual(['one']);
    expect(keys(await spool.claim('answer', 9))).toEqual(['two']);
    expect(keys(await spool.claim('event', 9))).toEqual(['event']);
  });

  test('items of one account keep their order within a claim', async () => {
    const spool = await bench().open();
    for (const key of ['1', '2', '3', '4']) await spool.put([bench().answer(key, 'a')]);
    expect(keys(await spool.claim('answer', 10))).toEqual(['1', '2', '3', '4']);
  });

  test('an account somebody works on is not claimed again, in any lane, until all its claimed items are settled', async () => {
    const spool = await bench().open();
    await spool.put([bench().answer('1', 'a'), bench().answer('2', 'a'), bench().answer('3', 'a')]);
    await spool.put([bench().event('event', 'a')]);
    const [one, two] = await spool.claim('answer', 2);
    if (!one || !two) throw new Error('two items were put and claimed');
    expect(await spool.claim('answer', 10)).toEqual([]);
    await spool.settle({ done: [one] });
    expect(await spool.claim('event', 10)).toEqual([]);
    await spool.settle({ done: [two] });
    expect(keys(await spool.claim('answer', 10))).toEqual(['3']);
  });

  test('a lane that was kept waiting for an account is woken when the account is given back', async () => {
    const spool = await bench().open();
    await spool.put([bench().answer('answer', 'a'), bench().event('event', 'a')]);
    const answers = await spool.claim('answer', 10);
    expect(await spool.claim('event', 10)).toEqual([]);
    const woken: string[] = [];
    spool.onPut((lane) => woken.push(lane));
    await spool.settle({ done: answers });
    expect(woken).toEqual(['event']);
    expect(keys(await spool.claim('event', 10))).toEqual(['event']);
  });

  test('an item waiting for later does not block the others of its account', async () => {
    const spool = await bench().open();
    await spool.put([bench().answer('later', 'a', MINUTE), bench().answer('now', 'a')]);
    const items = await spool.claim('answer', 10);
    expect(keys(items)).toEqual(['now']);
    await spool.settle({ done: items });
    expect(await spool.claim('answer', 10)).toEqual([]);
  });

  test('a jump of the programme clock makes items due', async () => {
    const spool = await bench().open();
    await spool.put([bench().answer('in 30 days', 'a', 30 * 24 * 60 * MINUTE)]);
    expect(await spool.claim('answer', 10)).toEqual([]);
    bench().clock.jump(30 * 24 * 60 * MINUTE);
    expect(keys(await spool.claim('answer', 10))).toEqual(['in 30 days']);
  });

  test('a jump of the programme clock ends no hold', async () => {
    const spool = await bench().open();
    await spool.put([bench().answer('1', 'a')]);
    await spool.claim('answer', 10);
    bench().clock.jump(90 * 24 * 60 * MINUTE);
    expect(await spool.claim('answer', 10)).toEqual([]);
  });

  test('a hold ends after two minutes without a word, and a settlement renews it', async () => {
    const spool = await bench().open();
    await spool.put([bench().answer('1', 'a'), bench().answer('2', 'a')]);
    const [one] = await spool.claim('answer', 10);
    if (!one) throw new Error('an item was put and claimed');
    bench().clock.pass(1.5 * MINUTE);
    await spool.settle({ done: [one] });
    bench().clock.pass(1.5 * MINUTE);
    expect(await spool.claim('answer', 10)).toEqual([]);
    bench().clock.pass(MINUTE);
    expect(keys(await spool.claim('answer', 10))).toEqual(['2']);
  });

  test('who lost the hold settles nothing, and the log says so', async () => {
    const spools = await bench().replicas();
    const [slow, quick = slow] = spools;
    if (!slow || !quick) throw new Error('a spool was opened');
    await slow.put([bench().answer('1', 'a')]);
    const lost = await slow.claim('answer', 10);
    bench().clock.pass(3 * MINUTE);
    const taken = await quick.claim('answer', 10);
    expect(keys(taken)).toEqual(['1']);
    await slow.settle({ dead: lost.map((item) => ({ item, reason: 'I believed it was mine' })) });
    expect(await slow.dead()).toEqual([]);
    expect(bench().warnings).toMatchObject([{ facts: { lane: 'answer', key: '1', accountId: 'a' } }]);
    await quick.settle({ done: taken });
    expect(bench().warnings).toHaveLength(1);
    expect(await quick.pending()).toMatchObject({ answer: 0 });
  });

  test('who lost an account settles none of its items, not even one the new holder left lying', async () => {
    const spool = await bench().open();
    await spool.put([bench().answer('1', 'a'), bench().answer('2', 'a')]);
    const lost = await spool.claim('answer', 10);
    bench().clock.pass(3 * MINUTE);
    const taken = await spool.claim('answer', 1);
    expect(keys(taken)).toEqual(['1']);
    await spool.settle({ done: lost });
    expect(bench().warnings).toHaveLength(2);
    await spool.settle({ done: taken });
    expect(keys(await spool.claim('answer', 10))).toEqual(['2']);
  });

  test('what is dropped is gone: nobody works on it, its account is free, and the same fact may come again', async () => {
    const spool = await bench().open();
    await spool.put([bench().answer('1', 'a'), bench().answer('2', 'a')]);
    const [one, two] = await spool.claim('answer', 10);
    if (!one || !two) throw new Error('two items were put and claimed');
    await spool.settle({ dropped: [one], done: [two] });
    expect(await spool.pending()).toMatchObject({ answer: 0 });
    await spool.put([bench().answer('1', 'a'), bench().answer('2', 'a')]);
    expect(keys(await spool.claim('answer', 10))).toEqual(['1']);
  });

  test('who lost the hold drops nothing', async () => {
    const spool = await bench().open();
    await spool.put([bench().answer('1', 'a')]);
    const lost = await spool.claim('answer', 10);
    bench().clock.pass(3 * MINUTE);
    const taken = await spool.claim('answer', 10);
    await spool.settle({ dropped: lost });
    expect(bench().warnings).toHaveLength(1);
    await spool.settle({ done: taken });
    expect(await spool.pending()).toMatchObject({ answer: 0 });
  });

  test('what became of items is told by lane and key, whether somebody works on them or not', async () => {
    const spool = await bench().open();
    await spool.put([
      bench().answer('done', 'a'),
      bench().answer('claimed', 'b'),
      bench().answer('later', 'c', MINUTE),
      bench().answer('dead', 'd'),
      bench().answer('dropped', 'e'),
    ]);
    const items = await spool.claim('answer', 10);
    const named = (wanted: string) => items.filter(({ key }) => key === wanted);
    const dead = named('dead').map((item) => ({ item, reason: 'It was refused.' }));
    await spool.settle({ done: named('done'), dead, dropped: named('dropped') });
    const asked = ['done', 'claimed', 'later', 'dead', 'dropped', 'never put'];
    expect(await spool.fates('answer', asked)).toEqual(
      new Map([
        ['done', 'done'],
        ['claimed', 'waiting'],
        ['later', 'waiting'],
        ['dead', 'dead'],
      ]),
    );
    expect(await spool.fates('event', asked)).toEqual(new Map());
    expect(await spool.fates('answer', [])).toEqual(new Map());
  });

  test('accounts with something on the way are told by how its key begins, whether somebody works on it or not', async () => {
    const spool = await bench().open();
    await spool.put([
      bench().answer('leave:1', 'done'),
      bench().answer('leave:2', 'claimed'),
      bench().answer('leave:3', 'later', MINUTE),
      bench().answer('stay:leave:', 'stays'),
      bench().answer('leave:4', 'not asked about'),
    ]);
    const items = await spool.claim('answer', 10);
    await spool.settle({ done: items.filter(({ key }) => key === 'leave:1') });
    const asked = ['done', 'claimed', 'later', 'stays', 'nobody'];
    expect([...(await spool.accountsAwaiting('answer', 'leave:', asked))].toSorted()).toEqual(['claimed', 'later']);
    expect(await spool.accountsAwaiting('event', 'leave:', asked)).toEqual(new Set());
    expect(await spool.accountsAwaiting('answer', 'leave:', [])).toEqual(new Set());
  });

  test('several workers at once never hold one account twice and settle every item once, in order', async () => {
    const spools = await bench().replicas();
    const accounts = Array.from({ length: 12 }, (_, number) => `account ${number}`);
    const puts = Array.from({ length: 240 }, (_, number) => bench().answer(`${number}`, accounts[number % 12] ?? ''));
    await spools[0]?.put(puts);

    const held = new Set<string>();
    const finished: string[] = [];
    const work = async (spool: Spool | undefined, limit: number) => {
      if (!spool) throw new Error('a spool was opened');
      while (finished.length < puts.length) {
        const items = await spool.claim('answer', limit);
        const claimed = new Set(items.map(({ accountId }) => accountId));
        for (const account of claimed) expect(held.has(account), `${account} is held by another`).toBe(false);
        for (const account of claimed) held.add(account);
        await nextTurn();
        for (const account of claimed) held.delete(account);
        finished.push(...keys(items));
        if (items.length > 0) await spool.settle({ done: items });
      }
    };
    await Promise.all([3, 7, 10, 4].map((limit, number) => work(spools[number % spools.length], limit)));

    expect(finished).toHaveLength(240);
    for (const account of accounts) {
      const inOrder = keys(puts.filter(({ accountId }) => accountId === account));
      expect(finished.filter((key) => inOrder.includes(key))).toEqual(inOrder);
    }
  });
}
