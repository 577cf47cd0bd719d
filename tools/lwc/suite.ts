// Tests of the Lightning Web Components with Salesforce's own tools, 230 MB of their own: Jest for what they do, Chromium
// for how they look. Writes `reports/lwc.json` and `reports/lwc-look.json`.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { installed } from '../install.ts';

const folder = import.meta.dirname;
const root = join(folder, '../..');
const shell = process.platform === 'win32';
const run = (command: string, words: string[], cwd: string) =>
  spawnSync(command, words, { cwd, stdio: 'inherit', shell }).status === 0;

if (!installed(folder)) process.exit(1);
mkdirSync(join(root, 'reports'), { recursive: true });
const jest = join(folder, 'node_modules/.bin/jest');
const behaves = run(
  jest,
  ['--config', 'tools/lwc/jest.config.cjs', '--json', '--outputFile=reports/lwc.json', '--silent'],
  root,
);
const looked = join(root, 'reports/lwc-look.json');
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${looked}`];
const looks = run('vitest', ['run', '--config', join(folder, 'vitest.config.ts'), ...reporters], root);
process.exit(behaves && looks ? 0 : 1);
