import type { Connection } from 'jsforce';
import type { Clock, Org } from '../loop/ports.ts';
import { accountReads, shapeOf } from './accounts.ts';
import { answerReads } from './answers.ts';
import { callsOver } from './calls.ts';
import { writeDecisions } from './decisions.ts';
import { writeReceipts } from './receipts.ts';
import { readSetup, type Setup } from './setup.ts';
import { writeAnswers } from './write-back.ts';

const SETUP_LIFETIME_MS = 60_000;

/** The customer's org behind the loop's own words. */
export async function openOrg(connection: Connection, clock: Clock): Promise<Org> {
  const calls = callsOver(connection);
  const accounts = accountReads(calls, await shapeOf(calls, connection.instanceUrl));
  const setup = remember(() => readSetup(calls), clock);
  return {
    organization: async () => (await setup()).organization,
    triggers: async () => (await setup()).triggers,
    calendar: async () => (await setup()).calendar,
    accountFacts: accounts.facts,
    ...answerReads(calls, accounts),
    writeDecisions: (decisions) => writeDecisions(calls, decisions),
    writeAnswers: (changes) => writeAnswers(calls, changes),
    writeReceipts: (receipts) => writeReceipts(calls, receipts),
  };
}

/** Admins change settings now and then, answers arrive all the time: one read a minute serves them all. */
function remember(read: () => Promise<Setup>, clock: Clock): () => Promise<Setup> {
  let remembered: { setup: Promise<Setup>; until: number } | undefined;
  return () => {
    const now = clock.wall().getTime();
    if (!remembered || now >= remembered.until) {
      const setup = read();
      remembered = { setup, until: now + SETUP_LIFETIME_MS };
      setup.catch(() => {
        remembered = undefined;
      });
    }
    return remembered.setup;
  };
}
