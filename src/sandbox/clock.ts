import { setImmediate } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { DateTime, Duration } from 'luxon';
import type { State } from './org/founding.ts';
import { Refusal } from './refusal.ts';

const DAY = Duration.fromObject({ days: 1 }).toMillis();
const LONGEST_JUMP_IN_DAYS = 3660;

export type StepListener = (now: Date) => Promise<void> | void;

/** The first time after a moment at which something is due; undefined when nothing is. */
export type NextStop = (after: Date) => Date | undefined;

/** The sandbox's time: the wall clock plus a stored offset, so that it keeps running and survives a restart. */
export interface SandboxClock {
  now(): Date;
  /**
   * Moves time forward by an ISO 8601 duration, in steps of at most a day; after each step the listeners run and open
   * subscriptions get their events. Resolves with the time arrived at; throws Refusal for anything but a way forward.
   */
  advance(duration: string): Promise<Date>;
  /** Calls the listener after each step, in the order of registration. */
  onStep(listener: StepListener): void;
  /** Ends steps also at these times: something is due then that has to be done at that moment. */
  stopAt(next: NextStop): void;
  /** Back to the wall clock, or to `startAt`. */
  reset(): void;
}

/**
 * @param wall the machine's time
 * @param startAt where time stands when the sandbox is started for the first time; the wall clock if not given
 */
export function openClock(state: State, wall: () => Date, startAt?: Date): SandboxClock {
  const listeners: StepListener[] = [];
  const stops: NextStop[] = [];
  let offset = Number(state.get('clock-offset') ?? Number.NaN);
  if (Number.isNaN(offset)) reset();

  function moveTo(newOffset: number): void {
    offset = newOffset;
    state.set('clock-offset', String(offset));
  }

  function reset(): void {
    moveTo(startAt ? startAt.getTime() - wall().getTime() : 0);
  }

  function now(): Date {
    return new Date(wall().getTime() + offset);
  }

  async function travel(duration: string): Promise<Date> {
    let remaining = lengthOf(duration, now());
    while (remaining > 0) {
      const step = Math.min(remaining, DAY, ...untilStops());
      moveTo(offset + step);
      remaining -= step;
      for (const listener of listeners) await listener(now());
      // Streams write their events when the event loop turns; the next day must not begin before that.
      await setImmediate();
    }
    return now();
  }

  function untilStops(): number[] {
    const from = now();
    return stops.flatMap((next) => next(from) ?? []).map((stop) => stop.getTime() - from.getTime());
  }

  let journey: Promise<unknown> = Promise.resolve();
  return {
    now,
    reset,
    onStep: (listener) => void listeners.push(listener),
    stopAt: (next) => void stops.push(next),
    advance(duration) {
      // Two travellers at once would run each other's days: the second sets off when the first has arrived.
      const arrival = journey.then(() => travel(duration));
      journey = arrival.catch(() => undefined);
      return arrival;
    },
  };
}

/** Milliseconds of an ISO 8601 duration counted from `start`, since months and years differ in length. */
function lengthOf(iso: string, start: Date): number {
  const duration = Duration.fromISO(iso);
  if (!duration.isValid) {
    throw new Refusal(`"${iso}" is not an ISO 8601 duration; send one like P14D, PT12H or P1M in "advance".`);
  }
  const from = DateTime.fromJSDate(start, { zone: 'utc' });
  const length = from.plus(duration).toMillis() - from.toMillis();
  if (length < 0) throw new Refusal(`Time only moves forward, but "${iso}" is negative; POST /reset begins again.`);
  if (length > LONGEST_JUMP_IN_DAYS * DAY) {
    throw new Refusal(`"${iso}" is more than ${LONGEST_JUMP_IN_DAYS} days; travel there in shorter jumps.`);
  }
  return length;
}

export function clockRoutes(app: FastifyInstance, clock: SandboxClock): void {
  app.get('/clock', () => ({ now: clock.now().toISOString() }));
  app.post<{ Body: { advance?: unknown } | null }>('/clock', async (request) => {
    const now = await clock.advance(String(request.body?.advance ?? ''));
    return { now: now.toISOString() };
  });
}
