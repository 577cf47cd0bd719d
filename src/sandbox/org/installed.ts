import type { Database } from 'better-sqlite3';
import type { SourceFile } from './schema/metadata-file.ts';

/** The metadata an org has: what it came with, and over that whatever was deployed since. */
export interface Installed {
  /** Sorted by path. */
  files(): SourceFile[];
  /** The same files with others added or replaced; nothing is kept. */
  filesWith(deployed: readonly SourceFile[]): SourceFile[];
  /** Keeps deployed files for every later start. */
  keep(deployed: readonly SourceFile[]): void;
  /** Forgets what was deployed. */
  clear(): void;
}

/** Opens what was deployed to the org of this database; `shipped` is what it came with. */
export function openInstalled(database: Database, shipped: readonly SourceFile[]): Installed {
  database.exec('CREATE TABLE IF NOT EXISTS org_metadata (path TEXT PRIMARY KEY, text TEXT NOT NULL)');
  const select = database.prepare<[], SourceFile>('SELECT path, text FROM org_metadata');
  const save = database.prepare('INSERT OR REPLACE INTO org_metadata (path, text) VALUES (?, ?)');

  const filesWith = (deployed: readonly SourceFile[]) => {
    const byPath = new Map([...shipped, ...select.all(), ...deployed].map((file) => [file.path, file]));
    return [...byPath.values()].sort((one, other) => (one.path < other.path ? -1 : 1));
  };
  return {
    files: () => filesWith([]),
    filesWith,
    keep: database.transaction((deployed: readonly SourceFile[]) => {
      for (const { path, text } of deployed) save.run(path, text);
    }),
    clear: () => database.exec('DELETE FROM org_metadata'),
  };
}
