import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import BetterSqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SpoolInUse } from '../../src/spool/spool-in-use.ts';
import { spoolContract } from '../contracts/spool.ts';
import { Bench } from '../contracts/spool-storage.ts';
import { newSqliteStorage } from './sqlite-storage.ts';

describe('the spool on SQLite', () => spoolContract(newSqliteStorage));

describe('the spool file', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = new Bench(await newSqliteStorage());
  });
  afterEach(() => bench.discard());

  test('a second process is refused with the folder and the way out', async () => {
    await bench.open();
    const child = spawn(
      process.execPath,
      [fileURLToPath(new URL('./doomed-process.ts', import.meta.url)), JSON.stringify(bench.storage.where), 'put'],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    const [complaint, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
    expect(code).toBe(1);
    expect(complaint).toContain(`The spool in ${bench.storage.where.dataDir} is in use by another process.`);
    expect(complaint).toContain('DATABASE_URL');
  });

  test('a second spool in the same process is refused, too, until the first is closed', async () => {
    await bench.open();
    await expect(bench.open()).rejects.toThrow(SpoolInUse);
    await bench.close();
    await bench.open();
  });

  test('of a done item the key stays and the personal data goes', async () => {
    const spool = await bench.open();
    await spool.put([bench.answer('secret', 'a')]);
    await spool.settle({ done: await spool.claim('answer', 1) });
    await bench.close();
    const file = new BetterSqlite(join(bench.storage.where.dataDir, 'spool.sqlite'));
    expect(file.prepare('select key, state, payload from item').all()).toEqual([
      { key: 'secret', state: 'done', payload: '' },
    ]);
    file.close();
  });

  test('puts that arrive while another transaction is open wait for it', async () => {
    const spool = await bench.open();
    await spool.put(Array.from({ length: 50 }, (_, number) => bench.answer(`${number}`, `${number}`)));
    const [items] = await Promise.all([
      spool.claim('answer', 50),
      ...Array.from({ length: 50 }, (_, number) => spool.put([bench.answer(`late ${number}`, 'z')])),
    ]);
    expect(items).toHaveLength(50);
    expect(await spool.pending()).toMatchObject({ answer: 100 });
  });
});
