// Installs the published sf CLI, 290 MB of its own, and runs it against the sandbox.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { installed } from '../install.ts';

const folder = import.meta.dirname;
const report = join(folder, '../../reports/sf.json');
const shell = process.platform === 'win32';

if (!installed(folder)) process.exit(1);
mkdirSync(join(folder, '../../reports'), { recursive: true });
const config = join(folder, 'vitest.config.ts');
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
const run = spawnSync('vitest', ['run', '--config', config, ...reporters, ...process.argv.slice(2)], {
  stdio: 'inherit',
  shell,
});
process.exit(run.status ?? 1);
