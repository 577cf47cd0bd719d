// `npm run doctor`: what the service stands on, a line each, with the way out. Reads and changes nothing; exit 1 on a problem.
import { openForAdmin } from '../src/admin.ts';
import { configAtHand } from './config-at-hand.ts';

const MARKS = { ok: 'ok     ', note: 'note   ', problem: 'PROBLEM' };

try {
  const admin = await openForAdmin(configAtHand());
  const checkups = await admin.examine().finally(admin.close);
  const width = Math.max(...checkups.map(({ what }) => what.length));
  for (const { what, state, sentence } of checkups) console.log(`${MARKS[state]}  ${what.padEnd(width)}  ${sentence}`);
  const problems = checkups.filter(({ state }) => state === 'problem').length;
  console.log(problems === 0 ? '\nAll is well.' : `\n${problems} of ${checkups.length} need somebody.`);
  process.exitCode = problems === 0 ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
