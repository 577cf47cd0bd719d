import { expect, test } from 'vitest';
import { HOUR_MS } from '../../src/nps/days.ts';
import type { Bench } from './spool-storage.ts';

const CAPS = { sender: 5, domain: null };
const NO_CAPS = { sender: null, domain: null };
const mail = (sender: string, domain = 'acme.example') => ({ sender, domain, waits: true });

export function departureTests(bench: () => Bench): void {
  test('replicas that let mails go at the same moment keep a cap together', async () => {
    const { clock } = bench();
    const spools = await bench().replicas();
    const asked = Array.from({ length: 12 }, (_, number) => number % spools.length);
    const times = await Promise.all(
      asked.map((number) => spools[number]?.depart([mail('cleo@us.example'), mail('carl@us.example')], CAPS)),
    );
    for (const place of [0, 1]) {
      const leaving = times.filter((both) => both?.[place]?.getTime() === clock.now().getTime());
      expect(leaving).toHaveLength(5);
    }
    expect(times.flat().filter((at) => at && at > clock.now())).toHaveLength(14);
  });

  test('what left counts after a restart, and no longer than an hour', async () => {
    const { clock } = bench();
    const five = Array.from({ length: 5 }, () => mail('cleo@us.example'));
    const first = await bench().open();
    const start = clock.now();
    expect(await first.depart(five, CAPS)).toEqual(five.map(() => start));
    await bench().close();
    const second = await bench().open();
    clock.pass(HOUR_MS - 1);
    expect(await second.depart([mail('cleo@us.example')], CAPS)).toEqual([new Date(start.getTime() + HOUR_MS)]);
    clock.pass(1);
    expect(await second.depart([mail('cleo@us.example')], CAPS)).toEqual([clock.now()]);
  });

  test('a clock that was set back does not hold mails up', async () => {
    const { clock } = bench();
    const spool = await bench().open();
    await spool.depart(
      Array.from({ length: 5 }, () => mail('cleo@us.example')),
      CAPS,
    );
    clock.jump(-30 * 24 * HOUR_MS);
    expect(await spool.depart([mail('cleo@us.example')], CAPS)).toEqual([clock.now()]);
  });

  test('without mails or caps nothing waits', async () => {
    const { clock } = bench();
    const spool = await bench().open();
    expect(await spool.depart([], CAPS)).toEqual([]);
    const many = Array.from({ length: 300 }, () => mail('cleo@us.example'));
    expect(new Set(await spool.depart(many, NO_CAPS))).toEqual(new Set(many.map(() => clock.now())));
  });
}
