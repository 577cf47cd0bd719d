import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SpoolStorage } from '../contracts/spool-storage.ts';

/** A folder of its own, for one process. */
export async function newSqliteStorage(): Promise<SpoolStorage> {
  const dataDir = mkdtempSync(join(tmpdir(), 'spool-sqlite-'));
  return {
    where: { dataDir },
    replicas: 1,
    discard: async () => rmSync(dataDir, { recursive: true, force: true }),
  };
}
