import { execFile } from 'node:child_process';
import { accessSync, chownSync, constants, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);
const isRoot = process.getuid?.() === 0;

/** A PostgreSQL server for tests: the one of TEST_DATABASE_URL, or a throwaway one from this machine's binaries. */
export interface TestPostgres {
  /** The URL of a new, empty schema. */
  newSchema(): Promise<string>;
  dropSchema(url: string): Promise<void>;
  stop(): Promise<void>;
}

const binaries = findBinaries();

export const hasPostgres = process.env.TEST_DATABASE_URL !== undefined || binaries !== undefined;

/** For the name of a suite that needs PostgreSQL, so that a skipped run says why. */
export const needsPostgres = hasPostgres
  ? ''
  : ' (SKIPPED: neither TEST_DATABASE_URL nor the PostgreSQL programs initdb and pg_ctl were found)';

export async function startPostgres(): Promise<TestPostgres> {
  const given = process.env.TEST_DATABASE_URL;
  if (given !== undefined) return schemasOf(given, async () => undefined);
  if (binaries === undefined) throw new Error('No PostgreSQL was found; install the package "postgresql".');
  return startThrowaway(binaries);
}

async function startThrowaway(bin: string): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'spool-postgres-'));
  const data = join(folder, 'data');
  if (isRoot) await giveToPostgres(folder);
  await asPostgres(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync']);
  // Only a socket in its own folder: no port to collide on. Tests kill clients, never the server: it need not flush.
  const settings = `-k ${folder} -c listen_addresses= -c fsync=off`;
  await asPostgres(join(bin, 'pg_ctl'), ['-D', data, '-w', '-l', join(folder, 'log'), '-o', settings, 'start']);
  return schemasOf(`postgresql://postgres@localhost/postgres?host=${folder}`, async () => {
    await asPostgres(join(bin, 'pg_ctl'), ['-D', data, '-w', '-m', 'immediate', 'stop']);
    rmSync(folder, { recursive: true, force: true });
  });
}

function schemasOf(serverUrl: string, stop: () => Promise<void>): TestPostgres {
  const pool = new pg.Pool({ connectionString: serverUrl, max: 2 });
  let count = 0;
  return {
    async newSchema() {
      count += 1;
      const schema = `spool_test_${process.pid}_${count}`;
      await pool.query(`drop schema if exists ${schema} cascade`);
      await pool.query(`create schema ${schema}`);
      const url = new URL(serverUrl);
      url.searchParams.set('options', `-csearch_path=${schema}`);
      return url.href;
    },
    async dropSchema(url) {
      const schema = new URL(url).searchParams.get('options')?.replace('-csearch_path=', '');
      await pool.query(`drop schema ${schema} cascade`);
    },
    async stop() {
      await pool.end();
      await stop();
    },
  };
}

function findBinaries(): string | undefined {
  const packaged = '/usr/lib/postgresql';
  const versions = existsSync(packaged) ? readdirSync(packaged).sort((one, other) => Number(other) - Number(one)) : [];
  const folders = [
    ...versions.map((version) => join(packaged, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ];
  return folders.find((folder) => isProgram(join(folder, 'initdb')) && isProgram(join(folder, 'pg_ctl')));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** PostgreSQL refuses to run as root, so root runs it as the user its package made. */
async function asPostgres(program: string, args: readonly string[]): Promise<void> {
  const [command, ...all] = isRoot ? ['runuser', '-u', 'postgres', '--', program, ...args] : [program, ...args];
  await run(command, all, {
    cwd: tmpdir(),
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin`, LC_ALL: 'C.UTF-8' },
  });
}

async function giveToPostgres(folder: string): Promise<void> {
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (which) => Number((await run('id', [which, 'postgres'])).stdout)),
  );
  if (uid === undefined || gid === undefined) throw new Error('The user "postgres" does not exist on this machine.');
  chownSync(folder, uid, gid);
}
