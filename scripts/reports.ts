// Sums what test runners themselves reported: `reports.ts reports/vitest.json reports/sf.json`.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** `12 passed, 0 failed`, of the JSON reports at these paths; throws when a runner left none. */
export function summed(reports: readonly string[]): { passed: number; failed: number; line: string } {
  const each = reports.map((path) => JSON.parse(readFileSync(path, 'utf8')));
  const sum = (key: string) => each.reduce((total, report) => total + Number(report[key]), 0);
  const [passed, failed, skipped] = [sum('numPassedTests'), sum('numFailedTests'), sum('numPendingTests')];
  return { passed, failed, line: `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}` };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { passed, failed, line } = summed(process.argv.slice(2));
  console.log(`\n${line}`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
}
