import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { type Bench, keys, type SpoolStorage } from './spool-storage.ts';

const CHILD = fileURLToPath(new URL('../spool/doomed-process.ts', import.meta.url));

export function crashTests(bench: () => Bench): void {
  test('what was put survives a process killed right after', async () => {
    await killedAfter('put', bench().storage);
    const spool = await bench().open();
    expect(keys(await spool.claim('answer', 10))).toEqual(['0', '1', '2']);
  });

  test('what a killed process had claimed can be claimed again', async () => {
    await killedAfter('claim', bench().storage);
    // PostgreSQL cannot know that the process is gone; the holds run out.
    bench().clock.pass(121_000);
    const spool = await bench().open();
    expect(keys(await spool.claim('answer', 10))).toEqual(['0', '1', '2']);
  });

  test('what was stored is there after a restart', async () => {
    const before = await bench().open();
    await before.put([bench().answer('1', 'a')]);
    await before.bindToOrg('00D000000000001AAA');
    await before.take([], { topic: 'topic', replayId: Buffer.from('here') });
    await bench().close();
    const after = await bench().open();
    expect(keys(await after.claim('answer', 10))).toEqual(['1']);
    expect(await after.position('topic')).toEqual(Buffer.from('here'));
    await expect(after.bindToOrg('00D000000000002AAA')).rejects.toThrow('00D000000000001AAA');
  });
}

/** Runs a process that puts three items, and claims them if so asked, and kills it the moment it says that it did. */
async function killedAfter(deed: 'put' | 'claim', { where }: SpoolStorage): Promise<void> {
  const child = spawn(process.execPath, [CHILD, JSON.stringify(where), deed], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'close');
  expect(String(said)).toBe(`${deed}: 3\n`);
}
