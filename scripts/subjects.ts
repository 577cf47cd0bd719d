// `npm run subjects [-- --since YYYY-MM-DD] [--json]`: which of two subjects is answered more. It reads and changes nothing.
import { parseArgs } from 'node:util';
import { openForAdmin } from '../src/admin.ts';
import { configAtHand } from './config-at-hand.ts';
import { subjectsText } from './subjects/subjects-text.ts';

const USAGE = 'npm run subjects -- [--since YYYY-MM-DD] [--json]';

try {
  const { since, json } = wishes();
  const admin = await openForAdmin(configAtHand());
  const compared = await admin.subjects(since).finally(admin.close);
  process.stdout.write(json ? `${JSON.stringify(compared, null, 2)}\n` : subjectsText(compared));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function wishes(): { since: Date | undefined; json: boolean } {
  const { values } = parseArgs({ options: { since: { type: 'string' }, json: { type: 'boolean', default: false } } });
  const { since, json } = values;
  if (since === undefined) return { since, json };
  const day = new Date(`${since}T00:00:00Z`);
  if (Number.isNaN(day.getTime())) throw new Error(`--since is a day like 2026-12-01, not "${since}". Usage: ${USAGE}`);
  return { since: day, json };
}
