// The suites that take longer than people wait for `npm test`; `.ci/run` runs them after it.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

mkdirSync('reports', { recursive: true });
const reporters = ['--reporter=default', '--reporter=json', '--outputFile.json=reports/long.json'];
const words = ['run', '--config', 'vitest.long.config.ts', ...reporters, ...process.argv.slice(2)];
process.exit(spawnSync('vitest', words, { stdio: 'inherit', shell: process.platform === 'win32' }).status ?? 1);
