import type { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AskedCustomer, inSequence } from '../support/in-sequence.ts';
import { killAll, mailTo, type RunningProcess, startedStack, travel } from '../support/stack.ts';

let stack: RunningProcess;
let admin: Connection;
let org: string;
let world: ReturnType<typeof inSequence>;

afterAll(killAll);

beforeAll(async () => {
  const started = await startedStack();
  ({ stack, org, admin } = started);
  world = inSequence(started);
});

/** Those the sequence gives, not those of who escalates. */
const tasks = async (customer: AskedCustomer) =>
  (await world.tasks(customer)).filter(({ OwnerId }) => OwnerId === customer.csm.Id);

describe('a detractor', () => {
  test('is acknowledged at once, called after two days of silence, and told only what was done', async () => {
    const customer = await world.answered('3');
    expect(await world.subjects(customer)).toEqual(['Thank you for your honest answer']);
    await travel(stack, 'PT10M');
    expect(await world.standing(customer)).toMatchObject({
      Sequence__c: 'Detractor',
      Current_Step__c: 'Detractor_Call',
      Steps_Done__c: expect.stringMatching(/^\S+Z Detractor_Acknowledgment$/),
    });

    await world.days(1);
    expect(await tasks(customer)).toHaveLength(1);
    await world.days(1);
    const called = await tasks(customer);
    expect(called.map(({ Subject }) => Subject)).toEqual([
      expect.stringMatching(/^NPS 3: call Dana O'Neill/),
      expect.stringMatching(/^NPS 3: no reply yet, call Dana O'Neill/),
    ]);
    expect(called[1]).toMatchObject({ OwnerId: customer.csm.Id, Priority: 'High' });

    await world.days(2);
    expect(await world.subjects(customer)).toHaveLength(1);
    await world.set(customer, { Actions_Taken__c: 'We gave your import a server of its own.' });
    await world.days(2);
    expect((await mailTo(org, customer.email)).at(-1)).toMatchObject({
      subject: 'What we have done since your answer',
      text: expect.stringContaining('We gave your import a server of its own.'),
    });

    await world.set(customer, { Resolved__c: true });
    await world.days(10);
    expect(await world.subjects(customer)).toEqual([
      'Thank you for your honest answer',
      'What we have done since your answer',
      'Did we fix it?',
    ]);
    expect(await world.standing(customer)).toMatchObject({
      ...{ Current_Step__c: 'Detractor_Re_Survey', Sequence_Stopped__c: false },
    });
    const inTurn = (await world.stepsOf(customer)).filter((step) => !/_(Tell|Remind|Escalate)/.test(step ?? ''));
    expect(inTurn).toEqual([
      'Detractor_Acknowledgment',
      'Detractor_Call',
      'Detractor_What_We_Did',
      'Detractor_Did_We_Fix_It',
    ]);
  }, 120_000);

  test('who corrects a 3 to a 9 gets the thank-you, and no call for keeping silent', async () => {
    const customer = await world.answered('3');
    await world.answer(customer, '9');
    await world.days(3);
    expect(await world.subjects(customer)).toEqual(['Thank you for your honest answer', 'Thank you, Dana']);
    expect(await tasks(customer)).toHaveLength(1);
    expect(await world.standing(customer)).toMatchObject({
      ...{ Sequence__c: 'Promoter', Current_Step__c: 'Promoter_Ask_Reminder' },
    });
  }, 60_000);
});

test('a passive is asked within two days what would make us a 10, a promoter thanked', async () => {
  const [passive, promoter] = [await world.answered('8'), await world.answered('10')];
  expect(await world.subjects(passive)).toEqual([]);
  await world.days(2);
  expect(await world.subjects(passive)).toEqual(['One thing we could do better, Dana']);
  expect(await world.subjects(promoter)).toEqual(['Thank you, Dana']);
  expect(await world.standing(promoter)).toMatchObject({ Sequence__c: 'Promoter', Sequence_Stopped__c: false });
}, 60_000);

describe('a sequence stops for good', () => {
  test.each([
    [
      'the customer replied',
      (one: AskedCustomer) => world.set(one, { Customer_Replied_At__c: new Date().toISOString() }),
      'replied',
    ],
    [
      'the contact opted out',
      (one: AskedCustomer) => admin.update('Contact', { Id: one.contactId, NPS_Survey_Opt_Out__c: true }),
      'no more mails',
    ],
    [
      'the contact is gone',
      (one: AskedCustomer) => admin.update('Contact', { Id: one.contactId, Email: null }),
      'no address',
    ],
    [
      'a case of high priority came',
      (one: AskedCustomer) => admin.create('Case', { AccountId: one.accountId, Subject: 'Down', Priority: 'High' }),
      'new case',
    ],
    [
      'mails to the contact come back',
      (one: AskedCustomer) => admin.update('Contact', { Id: one.contactId, NPS_Bounced_Address__c: one.email }),
      'come back',
    ],
    [
      'an opportunity was lost',
      async (one: AskedCustomer) =>
        admin.create('Opportunity', {
          ...{ AccountId: one.accountId, Name: 'More seats', StageName: 'Closed Lost' },
          CloseDate: (await world.now()).toISOString().slice(0, 10),
        }),
      'opportunity',
    ],
    [
      'the contact answered again',
      async ({ accountId: Account__c, contactId: Contact__c }: AskedCustomer) =>
        admin.create('NPS_Response__c', {
          ...{ Account__c, Contact__c, Response_Key__c: `again${Account__c}`.toLowerCase() },
          ...{ Score__c: 4, Verdict__c: 'Confirmed', Responded_At__c: (await world.now()).toISOString() },
        }),
      'another survey',
    ],
    ['the answer is void', (one: AskedCustomer) => world.set(one, { Verdict__c: 'Void' }), 'void'],
  ] as const)(
    'when %s',
    async (_, happens, reason) => {
      const customer = await world.answered('2');
      await travel(stack, 'PT10M');
      await happens(customer);
      await world.days(3);
      expect(await world.standing(customer)).toMatchObject({
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
  const customer = await world.answered('1');
  await travel(stack, 'PT10M');
  await world.set(customer, { Sequence_Paused__c: true });
  await world.days(4);
  expect(await tasks(customer)).toHaveLength(1);
  await world.set(customer, { Sequence_Paused__c: false });
  await travel(stack, 'PT10M');
  expect(await tasks(customer)).toHaveLength(2);

  const other = await world.answered('1');
  await travel(stack, 'PT10M');
  const soon = new Date((await world.now()).getTime() + 3_600_000).toISOString();
  await world.set(other, { Next_Step_Due__c: soon });
  await travel(stack, 'PT2H');
  expect(await tasks(other)).toHaveLength(2);
}, 90_000);
