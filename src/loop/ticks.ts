import { schedule } from 'node-cron';
import { DAY_MS } from '../nps/days.ts';
import { lastFireTime } from '../nps/timetable.ts';
import type { Clock, Log, Spool } from './ports.ts';
import type { Tick } from './sweep.ts';

/** A tick that fell due while no service ran is made up for at the next start, if it is not older than this. */
const LOOK_BACK_MS = DAY_MS;
const EVERY_FIVE_SECONDS = '*/5 * * * * *';

export interface Ticking {
  /** Runs every tick that fell due since the last look; the programme's time may have jumped. */
  catchUp(): Promise<void>;
  busy(): boolean;
  stop(): Promise<void>;
}

/** Runs ticks by the programme's time, each fire time once among all replicas. */
export function startTicking(
  ticks: readonly Tick[],
  { spool, clock, log }: { spool: Spool; clock: Clock; log: Log },
): Ticking {
  let lookedUntil = new Date(clock.now().getTime() - LOOK_BACK_MS);
  let looks = 0;
  let lastLook = Promise.resolve();

  const fire = async (tick: Tick, at: Date) => {
    try {
      if (await spool.isFirstToFire(tick.name, at)) await tick.run(at);
    } catch (error) {
      log.error(
        { tick: tick.name, error: error instanceof Error ? error.message : error },
        'A tick failed; its next one tries again.',
      );
    }
  };

  const look = async () => {
    const from = lookedUntil;
    lookedUntil = clock.now();
    for (const tick of ticks) {
      const firedAt = lastFireTime(tick.when, from, lookedUntil);
      if (firedAt) await fire(tick, firedAt);
    }
  };

  /** Each call looks anew, after the one before: the time may have jumped past a look that is still running. */
  const catchUp = () => {
    looks += 1;
    lastLook = lastLook.then(look).finally(() => {
      looks -= 1;
    });
    return lastLook;
  };

  const heartbeat = schedule(EVERY_FIVE_SECONDS, () => {
    if (looks === 0) void catchUp();
  });
  return {
    catchUp,
    busy: () => looks > 0,
    async stop() {
      await heartbeat.destroy();
      await lastLook;
    },
  };
}
