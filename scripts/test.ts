// `npm test`: types, lint, then every test. Its last line sums what the runner itself reported.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { check } from './check.ts';
import { summed } from './reports.ts';

const REPORT = 'reports/vitest.json';

const clean = check();
mkdirSync('reports', { recursive: true });
const words = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`, ...process.argv.slice(2)];
const run = spawnSync('vitest', words, { stdio: 'inherit', shell: process.platform === 'win32' });
const { passed, line } = summed([REPORT]);
console.log(`\n${line}`);
process.exit(clean && run.status === 0 && passed > 0 ? 0 : 1);
