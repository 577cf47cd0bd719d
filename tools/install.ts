// `tools/install.ts`: what the suites of tools need of their own, all of it. Each suite installs its part when it is missing.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Brings a folder's packages to its lock file; nothing to do when they are. False when npm fails, which says why. */
export function installed(folder: string): boolean {
  const stamp = join(folder, 'node_modules', '.installed-lock');
  const wanted = createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return true;
  // No scripts: those of the packages only print, or fetch what is not needed here.
  const words = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = spawnSync('npm', words, { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status === 0) writeFileSync(stamp, wanted);
  return status === 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const each = ['sf', 'lwc'].map((tool) => installed(join(import.meta.dirname, tool)));
  process.exit(each.every(Boolean) ? 0 : 1);
}
