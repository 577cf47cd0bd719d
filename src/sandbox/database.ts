import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { StartError } from './start-error.ts';

/** How long a start waits for a predecessor that is still closing its file. */
const PATIENCE = 2000;

/** Opens `sandbox.sqlite` for this process alone. Throws StartError when another one has it. */
export function openDatabase(dataDir: string): Database.Database {
  mkdirSync(dataDir, { recursive: true });
  const database = new Database(join(dataDir, 'sandbox.sqlite'), { timeout: PATIENCE });
  try {
    // Exclusive: two sandboxes on one file would each believe in rows and times the other has moved.
    database.pragma('locking_mode = EXCLUSIVE');
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = NORMAL');
    database.exec('BEGIN IMMEDIATE; COMMIT');
  } catch (error) {
    database.close();
    if (!(error instanceof Database.SqliteError) || !error.code.startsWith('SQLITE_BUSY')) throw error;
    const sentence = `Another sandbox is running on ${dataDir}; stop it, or start this one with another DATA_DIR.`;
    throw new StartError(sentence);
  }
  return database;
}
