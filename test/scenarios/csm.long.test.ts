import type { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import type { StoredNotification } from '../../src/sandbox/org/notifications.ts';
import type { Session } from '../../src/sandbox/org/open-org.ts';
import { openTestSandbox, type TestSandbox } from '../support/sandbox.ts';
import { startedService } from '../support/service.ts';
import { mailTo, newCustomer, publish, scoreLinks, temporaryFolder, untilIdle } from '../support/stack.ts';

/** Whatever is set here is set by the CSM: a user of the org with the permission set NPS CSM and no other. */

let sandbox: TestSandbox;
let app: App;
let admin: Connection;
let csm: Session;
let csmId: string;
let csmName: string;
const dataDir = temporaryFolder();

beforeAll(async () => {
  sandbox = await openTestSandbox({ seed: 'empty-company', startAt: new Date('2027-03-10T12:00:00Z') });
  app = await startedService(sandbox, dataDir);
  admin = await sandbox.adminConnection();
  csmId = (await newCustomer(admin)).csm.Id;
  csmName = String(sandbox.org.query(`SELECT Name FROM User WHERE Id = '${csmId}'`)[0]?.Name);
  const [set] = sandbox.org.query("SELECT Id FROM PermissionSet WHERE Name = 'NPS_CSM'");
  await admin.create('PermissionSetAssignment', { AssigneeId: csmId, PermissionSetId: String(set?.Id) });
  csm = sandbox.org.as(csmId);
});

afterAll(async () => {
  await app.stop();
  await sandbox.close();
});

type Customer = Awaited<ReturnType<typeof answered>>;

/** A customer of the CSM who was asked and answered. */
async function answered(score: number, comment = 'Slow') {
  const customer = await newCustomer(admin, { OwnerId: csmId });
  await publish(admin, 'First_Value', customer.accountId);
  await untilIdle(app.url);
  const [mail] = await mailTo(sandbox.url, customer.email);
  if (!mail) throw new Error('No mail arrived.');
  const links = scoreLinks(mail);
  await give({ links }, score, comment);
  return { ...customer, links };
}

async function give({ links }: Pick<Customer, 'links'>, score: number, comment: string) {
  await fetch(links.get(String(score)) ?? '', {
    method: 'POST',
    body: new URLSearchParams({ score: String(score), comment }),
  });
  await untilIdle(app.url);
}

const rowOf = (soql: string) => {
  const [row] = sandbox.org.query(soql);
  if (!row) throw new Error(`Nothing is found by ${soql}`);
  return row;
};
const response = ({ accountId }: Pick<Customer, 'accountId'>) =>
  rowOf(
    `SELECT Id, Verdict__c, Verdict_Reason__c, Request__c, Request_Note__c, Request_Result__c, Requested_By__c, Requested_At__c,
      First_Follow_Up_At__c, Sequence_Paused__c, Sequence_Stopped__c, Sequence_Stop_Reason__c, Next_Step_Due__c, Sequence__c
      FROM NPS_Response__c WHERE Account__c = '${accountId}'`,
  );
const account = ({ accountId }: Customer) =>
  rowOf(`SELECT NPS_Score__c, NPS_Segment__c, NPS_Rolling_Average__c, NPS_Response_Count__c, NPS_Risk__c
    FROM Account WHERE Id = '${accountId}'`);
const tasks = ({ accountId }: Customer) =>
  sandbox.org.query(`SELECT Subject, Status, IsClosed, Description, OwnerId, Owner.Name, TaskSubtype, NPS_Task_Key__c,
    NPS_Response__c, WhoId, CreatedById FROM Task WHERE AccountId = '${accountId}' ORDER BY CreatedDate, Id`);
/** Without the invitation. */
const subjects = async ({ email }: Customer) =>
  (await mailTo(sandbox.url, email)).slice(1).map(({ subject }) => subject);
const notifications = async ({ accountId }: Customer) =>
  ((await (await fetch(`${sandbox.url}/notifications`)).json()) as StoredNotification[]).filter(
    ({ targetId }) => targetId === response({ accountId }).Id,
  );

async function set(customer: Customer, fields: Record<string, string | boolean>) {
  csm.update('NPS_Response__c', String(response(customer).Id), fields);
  await untilIdle(app.url);
}
const ask = (customer: Customer, Request__c: string, Request_Note__c = '') =>
  set(customer, { Request__c, Request_Note__c });

async function days(count: number) {
  for (let day = 0; day < count; day += 1) {
    await sandbox.advance('P1D');
    await untilIdle(app.url);
  }
  await sandbox.advance('PT10M');
  await untilIdle(app.url);
}

const ACKNOWLEDGMENT = 'Thank you for your honest answer';

describe('a new detractor', () => {
  test('is told to the CSM at once, with account, score and a link; a corrected comment is not told again', async () => {
    const customer = await answered(3, 'Imports take hours');
    const { Name } = rowOf(`SELECT Name FROM Account WHERE Id = '${customer.accountId}'`);
    const { Username } = rowOf(`SELECT Username FROM User WHERE Id = '${csmId}'`);
    expect(await notifications(customer)).toMatchObject([
      {
        ...{ type: 'NPS_New_Detractor', to: Username, title: `NPS 3: ${Name}`, sentBy: 'flow:NPS_New_Detractor' },
        body: expect.stringMatching(/^Imports take hours Follow up by 2027-03-11/),
      },
    ]);
    await give(customer, 2, 'Imports take days');
    expect((await notifications(customer)).filter(({ type }) => type === 'NPS_New_Detractor')).toHaveLength(1);
  });

  test('is one who corrects a 9 to a 4, and none who gives an 8', async () => {
    const customer = await answered(9, 'Fine');
    expect(await notifications(customer)).toEqual([]);
    await give(customer, 4, 'On second thought');
    expect(await notifications(customer)).toMatchObject([{ title: expect.stringContaining('NPS 4') }]);
    expect(await notifications(await answered(8))).toEqual([]);
  });
});

describe('a CSM', () => {
  test('pauses a sequence, with nothing sent meanwhile, and has it go on', async () => {
    const customer = await answered(7, 'All right');
    await ask(customer, 'Pause', 'On holiday');
    expect(response(customer)).toMatchObject({
      ...{ Sequence_Paused__c: true, Request__c: null, Request_Note__c: null, Requested_By__c: csmId },
      Request_Result__c: `Paused by ${csmName} on 2027-03-10: On holiday`,
    });
    await days(3);
    expect(await subjects(customer)).toEqual([]);
    await ask(customer, 'Resume');
    expect(response(customer)).toMatchObject({ Sequence_Paused__c: false, Request__c: null });
    expect(await subjects(customer)).toHaveLength(1);
  }, 60_000);

  test('has the last mail sent again to an address that was corrected', async () => {
    const customer = await answered(4);
    await sandbox.advance('PT10M');
    await untilIdle(app.url);
    const email = `corrected.${customer.email}`;
    await admin.update('Contact', { Id: customer.contactId, Email: email });
    await ask(customer, 'Resend', 'The address was wrong');
    expect((await mailTo(sandbox.url, email)).map(({ subject, to }) => [subject, to.includes(email)])).toContainEqual([
      ACKNOWLEDGMENT,
      true,
    ]);
    expect(response(customer)).toMatchObject({
      Request__c: null,
      Request_Result__c: expect.stringMatching(/^The mail acknowledgment was sent once more, asked for by /),
    });
  });

  test('declares an answer void: numbers, contact, Task and sequence follow, and the record says who, when and why', async () => {
    const customer = await answered(4);
    expect(account(customer)).toMatchObject({ NPS_Score__c: 4, NPS_Response_Count__c: 1, NPS_Risk__c: true });
    expect(tasks(customer)).toMatchObject([{ IsClosed: false }]);
    await ask(customer, 'Void', 'The assistant answered');
    const reason = `Declared void by ${csmName} on 2027-03-13: The assistant answered`;
    expect(response(customer)).toMatchObject({
      ...{ Verdict__c: 'Void', Verdict_Reason__c: expect.stringMatching(/^Declared void by /), Request__c: null },
      ...{
        Requested_By__c: csmId,
        Sequence_Stopped__c: true,
        Sequence_Stop_Reason__c: 'The answer was declared void.',
      },
    });
    expect(String(response(customer).Verdict_Reason__c).slice(0, -40)).toBe(reason.slice(0, -40));
    expect(account(customer)).toMatchObject({
      ...{ NPS_Score__c: null, NPS_Segment__c: null, NPS_Rolling_Average__c: null, NPS_Response_Count__c: 0 },
      NPS_Risk__c: false,
    });
    expect(rowOf(`SELECT NPS_Score__c, NPS_Segment__c FROM Contact WHERE Id = '${customer.contactId}'`)).toEqual({
      NPS_Score__c: null,
      NPS_Segment__c: null,
    });
    const invitation = () =>
      rowOf(`SELECT Was_Answered__c FROM NPS_Survey__c WHERE Account__c = '${customer.accountId}'`);
    expect(invitation()).toEqual({ Was_Answered__c: false });
    expect(tasks(customer)).toMatchObject([
      { IsClosed: true, Description: expect.stringContaining('nothing has to be done any more. Declared void by') },
    ]);
    const sent = await subjects(customer);
    await days(3);
    expect(await subjects(customer)).toEqual(sent);

    await ask(customer, 'It Was a Person', 'She called');
    expect(response(customer)).toMatchObject({ Verdict__c: 'Confirmed', Sequence_Stopped__c: false });
    expect(invitation()).toEqual({ Was_Answered__c: true });
    expect(account(customer)).toMatchObject({ NPS_Score__c: 4, NPS_Response_Count__c: 1 });
    expect(tasks(customer).filter(({ IsClosed }) => IsClosed === false).length).toBeGreaterThanOrEqual(1);
    expect(await subjects(customer)).toEqual(sent);
  }, 60_000);

  test('vouches for an answer that waited for certainty', async () => {
    const customer = await newCustomer(admin, { OwnerId: csmId });
    await publish(admin, 'First_Value', customer.accountId);
    await untilIdle(app.url);
    const [mail] = await mailTo(sandbox.url, customer.email);
    const links = scoreLinks(mail ?? { html: '' });
    await give({ links }, 5, '');
    expect(response(customer)).toMatchObject({ Verdict__c: 'Provisional' });
    await ask({ ...customer, links }, 'It Was a Person', 'He told me');
    expect(response(customer)).toMatchObject({ Verdict__c: 'Confirmed', Sequence__c: 'Detractor' });
    expect(await notifications({ ...customer, links })).toHaveLength(1);
  });

  test('logs a follow-up, which is their completed call with the customer', async () => {
    const customer = await answered(3);
    // Salesforce keeps seconds: what is created in the second of the answer is not known to come after it.
    await sandbox.advance('PT1M');
    await ask(customer, 'Log Follow-Up', 'We talked about the import');
    expect(tasks(customer).at(-1)).toMatchObject({
      ...{ Subject: "NPS 3: followed up with Dana O'Neill", Status: 'Completed', TaskSubtype: 'Call' },
      ...{ OwnerId: csmId, CreatedById: csmId, Description: 'We talked about the import' },
      ...{ WhoId: customer.contactId, NPS_Response__c: response(customer).Id },
    });
    expect(response(customer)).toMatchObject({
      ...{ Request__c: null, Request_Note__c: null },
      Request_Result__c: `Follow-up logged by ${csmName} on ${(await sandbox.advance('PT0S')).toISOString().slice(0, 10)}.`,
    });
    await sandbox.advance('PT15M');
    await untilIdle(app.url);
    expect(response(customer).First_Follow_Up_At__c).not.toBeNull();
  });

  test('calls for a team: without a queue the task stays theirs and says so; with one it goes there, once', async () => {
    const customer = await answered(4);
    await set(customer, { Intervention__c: 'Product' });
    expect(tasks(customer).at(-1)).toMatchObject({
      ...{ Subject: expect.stringMatching(/^NPS 4: Product to step in at /), OwnerId: csmId },
      Description: expect.stringContaining('There is no queue NPS_Product'),
    });
    const queue = await admin.create('Group', { Name: 'NPS Support', DeveloperName: 'NPS_Support', Type: 'Queue' });
    await set(customer, { Intervention__c: 'Support' });
    const open = tasks(customer).filter(({ Subject }) => String(Subject).includes('step in'));
    expect(open).toMatchObject([{ OwnerId: queue.id, Subject: expect.stringContaining('Support to step in') }]);
  });

  test('changes nothing that only the service knows', async () => {
    const customer = await answered(6);
    for (const field of ['Score__c', 'Verdict__c', 'Request_Result__c'])
      expect(() => csm.update('NPS_Response__c', String(response(customer).Id), { [field]: null })).toThrow();
  });
});

describe('a Task about an answer', () => {
  test('is closed with the reason when the score is corrected out of its segment, and made anew when it is corrected back', async () => {
    const customer = await answered(3);
    await give(customer, 9, 'I took 0 for the best');
    expect(tasks(customer)).toMatchObject([
      { IsClosed: true, Description: expect.stringContaining('The score was corrected from 3 to 9.') },
    ]);
    await give(customer, 4, 'No, it was right');
    expect(tasks(customer).map(({ IsClosed }) => IsClosed)).toEqual([true, false]);
  });
});

describe('commands', () => {
  test('that arrive while the service is down are carried out when it is back, the last request of each record', async () => {
    const paused = await answered(3);
    const voided = await answered(2);
    await app.stop();
    const wish = (customer: Customer, Request__c: string) =>
      csm.update('NPS_Response__c', String(response(customer).Id), { Request__c });
    wish(paused, 'Pause');
    wish(voided, 'Pause');
    wish(voided, 'Void');
    expect(response(paused)).toMatchObject({ Request__c: 'Pause', Sequence_Paused__c: false });
    app = await startedService(sandbox, dataDir);
    await untilIdle(app.url);
    expect(response(paused)).toMatchObject({ Request__c: null, Sequence_Paused__c: true });
    expect(response(voided)).toMatchObject({ Request__c: null, Verdict__c: 'Void', Sequence_Paused__c: false });
  });

  test('that come twice, about nothing, or for something unknown change nothing', async () => {
    const customer = await answered(3);
    await ask(customer, 'Void');
    const before = response(customer);
    const { Id } = before;
    for (const [Command__c, Record_Id__c] of [
      ['Void', String(Id)],
      ['Void', 'a01000000000009'],
      ['Void', customer.accountId],
      ['Dance', 'nothing'],
    ])
      await admin.create('NPS_Command__e', { Command__c, Record_Id__c });
    await untilIdle(app.url);
    expect(response(customer)).toEqual(before);
  });

  test('are published by the flow, once each, and not when the service blanks the request', async () => {
    const customer = await answered(3);
    await ask(customer, 'Pause');
    const { Id } = response(customer);
    const published = (await sandbox.events()).filter(({ payload }) => payload.Record_Id__c === Id);
    expect(published).toMatchObject([{ payload: { Command__c: 'Pause' }, publishedBy: 'flow:NPS_Request' }]);
  });
});
