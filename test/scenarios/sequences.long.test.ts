import type { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  killAll,
  mailTo,
  newCustomer,
  publish,
  type RunningProcess,
  scoreLinks,
  startedStack,
  travel,
  untilIdle,
} from '../support/stack.ts';

let stack: RunningProcess;
let admin: Connection;
let service: string;
let org: string;

afterAll(killAll);

beforeAll(async () => {
  ({ stack, service, org, admin } = await startedStack());
});

type Customer = Awaited<ReturnType<typeof newCustomer>>;

async function answer({ links }: { links: Map<string, string> }, score: string) {
  const body = new URLSearchParams({ score, comment: 'Said so.' });
  const { status } = await fetch(links.get(score) ?? '', { method: 'POST', body });
  expect(status).toBe(200);
  await untilIdle(service);
}

/** A customer who was asked and gave a score. */
async function answered(score: string) {
  const customer = await newCustomer(admin);
  await publish(admin, 'First_Value', customer.accountId);
  await untilIdle(service);
  const [mail] = await mailTo(org, customer.email);
  if (!mail) throw new Error('No mail arrived.');
  const asked = { ...customer, links: scoreLinks(mail) };
  await answer(asked, score);
  return asked;
}

interface Standing {
  Id: string;
  Sequence__c: string;
  Current_Step__c: string | null;
  Next_Step_Due__c: string | null;
  Steps_Done__c: string | null;
  Sequence_Stopped__c: boolean;
  Sequence_Stop_Reason__c: string | null;
}

async function standing({ accountId }: Customer): Promise<Standing> {
  const { records } = await admin.query<Standing>(
    `SELECT Id, Sequence__c, Current_Step__c, Next_Step_Due__c, Steps_Done__c, Sequence_Stopped__c, Sequence_Stop_Reason__c FROM NPS_Response__c WHERE Account__c = '${accountId}'`,
  );
  const [row] = records;
  if (!row) throw new Error('The account has no response.');
  return row;
}

const stepsOf = async (customer: Customer) =>
  ((await standing(customer)).Steps_Done__c ?? '').split('\n').map((line) => line.split(' ')[1]);
const set = async (customer: Customer, fields: Record<string, unknown>) =>
  admin.update('NPS_Response__c', { Id: (await standing(customer)).Id, ...fields });
/** Without the invitation. */
const subjects = async ({ email }: Customer) => (await mailTo(org, email)).slice(1).map(({ subject }) => subject);
const tasks = async ({ accountId }: Customer) =>
  (
    await admin.query<{ Subject: string; OwnerId: string; Priority: string }>(
      `SELECT Subject, OwnerId, Priority FROM Task WHERE AccountId = '${accountId}' ORDER BY CreatedDate, Id`,
    )
  ).records;

async function days(count: number) {
  for (let day = 0; day < count; day += 1) await travel(stack, 'P1D');
  // What a tick of the last day sent is only on record now; the next one sees it.
  await travel(stack, 'PT10M');
}

