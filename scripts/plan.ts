// `npm run plan [-- --days N] [--as-if-active] [--json]`: what the coming days would send. It reads and changes nothing.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, parseEnv } from 'node:util';
import { openPlanner } from '../src/app.ts';
import { readConfig, readSandboxConfig, wantsSandbox } from '../src/config.ts';
import type { PlanOptions } from '../src/loop/ports.ts';
import { planText } from './plan/plan-text.ts';

const USAGE = 'npm run plan -- [--days 1 to 365] [--as-if-active] [--json]';
const LONGEST = 365;

try {
  const { json, ...options } = wishes();
  const planner = await openPlanner(readConfig(environment()));
  const plan = await planner.plan(options).finally(planner.close);
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

/** The service's own environment, or that of the sandbox that was started in this DATA_DIR. */
function environment(): NodeJS.ProcessEnv {
  if (!wantsSandbox(process.env)) return process.env;
  const file = join(readSandboxConfig(process.env).dataDir, 'service.env');
  if (!existsSync(file)) {
    throw new Error(
      'No org is configured and no sandbox was started here. Run npm start first, or set the environment.',
    );
  }
  return { ...process.env, ...parseEnv(readFileSync(file, 'utf8')) };
}
