import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { type Compilable, Kysely, SqliteDialect } from 'kysely';
import type { Database } from './database.ts';
import { SpoolInUse } from './spool-in-use.ts';
import type { Tables } from './tables.ts';
import { insertHits, insertItems, movePositions, type Write } from './write.ts';

/** A process that is being replaced gets this long to let go of the file. */
const LOCK_PATIENCE_MS = 1000;

/** Opens `spool.sqlite` in the folder for this process alone; throws `SpoolInUse` when another has it. */
export function openSqlite(dataDir: string): Database {
  mkdirSync(dataDir, { recursive: true });
  const sqlite = new BetterSqlite(join(dataDir, 'spool.sqlite'), { timeout: LOCK_PATIENCE_MS });
  try {
    lockAlone(sqlite);
  } catch (error) {
    sqlite.close();
    throw isBusy(error) ? new SpoolInUse(dataDir, error) : error;
  }
  const tables = new Kysely<Tables>({ dialect: new SqliteDialect({ database: sqlite }) });
  const storeAll = sqlite.transaction(storing(sqlite, tables));
  return {
    dialect: 'sqlite',
    tables,
    // Through Kysely's one connection, so that it waits for the transaction that is open on it.
    store: (writes) => tables.connection().execute(async () => storeAll(writes)),
  };
}

function lockAlone(sqlite: BetterSqlite.Database): void {
  // Keys are hashes, so a commit touches a page of their index for almost every item: small pages, fewer bytes to flush.
  sqlite.pragma('page_size = 2048');
  sqlite.pragma('locking_mode = EXCLUSIVE');
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = FULL');
  // Answers wait while the log is copied into the file: rarely, then, every 64 MB instead of every 2.
  sqlite.pragma('wal_autocheckpoint = 32000');
  // The lock is taken by the first write and kept until the process ends, however it ends.
  sqlite.exec('begin immediate; commit');
}

function isBusy(error: unknown): boolean {
  return error instanceof BetterSqlite.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

/** Answers wait for this, so each statement is prepared once; Kysely's multi-row insert takes half as long again. */
function storing(sqlite: BetterSqlite.Database, tables: Kysely<Tables>): (writes: readonly Write[]) => void {
  const insertItem = rowByRow(sqlite, (row: Write['items'][number]) => insertItems(tables, [row]));
  const insertHit = rowByRow(sqlite, (row: Write['hits'][number]) => insertHits(tables, [row]));
  const movePosition = rowByRow(sqlite, (row: Write['positions'][number]) => movePositions(tables, [row]));
  return (writes) => {
    for (const { items, hits, positions } of writes) {
      items.forEach(insertItem);
      hits.forEach(insertHit);
      positions.forEach(movePosition);
    }
  };
}

/** Runs Kysely's insert of the first row for every row; all rows must have the same fields in the same order. */
function rowByRow<Row extends object>(
  sqlite: BetterSqlite.Database,
  insert: (row: Row) => Compilable,
): (row: Row) => void {
  let statement: BetterSqlite.Statement | undefined;
  return (row) => {
    statement ??= sqlite.prepare(insert(row).compile().sql);
    statement.run(Object.values(row));
  };
}
