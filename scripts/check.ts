// `npm run check`: types, lint and format. Says what is wrong and changes nothing.
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';

/** True when types, lint and format are clean; what is not is printed. */
export function check(): boolean {
  return [
    ['tsc', '-p', '.'],
    ['biome', 'check', '.'],
  ].every(
    ([command = '', ...words]) =>
      spawnSync(command, words, { stdio: 'inherit', shell: process.platform === 'win32' }).status === 0,
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exit(check() ? 0 : 1);
