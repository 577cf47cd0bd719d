import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { MetadataFile } from '../../src/sandbox/metadata/component.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Every file under `force-app`, by its path from the project's root. */
export function projectFiles(): MetadataFile[] {
  return globSync('force-app/**/*.*', { cwd: ROOT, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({
      path: path
        .slice(ROOT.length + 1)
        .split(sep)
        .join('/'),
      text: readFileSync(path, 'utf8'),
    }));
}
