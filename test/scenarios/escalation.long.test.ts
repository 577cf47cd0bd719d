import type { Connection } from 'jsforce';
import { DateTime } from 'luxon';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type AskedCustomer, inSequence } from '../support/in-sequence.ts';
import { killAll, type RunningProcess, startedStack, travel } from '../support/stack.ts';

let stack: RunningProcess;
let admin: Connection;
let org: string;
let world: ReturnType<typeof inSequence>;
let zone: string;
let people: Record<'csm' | 'manager' | 'owner', { Id: string; Name: string }>;

afterAll(killAll);

beforeAll(async () => {
  const started = await startedStack();
  ({ stack, admin, org } = started);
  world = inSequence(started);
  const { records } = await admin.query<{
    Id: string;
    Name: string;
    TimeZoneSidKey: string;
    Manager: { Id: string; Name: string };
  }>(
    'SELECT Id, Name, TimeZoneSidKey, Manager.Id, Manager.Name FROM User WHERE IsActive = true AND ManagerId != null AND Email != null ORDER BY Name LIMIT 2',
  );
  const [csm, owner] = records;
  if (!csm || !owner) throw new Error('The org has no two CSMs.');
  zone = csm.TimeZoneSidKey;
  people = { csm, owner, manager: csm.Manager };
});

beforeEach(async () => {
  await toTuesdayMorning();
});

const HOUR_MS = 3_600_000;
const owned = () => ({ OwnerId: people.owner.Id });
const escalations = async (customer: AskedCustomer) =>
  (await world.tasks(customer)).filter(({ Subject }) => Subject.includes('nobody has acted'));

/** To ten o'clock of the CSM's next Tuesday: whatever day it is, the times of an escalation then lie apart. */
async function toTuesdayMorning() {
  const now = DateTime.fromJSDate(await world.now(), { zone });
  const tuesday = now.startOf('week').plus({ days: 1, hours: 10 });
  const next = tuesday > now ? tuesday : tuesday.plus({ weeks: 1 });
  await travel(stack, `PT${Math.round(next.diff(now, 'minutes').minutes)}M`);
}

/** Until a moment and a little further, in which the ticks that fell due do their work. */
async function travelTo(at: string | null) {
  const ahead = Date.parse(at ?? '') - (await world.now()).getTime();
  const minutes = Math.ceil(Math.max(ahead, 0) / 60_000) + 10;
  await travel(stack, `PT${minutes}M`);
}

