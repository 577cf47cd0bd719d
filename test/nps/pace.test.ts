import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../src/nps/days.ts';
import { type Caps, type Departure, departureTimes, type PacedMail } from '../../src/nps/pace.ts';

const NOON = new Date('2026-11-25T12:00:00Z');
const minutesAgo = (minutes: number) => new Date(NOON.getTime() - minutes * 60_000);
const mail = (sender: string, domain: string, waits = true): PacedMail => ({ sender, domain, waits });
const left = (sender: string, domain: string, minutes: number): Departure => ({
  sender,
  domain,
  at: minutesAgo(minutes),
});

describe('mails', () => {
  it('all leave where there is no cap', () => {
    expect(departureTimes([mail('a', 'x'), mail('a', 'x')], [], { sender: null, domain: null }, NOON)).toEqual([
      NOON,
      NOON,
    ]);
  });

  it.each<[string, PacedMail[], Departure[], Caps, number[]]>([
    [
      'two an hour from one sender',
      [mail('a', 'x'), mail('a', 'y'), mail('a', 'z'), mail('b', 'x')],
      [],
      { sender: 2, domain: null },
      [0, 0, 60, 0],
    ],
    [
      'what left counts for an hour',
      [mail('a', 'x'), mail('a', 'x')],
      [left('a', 'y', 59), left('a', 'y', 20)],
      { sender: 2, domain: null },
      [1, 40],
    ],
    ['and not longer', [mail('a', 'x')], [left('a', 'y', 60), left('a', 'y', 61)], { sender: 1, domain: null }, [0]],
    [
      'domains by themselves',
      [mail('a', 'x'), mail('b', 'x'), mail('b', 'y')],
      [],
      { sender: null, domain: 1 },
      [0, 60, 0],
    ],
    ['both together', [mail('a', 'x')], [left('a', 'y', 50), left('b', 'x', 10)], { sender: 1, domain: 1 }, [50]],
    [
      'replies leave over the cap, and count',
      [mail('a', 'x', false), mail('a', 'x', false), mail('a', 'x')],
      [],
      { sender: 1, domain: null },
      [0, 0, 60],
    ],
  ])('%s', (_, mails, before, caps, minutes) => {
    const times = departureTimes(mails, before, caps, NOON);
    expect(times.map((at) => (at.getTime() - NOON.getTime()) / 60_000)).toEqual(minutes);
  });

  const name = fc.constantFrom('a', 'b', 'c');
  const cap = fc.option(fc.integer({ min: 1, max: 4 }));
  const arrival = fc.record({ sender: name, domain: name, after: fc.integer({ min: 0, max: 90 }) });

  it('never exceed a cap in any hour, all leave, and those of one route in their order', () => {
    const arrivals = fc.array(arrival, { maxLength: 40 });
    fc.assert(
      fc.property(arrivals, fc.record({ sender: cap, domain: cap }), (mails, caps) => {
        const departures = played(mails, caps);
        expect(departures).toHaveLength(mails.length);
        for (const kind of ['sender', 'domain'] as const) {
          for (const { at, [kind]: key } of departures) {
            const hour = departures.filter(
              (one) => one[kind] === key && one.at <= at && one.at.getTime() > at.getTime() - HOUR_MS,
            );
            expect(hour.length).toBeLessThanOrEqual(caps[kind] ?? Number.POSITIVE_INFINITY);
          }
        }
        for (const route of Object.values(Object.groupBy(departures, ({ sender, domain }) => `${sender} ${domain}`))) {
          const numbers = (route ?? []).map(({ number }) => number);
          expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
        }
      }),
    );
  });
});

/** Mails as the service treats them: looked at when they are due, the earliest first, again and again until they left. */
function played(arrivals: readonly { sender: string; domain: string; after: number }[], caps: Caps) {
  let arrives = NOON.getTime();
  const waiting = arrivals.map(({ sender, domain, after }, number) => {
    arrives += after * 60_000;
    return { ...mail(sender, domain), number, due: arrives };
  });
  const gone: (Departure & { number: number })[] = [];
  for (let looks = 0; waiting.length > 0; looks += 1) {
    if (looks > 10_000) throw new Error('Some mails never leave.');
    const now = Math.min(...waiting.map(({ due }) => due));
    const due = waiting
      .filter((one) => one.due <= now)
      .toSorted((one, other) => one.due - other.due || one.number - other.number)
      .slice(0, 3);
    const times = departureTimes(due, gone, caps, new Date(now));
    for (const [index, one] of due.entries()) {
      const at = times[index]?.getTime() ?? now;
      one.due = at;
      if (at > now) continue;
      waiting.splice(waiting.indexOf(one), 1);
      gone.push({ sender: one.sender, domain: one.domain, number: one.number, at: new Date(now) });
    }
  }
  return gone;
}
