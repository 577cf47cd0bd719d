// `npm test`: types, lint, then every test. Its last line sums what the runner itself reported.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { check } from './check.ts';

const REPORT = 'reports/vitest.json';

const clean = check();
mkdirSync('reports', { recursive: true });
const words = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`, ...process.argv.slice(2)];
const run = spawnSync('vitest', words, { stdio: 'inherit', shell: process.platform === 'win32' });
const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(REPORT, 'utf8'));
const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : '';
console.log(`\n${numPassedTests} passed, ${numFailedTests} failed${skipped}`);
process.exit(clean && run.status === 0 && numPassedTests > 0 ? 0 : 1);
