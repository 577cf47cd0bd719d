import { ask, giveAnswer, newCustomers } from './customers.ts';
import { latencyRow, SAMPLES, timed, timedByHand } from './latency.ts';
import type { OrgWorld } from './org-world.ts';
import type { Progress, Row } from './row.ts';

const DETRACTOR_SCORE = 3;
const MOST_MS = 800;

/** From a detractor's answer on its way to the Task standing in the org. */
export async function answerToTask(world: OrgWorld, progress: Progress): Promise<Row> {
  progress('Answer to Task: asking the customers');
  const customers = await ask(world, newCustomers(world, 'Detractor', SAMPLES));
  const byHand = await timedByHand(world, customers);
  const ours: number[] = [];
  for (const customer of customers) {
    progress(`Answer to Task: ${ours.length + 1} of ${SAMPLES}`);
    const begin = () => giveAnswer(customer, DETRACTOR_SCORE);
    ours.push(await timed(world, { begin, isDone: () => hasTask(world, customer.accountId) }));
  }
  return latencyRow('Answer to Task visible, p95', byHand, ours, MOST_MS);
}

/** Looks into the org directly, so that looking is not delayed with the calls. */
function hasTask({ sandbox: { org } }: OrgWorld, accountId: string): boolean {
  return org.query(`SELECT Id FROM Task WHERE WhatId = '${accountId}' AND NPS_Task_Key__c != null`).length > 0;
}
