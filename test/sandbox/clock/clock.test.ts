import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openClock } from '../../../src/sandbox/clock.ts';
import { openState } from '../../../src/sandbox/org/founding.ts';
import { startTestSandbox } from '../../support/sandbox.ts';

const wall = () => new Date('2026-11-22T10:00:00Z');
const clockOn = (database = new Database(':memory:')) => openClock(openState(database), wall);

test('a jump goes in steps of at most a day, each seen by the listeners', async () => {
  const clock = clockOn();
  const seen: string[] = [];
  clock.onStep((now) => void seen.push(now.toISOString()));
  await clock.advance('P2DT6H');
  expect(seen).toEqual(['2026-11-23T10:00:00.000Z', '2026-11-24T10:00:00.000Z', '2026-11-24T16:00:00.000Z']);
});

test('a step waits for its listeners before the next begins', async () => {
  const clock = clockOn();
  const log: string[] = [];
  clock.onStep(async () => {
    log.push('begin');
    await new Promise((resolve) => setTimeout(resolve, 5));
    log.push('end');
  });
  await clock.advance('P2D');
  expect(log).toEqual(['begin', 'end', 'begin', 'end']);
});

test('two travellers at once travel one after the other', async () => {
  const clock = clockOn();
  await Promise.all([clock.advance('P1D'), clock.advance('P1D')]);
  expect(clock.now()).toEqual(new Date('2026-11-24T10:00:00Z'));
});

test('a month is a calendar month', async () => {
  expect(await clockOn().advance('P1M')).toEqual(new Date('2026-12-22T10:00:00Z'));
});

test('the time arrived at survives a restart', async () => {
  const database = new Database(':memory:');
  await clockOn(database).advance('P14D');
  expect(clockOn(database).now()).toEqual(new Date('2026-12-06T10:00:00Z'));
});

test.each(['P-1D', 'a fortnight', '', 'P99Y'])('"%s" is refused with a sentence', async (advance) => {
  const { url } = await startTestSandbox({ seed: 'empty-company' });
  const response = await fetch(`${url}/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advance }),
  });
  expect(response.status).toBe(400);
  expect(((await response.json()) as { error: string }).error).toMatch(/^.{20,}[.;]/);
});

test('a failed journey does not keep the next one from leaving', async () => {
  const clock = clockOn();
  await expect(clock.advance('nonsense')).rejects.toThrow('ISO 8601');
  expect(await clock.advance('P1D')).toEqual(new Date('2026-11-23T10:00:00Z'));
});
