// `npm run plan [-- --days N] [--as-if-active] [--json]`: what the coming days would send. It reads and changes nothing.
import { parseArgs } from 'node:util';
import { openForAdmin } from '../src/admin.ts';
import type { PlanOptions } from '../src/loop/ports.ts';
import { configAtHand } from './config-at-hand.ts';
import { planText } from './plan/plan-text.ts';

const USAGE = 'npm run plan -- [--days 1 to 365] [--as-if-active] [--json]';
const LONGEST = 365;

try {
  const { json, ...options } = wishes();
  const admin = await openForAdmin(configAtHand());
  const plan = await admin.plan(options).finally(admin.close);
  process.stdout.write(json ? `${JSON.stringify(plan, null, 2)}\n` : planText(plan));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function wishes(): PlanOptions & { json: boolean } {
  const { values } = parseArgs({
    options: {
      days: { type: 'string', default: '30' },
      'as-if-active': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const days = Number(values.days);
  if (!Number.isInteger(days) || days < 1 || days > LONGEST) {
    throw new Error(`--days is a whole number from 1 to ${LONGEST}, not "${values.days}". Usage: ${USAGE}`);
  }
  return { days, asIfActive: values['as-if-active'], json: values.json };
}
