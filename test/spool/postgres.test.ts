import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { spoolContract } from '../contracts/spool.ts';
import { Bench, type SpoolStorage } from '../contracts/spool-storage.ts';
import { hasPostgres, needsPostgres, startPostgres, type TestPostgres } from '../support/postgres.ts';

if (!hasPostgres) process.stdout.write(`The spool on PostgreSQL was not tested${needsPostgres}.\n`);

describe.skipIf(!hasPostgres)(`the spool on PostgreSQL${needsPostgres}`, () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres?.stop());

  const newStorage = async (): Promise<SpoolStorage> => {
    const databaseUrl = await postgres.newSchema();
    return {
      where: { databaseUrl, dataDir: tmpdir() },
      replicas: 3,
      discard: () => postgres.dropSchema(databaseUrl),
    };
  };

  spoolContract(newStorage);

  test('replicas that start at once on an empty database all come up', async () => {
    const bench = new Bench(await newStorage());
    const spools = await Promise.all(Array.from({ length: 6 }, () => bench.open()));
    await Promise.all(spools.map((spool) => spool.put([bench.answer('same', 'a')])));
    expect(await spools[0]?.pending()).toMatchObject({ answer: 1 });
    await bench.discard();
  });

  test('more items than fit one statement are stored together', async () => {
    const bench = new Bench(await newStorage());
    const spool = await bench.open();
    await spool.put(Array.from({ length: 12_000 }, (_, number) => bench.answer(`${number}`, `${number % 100}`)));
    expect(await spool.pending()).toMatchObject({ answer: 12_000 });
    await bench.discard();
  });

  test('a server that is not there is an error at the start, not a spool', async () => {
    const nowhere = { databaseUrl: 'postgresql://nobody@127.0.0.1:1/none', dataDir: tmpdir() };
    const bench = new Bench({ where: nowhere, replicas: 1, discard: async () => undefined });
    await expect(bench.open()).rejects.toThrow(/ECONNREFUSED/);
  });
});
