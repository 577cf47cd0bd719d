import type { Clock, Log, Spool } from '../loop/ports.ts';
import type { Database } from './database.ts';
import { DatabaseSpool } from './database-spool.ts';
import { migrate } from './migrate.ts';
import { openPostgres } from './postgres.ts';
import { openSqlite } from './sqlite.ts';

export interface SpoolOptions {
  /** A PostgreSQL database, which replicas may share. Without it the spool is a file in `dataDir`, for one process. */
  databaseUrl?: string | undefined;
  dataDir: string;
  clock: Clock;
  log: Log;
}

/** Opens the spool and brings its tables up to date; throws `SpoolInUse` when another process has the folder. */
export async function openSpool({ databaseUrl, dataDir, clock, log }: SpoolOptions): Promise<Spool> {
  const database = databaseUrl === undefined ? openSqlite(dataDir) : openPostgres(databaseUrl, log);
  try {
    await migrate(database);
    if (database.dialect === 'sqlite') await forgetClaims(database);
  } catch (error) {
    await database.tables.destroy();
    throw error;
  }
  return new DatabaseSpool(database, clock, log);
}

/** Whoever held a claim in this file is gone: only one process can have it open, and that is this one. */
async function forgetClaims({ tables }: Database): Promise<void> {
  await tables.deleteFrom('account_hold').execute();
  await tables.updateTable('item').set({ claim: null }).where('claim', 'is not', null).execute();
}
