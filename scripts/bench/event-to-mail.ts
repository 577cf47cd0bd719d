import { mailbox, newCustomers, publishMoment } from './customers.ts';
import { latencyRow, SAMPLES, timed, timedByHand } from './latency.ts';
import type { OrgWorld } from './org-world.ts';
import type { Progress, Row } from './row.ts';

const MOST_MS = 900;

/** From a lifecycle event published in the org to its mail accepted by the mail provider. */
export async function eventToMail(world: OrgWorld, progress: Progress): Promise<Row> {
  const customers = newCustomers(world, 'Newcomer', SAMPLES);
  progress('Event to mail: the limit');
  const byHand = await timedByHand(world, customers);
  const ours: number[] = [];
  for (const customer of customers) {
    progress(`Event to mail: ${ours.length + 1} of ${SAMPLES}`);
    const mailsBefore = (await mailbox(world)).length;
    const begin = () => publishMoment(world, customer);
    ours.push(await timed(world, { begin, isDone: async () => (await mailbox(world)).length > mailsBefore }));
  }
  return latencyRow('Event to mail accepted, p95', byHand, ours, MOST_MS);
}
