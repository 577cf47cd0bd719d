import type { Connection } from 'jsforce';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AskedCustomer, inSequence } from '../support/in-sequence.ts';
import { killAll, mailTo, type RunningProcess, scoreLinks, startedStack, travel } from '../support/stack.ts';

let stack: RunningProcess;
let admin: Connection;
let org: string;
let world: ReturnType<typeof inSequence>;

afterAll(killAll);

beforeAll(async () => {
  const started = await startedStack();
  ({ stack, admin, org } = started);
  world = inSequence(started);
});

interface ReSurvey {
  Id: string;
  Status__c: string;
  Occasion_Reason__c: string;
  Recovery_Of__c: string;
  Suppression_Code__c: string | null;
}

const reSurveys = async ({ accountId }: AskedCustomer) =>
  (
    await admin.query<ReSurvey>(
      `SELECT Id, Status__c, Occasion_Reason__c, Recovery_Of__c, Suppression_Code__c FROM NPS_Survey__c WHERE Account__c = '${accountId}' AND Occasion__c = 'Recovery'`,
    )
  ).records;

/** The CSM follows up, and says that it is mended. */
async function closeTheLoop(customer: AskedCustomer) {
  const call = { Subject: 'Call', TaskSubtype: 'Call', Status: 'Completed', WhoId: customer.contactId };
  await admin.create('Task', call);
  await world.set(customer, { Actions_Taken__c: 'We mended the import.', Resolved__c: true });
}

test('30 days after an answer that was dealt with, the same question is asked once more, and its answer is a recovery', async () => {
  const customer = await world.answered('3');
  const { Id: response } = await world.standing(customer);
  await travel(stack, 'PT10M');
  await closeTheLoop(customer);
  await world.days(29);
  expect(await reSurveys(customer)).toEqual([]);
  await world.days(2);

  const [asked, ...others] = await reSurveys(customer);
  expect(others).toEqual([]);
  expect(asked).toMatchObject({
    Recovery_Of__c: response,
    Occasion_Reason__c: expect.stringMatching(
      /^Asked once more after the 3 of \d{4}-\d\d-\d\d, which was followed up on/,
    ),
  });
  const mail = (await mailTo(org, customer.email)).at(-1);
  expect(mail).toMatchObject({
    subject: 'How are we doing now, Dana?',
    text: expect.stringContaining('How likely are'),
  });
  expect(await world.stepsOf(customer)).toContain('Detractor_Re_Survey');

  await world.answer({ ...customer, links: scoreLinks(mail ?? { html: '' }) }, '9');
  const { records } = await admin.query<{ Score__c: number; Is_Recovery__c: boolean; Recovery_Of__c: string }>(
    `SELECT Score__c, Is_Recovery__c, Recovery_Of__c FROM NPS_Response__c WHERE Account__c = '${customer.accountId}' ORDER BY Responded_At__c`,
  );
  expect(records).toMatchObject([
    { Score__c: 3, Is_Recovery__c: false, Recovery_Of__c: null },
    { Score__c: 9, Is_Recovery__c: true, Recovery_Of__c: response },
  ]);
}, 240_000);

test('nobody is asked again about what was not dealt with, nor twice about what was', async () => {
  const [open, closed] = [await world.answered('4'), await world.answered('4')];
  await travel(stack, 'PT10M');
  await closeTheLoop(closed);
  await world.days(50);
  expect(await reSurveys(open)).toEqual([]);
  const asked = await reSurveys(closed);
  expect(asked).toHaveLength(1);

  // The same low answer again: a new Task and a new mail, but the episode is asked about once.
  const mail = (await mailTo(org, closed.email)).at(-1);
  await world.answer({ ...closed, links: scoreLinks(mail ?? { html: '' }) }, '2');
  await travel(stack, 'PT10M');
  const { records } = await admin.query<{ Id: string }>(
    `SELECT Id FROM NPS_Response__c WHERE Account__c = '${closed.accountId}' AND Is_Recovery__c = true`,
  );
  const again = { Actions_Taken__c: 'More.', Resolved__c: true, Id: String(records[0]?.Id) };
  await admin.update('NPS_Response__c', again);
  await admin.create('Task', { Subject: 'Call', TaskSubtype: 'Call', Status: 'Completed', WhoId: closed.contactId });
  await world.days(40);
  expect(await reSurveys(closed)).toHaveLength(1);
}, 400_000);

test('who opted out meanwhile is not asked, and the invitation says so', async () => {
  const customer = await world.answered('3');
  await travel(stack, 'PT10M');
  await closeTheLoop(customer);
  await world.days(25);
  await admin.update('Account', { Id: customer.accountId, NPS_Survey_Opt_Out__c: true });
  await world.days(6);
  expect(await reSurveys(customer)).toMatchObject([
    { Status__c: 'Suppressed', Suppression_Code__c: 'ACCOUNT_OPTED_OUT' },
  ]);
}, 240_000);
