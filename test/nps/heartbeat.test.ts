import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FRESH_MS,
  firstSender,
  type Heartbeat,
  heartbeatKey,
  heartbeatRow,
  LEASE_MS,
  otherSender,
  silentRows,
} from '../../src/nps/heartbeat.ts';

const NOW = new Date('2026-11-18T12:00:00Z');
const OWN = heartbeatKey('a1');
const beat = (key: string, ageMs = 0, sends = true): Heartbeat => ({ key, sends, at: new Date(NOW.getTime() - ageMs) });

describe('another installation', () => {
  it.each([
    ['sends and lives', beat('heartbeat-b2', FRESH_MS - 1), true],
    ['fell silent', beat('heartbeat-b2', FRESH_MS), false],
    ['stands by', beat('heartbeat-b2', 0, false), false],
    ['is this one', beat(OWN), false],
    ['has a clock that is ahead', beat('heartbeat-b2', -FRESH_MS), true],
  ])('that %s: keeps this one from sending?', (_, other, keeps) => {
    expect(otherSender(OWN, [other], NOW)).toEqual(keeps ? other : undefined);
  });

  it('may begin only after the one before has stopped by itself', () => {
    expect(LEASE_MS).toBeLessThan(FRESH_MS);
  });

  it('that fell silent is told once', () => {
    const [row, ...more] = silentRows(OWN, [beat('heartbeat-b2', FRESH_MS), beat(OWN, FRESH_MS)], NOW);
    expect(more).toEqual([]);
    expect(row).toMatchObject({
      key: 'heartbeat-b2',
      state: 'Warning',
      message: expect.stringContaining('2026-11-18'),
    });
    expect(silentRows(OWN, [beat('heartbeat-b2', FRESH_MS, false)], NOW)).toEqual([]);
  });
});

it('says which installation keeps it from sending', () => {
  expect(heartbeatRow(OWN, beat('heartbeat-b2'))).toMatchObject({
    ...{ key: OWN, state: 'Warning' },
    message: expect.stringContaining('heartbeat-b2'),
  });
  expect(heartbeatRow(OWN, undefined)).toMatchObject({ key: OWN, state: 'OK' });
});

it('of installations that began together, whoever looks finds the same first one', () => {
  const beats = fc.uniqueArray(
    fc.record({ key: fc.string(), sends: fc.boolean(), at: fc.integer({ min: 0, max: 3 }) }),
    {
      selector: ({ key }) => key,
    },
  );
  fc.assert(
    fc.property(beats, (drawn) => {
      const all = drawn.map((one) => ({ ...one, at: new Date(NOW.getTime() - one.at) }));
      const first = firstSender(all, NOW);
      expect(firstSender(all.toReversed(), NOW)).toEqual(first);
      expect(first !== undefined).toBe(all.some(({ sends }) => sends));
    }),
  );
});
