// `node scripts/sandbox-page.ts`: brings the tables of docs/sandbox.md up to date with src/sandbox/coverage.
import { readFileSync, writeFileSync } from 'node:fs';
import { withCoverage } from '../src/sandbox/coverage/coverage-page.ts';

const PAGE = 'docs/sandbox.md';
writeFileSync(PAGE, withCoverage(readFileSync(PAGE, 'utf8')));
