import { expect, test } from 'vitest';
import type { LinkHit } from '../../src/loop/ports.ts';
import { type Bench, keys } from './spool-storage.ts';

const MINUTE = 60_000;
const TOPIC = '/event/NPS_Lifecycle__e';

export function writeTests(bench: () => Bench): void {
  test('the same fact put twice is one item, even after it was done', async () => {
    const spool = await bench().open();
    await spool.put([bench().answer('fact', 'a'), bench().answer('fact', 'a')]);
    await Promise.all([spool.put([bench().answer('fact', 'a')]), spool.put([bench().answer('fact', 'a')])]);
    const items = await spool.claim('answer', 10);
    expect(items).toHaveLength(1);
    await spool.settle({ done: items });
    await spool.put([bench().answer('fact', 'a')]);
    expect(await spool.claim('answer', 10)).toEqual([]);
  });

  test('one key may be used in two lanes', async () => {
    const spool = await bench().open();
    await spool.put([bench().answer('key', 'a'), bench().event('key', 'b')]);
    expect(await spool.pending()).toEqual({ event: 1, command: 0, reply: 0, answer: 1, mail: 0, receipt: 0 });
  });

  test('a bad item costs only its own caller, and all of what that caller wanted', async () => {
    const spool = await bench().open();
    const outcomes = await Promise.allSettled([
      spool.put([bench().answer('good 1', 'a')]),
      spool.put([bench().answer('with a bad one', 'b'), bench().broken('bad')]),
      spool.put([bench().answer('good 2', 'c')]),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(keys(await spool.claim('answer', 10))).toEqual(['good 1', 'good 2']);
  });

  test('a given-back item comes again when it is due, and counts its attempts', async () => {
    const spool = await bench().open();
    await spool.put([bench().answer('1', 'a')]);
    const [first] = await spool.claim('answer', 10);
    if (!first) throw new Error('an item was put and claimed');
    const at = new Date(bench().clock.now().getTime() + MINUTE);
    await spool.settle({ retry: [{ item: first, at, reason: 'Salesforce was busy.', countsAsAttempt: true }] });
    expect(await spool.claim('answer', 10)).toEqual([]);
    bench().clock.pass(MINUTE);
    const [second] = await spool.claim('answer', 10);
    if (!second) throw new Error('the item was given back and is due');
    expect(second).toMatchObject({ key: '1', attempts: 1, dueAt: at });
    const now = bench().clock.now();
    await spool.settle({ retry: [{ item: second, at: now, reason: 'Halted.', countsAsAttempt: false }] });
    expect(await spool.claim('answer', 10)).toMatchObject([{ key: '1', attempts: 1 }]);
  });

  test('a dead item is kept with its reason and is not claimed again', async () => {
    const spool = await bench().open();
    await spool.put([bench().answer('1', 'a')]);
    const [item] = await spool.claim('answer', 10);
    if (!item) throw new Error('an item was put and claimed');
    await spool.settle({ dead: [{ item, reason: 'The account was deleted.' }] });
    const at = bench().clock.now();
    expect(await spool.dead()).toEqual([{ lane: 'answer', key: '1', reason: 'The account was deleted.', at }]);
    expect(await spool.claim('answer', 10)).toEqual([]);
    expect(await spool.pending()).toMatchObject({ answer: 0 });
  });

  test('what a settlement puts is stored with it or not at all', async () => {
    const spool = await bench().open();
    await spool.put([bench().event('event', 'a'), bench().answer('known', 'b')]);
    const done = await spool.claim('event', 10);
    await expect(
      spool.settle({ done, put: [bench().answer('follows', 'a'), bench().broken('bad')] }),
    ).rejects.toThrow();
    expect(await spool.pending()).toMatchObject({ event: 1, answer: 1 });
    await spool.settle({ done, put: [bench().answer('follows', 'a'), bench().answer('known', 'b')] });
    expect(await spool.pending()).toMatchObject({ event: 0, answer: 2 });
  });

  test('an item that was never claimed cannot be settled', async () => {
    const spool = await bench().open();
    const never = { ...bench().answer('1', 'a'), id: 1, attempts: 0 };
    await expect(async () => spool.settle({ done: [never] })).rejects.toThrow(/answer item 1 .* never claimed/);
  });

  test('listeners hear of a lane once a commit, and of a settlement only what is due', async () => {
    const spool = await bench().open();
    const heard: string[] = [];
    spool.onPut((lane) => heard.push(lane));
    await Promise.all([
      spool.put([bench().answer('1', 'a'), bench().answer('2', 'b')]),
      spool.put([bench().answer('3', 'c'), bench().event('e', 'd')]),
    ]);
    expect(heard.sort()).toEqual(['answer', 'event']);
    heard.length = 0;
    const done = await spool.claim('event', 1);
    await spool.settle({ done, put: [bench().answer('5', 'a', MINUTE)] });
    expect(heard).toEqual([]);
    await spool.settle({ put: [bench().answer('6', 'a')] });
    expect(heard).toEqual(['answer']);
  });

  test('events and the position behind them are stored together or not at all', async () => {
    const spool = await bench().open();
    expect(await spool.position(TOPIC)).toBeUndefined();
    const replayId = Buffer.from([0, 255, 7]);
    await spool.take([bench().event('1', 'a')], { topic: TOPIC, replayId });
    const bad = { ...bench().event('2', 'b'), dueAt: new Date(Number.NaN) };
    await expect(spool.take([bad], { topic: TOPIC, replayId: Buffer.from([9]) })).rejects.toThrow();
    expect(await spool.position(TOPIC)).toEqual(replayId);
    expect(await spool.pending()).toMatchObject({ event: 1 });
    await Promise.all([1, 2, 3].map((id) => spool.take([], { topic: TOPIC, replayId: Buffer.from([id]) })));
    expect(await spool.position(TOPIC)).toEqual(Buffer.from([3]));
    await spool.forgetPosition(TOPIC);
    expect(await spool.position(TOPIC)).toBeUndefined();
  });

  test('hits come back as they were observed, in the order of time', async () => {
    const spool = await bench().open();
    const at = bench().clock.now();
    const later = new Date(at.getTime() + 5);
    const ran: LinkHit = { surveyKey: 's1', link: '0', kind: 'page-ran', visitor: 'v', at: later };
    const fetched: LinkHit = { surveyKey: 's1', link: 'a-g2', kind: 'fetched', visitor: 'v', at };
    await Promise.all([ran, fetched, { ...ran, surveyKey: 's2' }].map((hit) => spool.observe(hit)));
    expect(await spool.hits(['s1', 's3'])).toEqual([fetched, ran]);
    expect(await spool.hits([])).toEqual([]);
  });

  test('only one of several replicas is first to fire a tick', async () => {
    const spools = await bench().replicas();
    const at = bench().clock.now();
    const asked = [0, 1, 2].map((number) => spools[number % spools.length]?.isFirstToFire('nightly', at));
    expect((await Promise.all(asked)).filter((isFirst) => isFirst)).toHaveLength(1);
    expect(await spools[0]?.isFirstToFire('hourly', at)).toBe(true);
    expect(await spools[0]?.isFirstToFire('nightly', new Date(at.getTime() + MINUTE))).toBe(true);
  });

  test('pending counts what is due or being worked on', async () => {
    const spool = await bench().open();
    await spool.put([bench().answer('due', 'a'), bench().answer('later', 'b', MINUTE), bench().event('e', 'c')]);
    expect(await spool.pending()).toEqual({ event: 1, command: 0, reply: 0, answer: 1, mail: 0, receipt: 0 });
    const done = await spool.claim('answer', 10);
    expect(await spool.pending()).toMatchObject({ answer: 1 });
    await spool.settle({ done });
    expect(await spool.pending()).toMatchObject({ answer: 0 });
  });

  test('pruning drops old settled items, hits and ticks, and nothing that still waits', async () => {
    const spool = await bench().open();
    const at = bench().clock.now();
    await spool.put([bench().answer('done', 'a'), bench().answer('waiting', 'b', MINUTE)]);
    await spool.settle({ done: await spool.claim('answer', 10) });
    await spool.observe({ surveyKey: 's', link: '9', kind: 'fetched', visitor: 'v', at });
    await spool.isFirstToFire('nightly', at);
    await spool.prune(at);
    expect(await spool.hits(['s'])).toHaveLength(1);
    expect(await spool.isFirstToFire('nightly', at)).toBe(false);
    bench().clock.pass(MINUTE);
    await spool.prune(bench().clock.now());
    expect(await spool.hits(['s'])).toEqual([]);
    expect(await spool.isFirstToFire('nightly', at)).toBe(true);
    await spool.put([bench().answer('done', 'a')]);
    expect(keys(await spool.claim('answer', 10)).sort()).toEqual(['done', 'waiting']);
  });

  test('pruning remembers what was done as long as the receipt of the same key is not written', async () => {
    const spool = await bench().open();
    const at = bench().clock.now();
    const sent = bench().answer('one', 'a');
    const receipt = { ...sent, lane: 'receipt' as const, payload: { kind: 'opt-out' as const, surveyKey: 'one' } };
    await spool.put([sent]);
    await spool.settle({ done: await spool.claim('answer', 1), put: [receipt] });
    bench().clock.pass(30 * 24 * 60 * MINUTE);
    await spool.prune(bench().clock.now());
    await spool.put([sent]);
    expect(await spool.claim('answer', 1)).toEqual([]);

    await spool.settle({ done: await spool.claim('receipt', 1) });
    bench().clock.pass(MINUTE);
    await spool.prune(bench().clock.now());
    await spool.put([{ ...sent, dueAt: at }]);
    expect(keys(await spool.claim('answer', 1))).toEqual(['one']);
  });

  test('an installation is named once, for all replicas and for good', async () => {
    const spools = await bench().replicas();
    const names = await Promise.all(spools.map((spool) => spool.installationId()));
    expect(new Set(names).size).toBe(1);
    expect(names[0]).toMatch(/^[0-9a-f]{16}$/);
    await bench().close();
    expect(await (await bench().open()).installationId()).toBe(names[0]);
  });

  test('a lease is held until its end by the time of the machine, or until it is given up', async () => {
    const spool = await bench().open();
    expect(await spool.holdsLease()).toBe(false);
    await spool.renewLease(new Date(bench().clock.wall().getTime() + MINUTE));
    bench().clock.jump(365 * 24 * 60 * MINUTE);
    expect(await spool.holdsLease()).toBe(true);
    bench().clock.pass(MINUTE);
    expect(await spool.holdsLease()).toBe(false);
    await spool.renewLease(new Date(bench().clock.wall().getTime() + MINUTE));
    expect(await spool.holdsLease()).toBe(true);
    await spool.endLease();
    expect(await spool.holdsLease()).toBe(false);
  });

  test('a spool belongs to one org and refuses another with both names', async () => {
    const spool = await bench().open();
    await spool.bindToOrg('00D000000000001AAA');
    await spool.bindToOrg('00D000000000001AAA');
    await expect(spool.bindToOrg('00D000000000002AAA')).rejects.toThrow(/00D000000000001AAA.*00D000000000002AAA/);
  });
}
