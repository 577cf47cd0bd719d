// `npm run bench`: the limits and the project measured in one run, on this machine alone. Exits 1 on a missed row.
import { answerToTask } from './answer-to-task.ts';
import { apiCalls } from './api-calls.ts';
import { durableAnswers } from './durable-answers.ts';
import { eventToMail } from './event-to-mail.ts';
import { openOrgWorld } from './org-world.ts';
import { type ProgressLine, progressLine } from './progress.ts';
import type { Row } from './row.ts';
import { table } from './table.ts';

const LONGEST_MS = 180_000;

setTimeout(() => {
  console.error(`The benchmark was ended after ${LONGEST_MS / 1000} s: this machine is too busy to measure anything.`);
  process.exit(1);
}, LONGEST_MS).unref();

async function measure({ show }: ProgressLine): Promise<Row[]> {
  const answers = await durableAnswers(show);
  show('Starting an org and the service');
  const world = await openOrgWorld();
  try {
    // While the mailbox is still empty: it is read again and again.
    const mail = await eventToMail(world, show);
    const calls = await apiCalls(world, show);
    const task = await answerToTask(world, show);
    return [...answers, calls, task, mail];
  } finally {
    await world.stop();
  }
}

const progress = progressLine();
const began = performance.now();
const rows = await measure(progress);
progress.end();
console.log(`${table(rows)}\n\nMeasured in ${Math.round((performance.now() - began) / 1000)} s.`);
process.exit(rows.every(({ ok }) => ok) ? 0 : 1);
