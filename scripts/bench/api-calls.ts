import { connectByHand, writeNaively } from './by-hand.ts';
import type { CrowdOrder } from './crowd.ts';
import { type AskedCustomer, ask, newCustomers } from './customers.ts';
import { startHelper } from './helper-process.ts';
import type { OrgWorld } from './org-world.ts';
import { type Progress, type Row, whole } from './row.ts';

const ANSWERS = 200;
const MOST_CALLS = 10;
/** About a third each of detractors, passives and promoters. */
const SCORES = [2, 9, 7, 5, 10, 8, 0, 9, 7];

/** The Salesforce calls that 200 answers of 200 accounts cost when they arrive together, until nothing is left to do. */
export async function apiCalls(world: OrgWorld, progress: Progress): Promise<Row> {
  progress(`API calls: asking ${ANSWERS} customers`);
  const customers = await ask(world, newCustomers(world, 'Crowd', ANSWERS));
  const answers = customers.map((customer, index) => ({ customer, score: SCORES[index % SCORES.length] ?? 0 }));

  progress(`API calls: ${ANSWERS} answers at once`);
  const before = await callsMade(world);
  const thanked = await answerTogether(answers);
  await world.untilIdle();
  const ours = (await callsMade(world)) - before;
  const written = writtenAnswers(world);

  progress('API calls: the naive way');
  const connection = await connectByHand(world);
  const beforeNaive = await callsMade(world);
  await writeNaively(world, connection, answers);
  const naive = (await callsMade(world)) - beforeNaive;

  const detractors = answers.filter(({ score }) => score <= 6).length;
  const isVoid = thanked !== ANSWERS || written.responses !== ANSWERS || written.tasks !== detractors;
  if (isVoid) console.error(`Void: ${thanked} thanked, ${written.responses} responses, ${written.tasks} Tasks.`);
  return {
    name: `Salesforce calls for ${ANSWERS} answers`,
    beside: `${whole(naive)} naive jsforce`,
    ours: whole(ours),
    target: `<= ${MOST_CALLS}`,
    ok: !isVoid && ours <= MOST_CALLS,
  };
}

interface Answer {
  customer: AskedCustomer;
  score: number;
}

/** How many of the answers got their page. */
async function answerTogether(answers: readonly Answer[]): Promise<number> {
  const crowd = startHelper<CrowdOrder, { thanked: number }>(new URL('./crowd.ts', import.meta.url));
  const order = answers.map(({ customer, score }) => ({ link: customer.links.get(score) ?? '', score }));
  const { thanked } = await crowd.ask({ answers: order });
  await crowd.kill();
  return thanked;
}

/** As the org itself counts them; a composite call is one call. */
async function callsMade({ sandbox }: OrgWorld): Promise<number> {
  const { total } = (await (await fetch(`${sandbox.url}/calls`)).json()) as { total: number };
  return total;
}

function writtenAnswers({ sandbox: { org } }: OrgWorld) {
  const responses = org.query("SELECT Id FROM NPS_Response__c WHERE Survey__r.Status__c = 'Responded'").length;
  return { responses, tasks: org.query("SELECT Id FROM Task WHERE NPS_Kind__c = 'Call'").length };
}
