import type { Clock } from './loop/ports.ts';

/** The programme's clock. In a sandbox it follows the sandbox's, which people can move. */
export interface ProgrammeClock extends Clock {
  /** Asks the sandbox for its time now; nothing to do outside one. */
  sync(): Promise<void>;
  /** Called when the time has jumped. */
  onJump(listener: () => void): void;
  stop(): void;
}

const LOOK_EVERY_MS = 250;
/** Two clocks of one machine never agree to the millisecond; a jump by people is a minute at least. */
const JUMP_MS = 30_000;

/** Opens the clock. @throws when the sandbox's clock does not answer */
export async function openClock(url: string | undefined): Promise<ProgrammeClock> {
  if (url === undefined)
    return { now: () => new Date(), wall: () => new Date(), sync: async () => {}, onJump() {}, stop() {} };
  const clock = followedClock(url);
  try {
    await clock.sync();
  } catch (error) {
    clock.stop();
    throw new Error(`The sandbox's clock at ${url} does not answer. Start the sandbox first: npm run sandbox.`, {
      cause: error,
    });
  }
  return clock;
}

function followedClock(url: string): ProgrammeClock {
  let offset = 0;
  const listeners: (() => void)[] = [];

  const sync = async () => {
    const response = await fetch(url);
    const { now } = (await response.json()) as { now: string };
    const seen = new Date(now).getTime() - Date.now();
    const jumped = Math.abs(seen - offset) > JUMP_MS;
    // The later an answer comes, the older the time it tells: going back by that would make due work look early.
    offset = jumped ? seen : Math.max(offset, seen);
    if (jumped) for (const listener of listeners) listener();
  };

  const timer = setInterval(() => {
    // Without its sandbox the service has no time to follow; it keeps the last one until the sandbox is back.
    sync().catch(() => undefined);
  }, LOOK_EVERY_MS);
  timer.unref();

  return {
    now: () => new Date(Date.now() + offset),
    wall: () => new Date(),
    sync,
    onJump: (listener) => listeners.push(listener),
    stop: () => clearInterval(timer),
  };
}