test('while nobody acts, the owner hears of it, the CSM is reminded, then manager and executive have a Task', async () => {
  const customer = await world.answered('5', owned());
  const first = await world.standing(customer);
  const due = Date.parse(first.Follow_Up_Due__c ?? '');
  const answered = Date.parse(first.Responded_At__c);
  expect(first.Next_Escalation_Due__c).not.toBeNull();

  await travelTo(first.Next_Escalation_Due__c);
  const second = await world.standing(customer);
  expect(second).toMatchObject({
    Notify_User__c: people.owner.Id,
    Notify_Text__c: expect.stringMatching(/^NPS 5 from Dana O'Neill \(Harbour .*\)\. .* is to follow up\. Due /),
  });
  expect(Date.parse(second.Next_Escalation_Due__c ?? '')).toBeGreaterThanOrEqual(answered + (due - answered) / 2);

  await travelTo(second.Next_Escalation_Due__c);
  const third = await world.standing(customer);
  expect(third).toMatchObject({
    Notify_User__c: customer.csm.Id,
    Notify_Text__c: expect.stringContaining('Nobody has'),
  });
  expect(await escalations(customer)).toEqual([]);

  await travelTo(third.Next_Escalation_Due__c);
  const [toManager] = await escalations(customer);
  expect(toManager).toMatchObject({
    OwnerId: people.manager.Id,
    Priority: 'High',
    Subject: expect.stringMatching(/^NPS 5: nobody has acted, step in for Dana O'Neill/),
  });

  await travelTo((await world.standing(customer)).Next_Escalation_Due__c);
  const both = await escalations(customer);
  expect(both).toHaveLength(2);
  const { records } = await admin.query<{ Id: string }>("SELECT Id FROM User WHERE Title = 'Chief Customer Officer'");
  expect(both[1]?.OwnerId).toBe(records[0]?.Id);
  expect((await world.standing(customer)).Next_Escalation_Due__c).toBeNull();
  await world.days(3);
  expect(await escalations(customer)).toHaveLength(2);

  const sent = (await (await fetch(`${org}/notifications`)).json()) as { body: string }[];
  const bodies = sent.map(({ body }) => body).filter((body) => body.includes("NPS 5 from Dana O'Neill"));
  expect(bodies).toEqual(
    expect.arrayContaining([expect.stringMatching(/^NPS 5 from/), expect.stringMatching(/^Nobody has followed up/)]),
  );
}, 240_000);

test('the manager hears of a 0 to 3 at once', async () => {
  const customer = await world.answered('2');
  expect(await world.stepsOf(customer)).toContain('Detractor_Tell_Manager');
  expect((await world.standing(customer)).Notify_User__c).toBe(people.manager.Id);
}, 90_000);

describe('an escalation ends', () => {
  const task = async (customer: AskedCustomer) => (await world.tasks(customer))[0]?.Id ?? '';
  const sentAt = async () => ({ MessageDate: (await world.now()).toISOString(), Incoming: false, Status: '3' });

  test.each([
    [
      'the CSM completes the Task with an outcome',
      0,
      async (one: AskedCustomer) =>
        admin.update('Task', { Id: await task(one), Status: 'Completed', NPS_Outcome__c: 'Spoke with Customer' }),
    ],
    [
      'a call is logged',
      1,
      async (one: AskedCustomer) =>
        admin.create('Task', { Subject: 'Call', TaskSubtype: 'Call', Status: 'Completed', WhoId: one.contactId }),
    ],
    [
      'a mail to the account is on record',
      0,
      async (one: AskedCustomer) =>
        admin.create('EmailMessage', { ...(await sentAt()), RelatedToId: one.accountId, Subject: 'Sorry' }),
    ],
    [
      'a mail to the contact is on record',
      1,
      async (one: AskedCustomer) => {
        const task = { Subject: 'Email: Sorry', TaskSubtype: 'Email', Status: 'Completed', WhoId: one.contactId };
        const { id: ActivityId } = await admin.create('Task', task);
        const { id } = await admin.create('EmailMessage', { ...(await sentAt()), ActivityId, Subject: 'Sorry' });
        await admin.create('EmailMessageRelation', {
          ...{ EmailMessageId: id, RelationId: one.contactId, RelationType: 'ToAddress' },
        });
      },
    ],
  ] as const)(
    'when %s, which is noticed within a quarter of an hour',
    async (_, logged, act) => {
      const customer = await world.answered('5');
      await travel(stack, 'PT10M');
      await act(customer);
      await travel(stack, 'PT20M');
      const { First_Follow_Up_At__c: at, Next_Escalation_Due__c: next } = await world.standing(customer);
      expect(Math.abs(Date.parse(at ?? '') - (await world.now()).getTime())).toBeLessThan(HOUR_MS);
      expect(next).toBeNull();
      await world.days(4);
      // No call for keeping silent either: somebody has spoken to them.
      expect(await world.tasks(customer)).toHaveLength(1 + logged);
    },
    90_000,
  );

  test('not when the Task is opened, or closed without an outcome, nor when the customer opts out', async () => {
    const customer = await world.answered('5');
    await travel(stack, 'PT10M');
    await admin.update('Task', { Id: await task(customer), Status: 'In Progress' });
    await admin.update('Task', { Id: await task(customer), Status: 'Completed' });
    await admin.update('Contact', { Id: customer.contactId, NPS_Survey_Opt_Out__c: true });
    await world.days(5);
    expect(await world.standing(customer)).toMatchObject({ First_Follow_Up_At__c: null, Sequence_Stopped__c: true });
    expect(await escalations(customer)).toHaveLength(2);
  }, 90_000);

  test.each([
    ['a correction to a 9', (one: AskedCustomer) => world.answer(one, '9')],
    ['a void', (one: AskedCustomer) => world.set(one, { Verdict__c: 'Void' })],
  ] as const)(
    'with %s',
    async (_, happens) => {
      const customer = await world.answered('5');
      await travel(stack, 'PT10M');
      await happens(customer);
      await world.days(5);
      expect(await escalations(customer)).toEqual([]);
      expect((await world.standing(customer)).Next_Escalation_Due__c).toBeNull();
    },
    90_000,
  );
});