describe('a detractor', () => {
  test('is acknowledged at once, called after two days of silence, and told only what was done', async () => {
    const customer = await answered('3');
    expect(await subjects(customer)).toEqual(['Thank you for your honest answer']);
    await travel(stack, 'PT10M');
    expect(await standing(customer)).toMatchObject({
      Sequence__c: 'Detractor',
      Current_Step__c: 'Detractor_Call',
      Steps_Done__c: expect.stringMatching(/^\S+Z Detractor_Acknowledgment$/),
    });

    await days(1);
    expect(await tasks(customer)).toHaveLength(1);
    await days(1);
    const called = await tasks(customer);
    expect(called.map(({ Subject }) => Subject)).toEqual([
      expect.stringMatching(/^NPS 3: call Dana O'Neill/),
      expect.stringMatching(/^NPS 3: no reply yet, call Dana O'Neill/),
    ]);
    expect(called[1]).toMatchObject({ OwnerId: customer.csm.Id, Priority: 'High' });

    await days(2);
    expect(await subjects(customer)).toHaveLength(1);
    await set(customer, { Actions_Taken__c: 'We gave your import a server of its own.' });
    await days(2);
    expect((await mailTo(org, customer.email)).at(-1)).toMatchObject({
      subject: 'What we have done since your answer',
      text: expect.stringContaining('We gave your import a server of its own.'),
    });

    await set(customer, { Resolved__c: true });
    await days(10);
    expect(await subjects(customer)).toEqual([
      'Thank you for your honest answer',
      'What we have done since your answer',
      'Did we fix it?',
    ]);
    expect(await standing(customer)).toMatchObject({ Next_Step_Due__c: null, Sequence_Stopped__c: false });
    expect(await stepsOf(customer)).toEqual([
      'Detractor_Acknowledgment',
      'Detractor_Call',
      'Detractor_What_We_Did',
      'Detractor_Did_We_Fix_It',
    ]);
  }, 120_000);

  test('who corrects a 3 to a 9 gets the thank-you, and no call for keeping silent', async () => {
    const customer = await answered('3');
    await answer(customer, '9');
    await days(3);
    expect(await subjects(customer)).toEqual(['Thank you for your honest answer', 'Thank you, Dana']);
    expect(await tasks(customer)).toHaveLength(1);
    expect(await standing(customer)).toMatchObject({ Sequence__c: 'Promoter', Next_Step_Due__c: null });
  }, 60_000);
});

test('a passive is asked within two days what would make us a 10, a promoter thanked', async () => {
  const [passive, promoter] = [await answered('8'), await answered('10')];
  expect(await subjects(passive)).toEqual([]);
  await days(2);
  expect(await subjects(passive)).toEqual(['One thing we could do better, Dana']);
  expect(await subjects(promoter)).toEqual(['Thank you, Dana']);
  expect(await standing(promoter)).toMatchObject({ Sequence__c: 'Promoter', Next_Step_Due__c: null });
}, 60_000);

describe('a sequence stops for good', () => {
  test.each([
    [
      'the customer replied',
      (one: Customer) => set(one, { Customer_Replied_At__c: new Date().toISOString() }),
      'replied',
    ],
    [
      'the contact opted out',
      (one: Customer) => admin.update('Contact', { Id: one.contactId, NPS_Survey_Opt_Out__c: true }),
      'no more mails',
    ],
    [
      'the contact is gone',
      (one: Customer) => admin.update('Contact', { Id: one.contactId, Email: null }),
      'no address',
    ],
    [
      'a case of high priority came',
      (one: Customer) => admin.create('Case', { AccountId: one.accountId, Subject: 'Down', Priority: 'High' }),
      'new case',
    ],
    ['the answer is void', (one: Customer) => set(one, { Verdict__c: 'Void' }), 'void'],
  ] as const)(
    'when %s',
    async (_, happens, reason) => {
      const customer = await answered('2');
      await travel(stack, 'PT10M');
      await happens(customer);
      await days(3);
      expect(await standing(customer)).toMatchObject({
        Sequence_Stopped__c: true,
        Sequence_Stop_Reason__c: expect.stringContaining(reason),
        Current_Step__c: null,
        Next_Step_Due__c: null,
      });
      expect(await tasks(customer)).toHaveLength(1);
    },
    60_000,
  );
});

test('a CSM holds a sequence, lets it go on, and moves a step', async () => {
  const customer = await answered('1');
  await travel(stack, 'PT10M');
  await set(customer, { Sequence_Paused__c: true });
  await days(4);
  expect(await tasks(customer)).toHaveLength(1);
  await set(customer, { Sequence_Paused__c: false });
  await travel(stack, 'PT10M');
  expect(await tasks(customer)).toHaveLength(2);

  const other = await answered('1');
  await travel(stack, 'PT10M');
  const { now } = (await (await fetch(`${org}/clock`)).json()) as { now: string };
  const soon = new Date(Date.parse(now) + 3_600_000).toISOString();
  await set(other, { Next_Step_Due__c: soon });
  await travel(stack, 'PT2H');
  expect(await tasks(other)).toHaveLength(2);
}, 90_000);
