import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Tick } from '../../src/loop/sweep.ts';
import { startTicking, type Ticking } from '../../src/loop/ticks.ts';
import { everyDayAt, everyHourAt, type Timetable } from '../../src/nps/timetable.ts';
import { DAY_MS, logBook, MINUTE_MS, movableClock } from './fakes.ts';
import { memorySpool } from './memory-spool.ts';

const START = new Date('2026-11-18T12:00:30Z');
let clock = movableClock(START);
let spool = memorySpool(clock);
let log = logBook();
let runs: string[] = [];
const running: Ticking[] = [];

const tick = (name: string, when: Timetable, run: () => Promise<void> = async () => {}): Tick => ({
  name,
  when,
  async run(firedAt) {
    runs.push(`${name} ${firedAt.toISOString().slice(0, 16)}`);
    await run();
  },
});
const HOURLY = everyHourAt(0);
const NIGHTLY = everyDayAt(3, 0);
const WEEKLY: Timetable = { period: 7 * DAY_MS, after: 0 };
function start(...ticks: Tick[]): Ticking {
  const ticking = startTicking(ticks, { spool, clock, log });
  running.push(ticking);
  return ticking;
}

beforeEach(() => {
  clock = movableClock(START);
  spool = memorySpool(clock);
  log = logBook();
  runs = [];
});
afterEach(async () => {
  for (const ticking of running.splice(0)) await ticking.stop();
});

describe('ticks', () => {
  it('that fell due while no service ran are made up for, once and not beyond a day', async () => {
    await start(tick('hourly', HOURLY), tick('nightly', NIGHTLY), tick('weekly', WEEKLY)).catchUp();
    expect(runs).toEqual(['hourly 2026-11-18T12:00', 'nightly 2026-11-18T03:00']);
  });

  it('run once more when their time has come, not before', async () => {
    const ticking = start(tick('hourly', HOURLY));
    await ticking.catchUp();
    clock.advance(59 * MINUTE_MS);
    await ticking.catchUp();
    expect(runs).toHaveLength(1);
    clock.advance(MINUTE_MS);
    await ticking.catchUp();
    await ticking.catchUp();
    expect(runs).toEqual(['hourly 2026-11-18T12:00', 'hourly 2026-11-18T13:00']);
  });

  it('each run once over a jump of weeks, by their newest time', async () => {
    const ticking = start(tick('hourly', HOURLY), tick('nightly', NIGHTLY));
    await ticking.catchUp();
    runs = [];
    clock.advance(14 * DAY_MS);
    await ticking.catchUp();
    expect(runs).toEqual(['hourly 2026-12-02T12:00', 'nightly 2026-12-02T03:00']);
  });

  it('follow a jump that comes while others are still running', async () => {
    const jump = tick('jump', HOURLY, async () => clock.advance(runs.length === 1 ? DAY_MS : 0));
    const ticking = start(jump);
    await Promise.all([ticking.catchUp(), Promise.resolve().then(() => ticking.catchUp())]);
    expect(runs).toEqual(['jump 2026-11-18T12:00', 'jump 2026-11-19T12:00']);
  });

  it('run once among all replicas', async () => {
    const [one, other] = [start(tick('hourly', HOURLY)), start(tick('hourly', HOURLY))];
    await Promise.all([one.catchUp(), other.catchUp()]);
    expect(runs).toEqual(['hourly 2026-11-18T12:00']);
  });

  it('that fail do not stop the others, and say so', async () => {
    const broken = tick('broken', HOURLY, async () => {
      throw new Error('Salesforce is away.');
    });
    await start(broken, tick('hourly', HOURLY)).catchUp();
    expect(runs).toEqual(['broken 2026-11-18T12:00', 'hourly 2026-11-18T12:00']);
    expect(log.entries).toMatchObject([{ level: 'error', facts: { tick: 'broken', error: 'Salesforce is away.' } }]);
  });

  it('outlive a spool that cannot be asked', async () => {
    const ticking = start(tick('hourly', HOURLY));
    const { isFirstToFire } = spool;
    spool.isFirstToFire = async () => {
      throw new Error('database is locked');
    };
    await ticking.catchUp();
    expect(log.complaints()).toHaveLength(1);
    spool.isFirstToFire = isFirstToFire;
    clock.advance(60 * MINUTE_MS);
    await ticking.catchUp();
    expect(runs).toEqual(['hourly 2026-11-18T13:00']);
  });

  it('are busy until the last of them is done', async () => {
    const gate = Promise.withResolvers<void>();
    const ticking = start(tick('slow', HOURLY, () => gate.promise));
    const caughtUp = ticking.catchUp();
    expect(ticking.busy()).toBe(true);
    gate.resolve();
    await caughtUp;
    expect(ticking.busy()).toBe(false);
  });
});
