import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { openClock } from '../src/clock.ts';

/** A sandbox's clock that is so many milliseconds ahead of the machine's. */
async function follow() {
  let ahead = 0;
  const server = createServer((_, response) => {
    response.end(JSON.stringify({ now: new Date(Date.now() + ahead).toISOString() }));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const clock = await openClock(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  onTestFinished(() => {
    clock.stop();
    server.closeAllConnections();
    server.close();
  });
  const told = async (milliseconds: number) => {
    ahead = milliseconds;
    await clock.sync();
    return clock.now().getTime() - Date.now();
  };
  return { clock, told };
}

const DAY_MS = 86_400_000;
/** How far two readings of this machine's clock may lie apart in a test. */
const SLACK_MS = 1_000;

test('the programme follows the sandbox when people move its time, forth and back', async () => {
  const { clock, told } = await follow();
  let jumps = 0;
  clock.onJump(() => {
    jumps += 1;
  });
  expect(Math.abs((await told(DAY_MS)) - DAY_MS)).toBeLessThan(SLACK_MS);
  expect(Math.abs(await told(0))).toBeLessThan(SLACK_MS);
  expect(jumps).toBe(2);
});

test('an answer that was long under way never sets the time back', async () => {
  const { told } = await follow();
  const before = await told(10_000);
  expect(await told(5_000)).toBeGreaterThanOrEqual(before - 1);
});
