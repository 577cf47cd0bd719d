import type { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openForAdmin } from '../../src/admin.ts';
import type { App } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { fullRecordId } from '../../src/nps/moment.ts';
import { ASKED } from '../support/asked.ts';
import { deployed, recordFile } from '../support/deploy.ts';
import { openTestSandbox, type TestSandbox } from '../support/sandbox.ts';
import { startedService } from '../support/service.ts';
import { scoreLinks as linksIn, newCustomer, publish, temporaryFolder, untilIdle } from '../support/stack.ts';

let sandbox: TestSandbox;
let app: App;
let admin: Connection;
const dataDir = temporaryFolder();

type Customer = Awaited<ReturnType<typeof newCustomer>>;
type Fields = Record<string, unknown>;

beforeAll(async () => {
  sandbox = await openTestSandbox({ startAt: new Date('2027-03-10T12:00:00Z') });
  admin = await sandbox.adminConnection();
  const active = { Active__c: true, Active_From__c: '2026-01-01' };
  await deployed(sandbox, {
    ...recordFile('NPS_Trigger', 'Renewal_Mail', active),
    ...recordFile('NPS_Trigger', 'First_Value', active),
    ...recordFile('NPS_Trigger', 'Pre_Renewal', active),
  });
  app = await startedService(sandbox, dataDir);
});

afterAll(async () => {
  await app.stop();
  await sandbox.close();
});

async function travel(duration: string): Promise<void> {
  await sandbox.advance(duration);
  await untilIdle(app.url);
}

async function happens(trigger: string, { accountId }: Customer, more: Fields = {}): Promise<void> {
  await publish(admin, trigger, accountId, more);
  await untilIdle(app.url);
}

const longCustomer = () => newCustomer(admin, { CreatedDate: '2025-01-01T00:00:00Z' });
const scoreLinks = (mail: { html: string | null } | undefined) => linksIn({ html: mail?.html ?? '' });
const mailsTo = async ({ email }: Customer) => (await sandbox.messages()).filter(({ to }) => to.includes(email));

/** A customer who was asked and gave a score. */
async function answered(score: string): Promise<Customer> {
  const customer = await longCustomer();
  await happens('First_Value', customer);
  const [mail] = await mailsTo(customer);
  const link = scoreLinks(mail).get(score);
  const { status } = await fetch(link ?? '', { method: 'POST', body: new URLSearchParams({ score, comment: 'So.' }) });
  expect(status).toBe(200);
  await untilIdle(app.url);
  return customer;
}

async function renewalOf({ accountId }: Customer): Promise<Fields> {
  const fields = ['Status__c', 'Renewal_Branch__c', 'Suppression_Code__c', 'Suppression_Reason__c', 'Asked_At__c'];
  const { records } = await admin.query<Fields>(
    `SELECT ${fields} FROM NPS_Survey__c WHERE Account__c = '${accountId}' AND Kind__c = 'Renewal Mail'`,
  );
  expect(records).toHaveLength(1);
  return records[0] ?? {};
}

const renewalMails = async (customer: Customer) =>
  (await mailsTo(customer)).filter(({ subject }) => subject.startsWith('Your renewal with'));

async function datesOf({ accountId, contactId }: Customer) {
  const account = await admin.retrieve('Account', accountId);
  const contact = await admin.retrieve('Contact', contactId);
  return [account.NPS_Last_Survey_Date__c, contact.NPS_Last_Survey_Date__c];
}

async function stopSequence({ accountId }: Customer): Promise<void> {
  const { records } = await admin.query<{ Id: string }>(
    `SELECT Id FROM NPS_Response__c WHERE Account__c = '${accountId}'`,
  );
  const now = (await sandbox.advance('PT0S')).toISOString();
  await admin.update('NPS_Response__c', { Id: records[0]?.Id ?? '', Customer_Replied_At__c: now });
}

describe('a renewal mail', () => {
  test.each([
    ['9', 'Accomplishments', 'would recommend'],
    ['7', 'Check-In', 'half an hour'],
  ])('after a %s says %s, from the CSM, days after the survey, and takes no date', async (score, branch, words) => {
    const customer = await answered(score);
    const dates = await datesOf(customer);
    expect(dates[0]).toBeTruthy();
    await happens('Renewal_Mail', customer);
    expect(await renewalOf(customer)).toMatchObject({
      Status__c: ASKED,
      Renewal_Branch__c: branch,
      Suppression_Code__c: null,
      Asked_At__c: null,
    });
    const [mail, ...others] = await renewalMails(customer);
    expect(others).toEqual([]);
    expect(mail?.text).toContain(words);
    expect(mail?.replyTo).toContain(customer.csm.Email);
    expect(mail?.html).not.toMatch(/<a\b/);
    expect(Object.keys(mail?.headers ?? {}).map((name) => name.toLowerCase())).not.toContain('list-unsubscribe');
    expect(await datesOf(customer)).toEqual(dates);
  });

  test('to somebody nobody asked is neutral, and a survey is asked the same day all the same', async () => {
    const customer = await longCustomer();
    await happens('Renewal_Mail', customer);
    expect(await renewalOf(customer)).toMatchObject({ Status__c: ASKED, Renewal_Branch__c: 'Neutral' });
    expect(await datesOf(customer)).toEqual([null, null]);
    await happens('Pre_Renewal', customer);
    expect(await mailsTo(customer)).toHaveLength(2);
  });

  test('after an answer older than the window is neutral', async () => {
    const customer = await answered('9');
    const { records } = await admin.query<{ Id: string }>(
      `SELECT Id FROM NPS_Response__c WHERE Account__c = '${customer.accountId}'`,
    );
    await admin.update('NPS_Response__c', { Id: records[0]?.Id ?? '', Responded_At__c: '2026-01-10T00:00:00Z' });
    await happens('Renewal_Mail', customer);
    expect(await renewalOf(customer)).toMatchObject({ Renewal_Branch__c: 'Neutral' });
  });

  test('to a detractor waits for the sequence, says why, and acknowledges once it is over', async () => {
    const customer = await answered('3');
    await happens('Renewal_Mail', customer);
    expect(await renewalOf(customer)).toMatchObject({
      Status__c: 'Deferred',
      Suppression_Code__c: 'SEQUENCE_RUNNING',
      Suppression_Reason__c: expect.stringMatching(/^The sequence after the Detractor answer of .* still runs\.$/),
    });
    await travel('P1D');
    await travel('PT1H');
    expect(await renewalOf(customer)).toMatchObject({ Status__c: 'Deferred', Renewal_Branch__c: null });
    expect(await renewalMails(customer)).toEqual([]);
    await stopSequence(customer);
    await travel('P1D');
    await travel('P1D');
    await travel('PT2H');
    expect(await renewalOf(customer)).toMatchObject({
      Status__c: ASKED,
      Renewal_Branch__c: 'Issue Acknowledgment',
      Suppression_Code__c: null,
    });
    expect((await renewalMails(customer)).map(({ text }) => text)).toEqual([expect.stringContaining('openly that')]);
  }, 120_000);

  test('is not sent any more when the sequence runs too long, and says why', async () => {
    const customer = await answered('3');
    await deployed(sandbox, recordFile('NPS_Trigger', 'Renewal_Mail', { ...ACTIVE, Wait_Days__c: 1 }));
    await travel('PT1M');
    await happens('Renewal_Mail', customer);
    expect(await renewalOf(customer)).toMatchObject({ Status__c: 'Deferred' });
    await travel('P1D');
    await travel('P1D');
    await travel('PT2H');
    expect(await renewalOf(customer)).toMatchObject({
      Status__c: 'Suppressed',
      Suppression_Code__c: 'SEQUENCE_RUNNING',
    });
    expect(await renewalMails(customer)).toEqual([]);
    await deployed(sandbox, recordFile('NPS_Trigger', 'Renewal_Mail', ACTIVE));
    await travel('PT1M');
  }, 120_000);

  test('goes to who left surveys, not to who left all mail', async () => {
    const [noSurveys, noMail] = [await longCustomer(), await longCustomer()];
    await admin.update('Contact', { Id: noSurveys.contactId, NPS_Survey_Opt_Out__c: true });
    await admin.update('Contact', { Id: noMail.contactId, HasOptedOutOfEmail: true });
    await happens('Renewal_Mail', noSurveys);
    await happens('Renewal_Mail', noMail);
    expect(await renewalOf(noSurveys)).toMatchObject({ Status__c: ASKED });
    expect(await renewalOf(noMail)).toMatchObject({ Status__c: 'Suppressed', Suppression_Code__c: 'EMAIL_OPTED_OUT' });
  });

  test('is found by the sweep, once, 45 days before the contract ends, with no flow', async () => {
    const customer = await longCustomer();
    const { id } = await admin.create('Contract', {
      ...{ AccountId: customer.accountId, Status: 'Draft', ContractTerm: 12 },
      StartDate: daysFrom(await sandbox.advance('PT0S'), 50 - 365),
    });
    await admin.update('Contract', { Id: String(id), Status: 'Activated' });
    await travel('P1D');
    expect(await renewalMails(customer)).toEqual([]);
    await travel('P3D');
    await travel('PT2H');
    expect(await renewalMails(customer)).toHaveLength(1);
    expect(await renewalOf(customer)).toMatchObject({ Status__c: ASKED });
  }, 60_000);

  test('that waited for the send window is decided again when an answer came meanwhile', async () => {
    await deployed(sandbox, recordFile('NPS_Setting', 'Default', { Send_Window__c: 'Mon-Fri 08:00-18:00' }));
    const customer = await answeredLater();
    await happens('Renewal_Mail', customer);
    expect(await renewalOf(customer)).toMatchObject({ Status__c: 'Queued', Renewal_Branch__c: 'Neutral' });
    await customer.answer('8');
    await untilOpen();
    await travel('PT2H');
    await travel('PT10M');
    expect(await renewalOf(customer)).toMatchObject({ Status__c: ASKED, Renewal_Branch__c: 'Check-In' });
    expect(await renewalMails(customer)).toHaveLength(1);
    await deployed(sandbox, recordFile('NPS_Setting', 'Default', {}));
    await travel('PT1M');
  }, 120_000);

  test('stands in the plan apart from the surveys, and in a preview as it would be, and neither writes anything', async () => {
    const customer = await longCustomer();
    const desk = await openForAdmin(readConfig({ ...sandbox.environment, DATA_DIR: dataDir, PORT: '0' }));
    const before = await admin.query('SELECT Id FROM NPS_Survey__c');
    const { sentence, letter, subjects } = await desk.rehearse({
      accountId: fullRecordId(customer.accountId),
      trigger: 'Renewal_Mail',
    });
    expect(sentence).toMatch(
      /^Renewal_Mail would write to Dana O'Neill .* by the account's answers the mail is Neutral/,
    );
    expect(letter?.text).toContain('If you have questions, or would like');
    expect(subjects.B).toBe('');

    const { id } = await admin.create('Contract', {
      ...{ AccountId: customer.accountId, Status: 'Draft', ContractTerm: 12 },
      StartDate: daysFrom(await sandbox.advance('PT0S'), 60 - 365),
    });
    await admin.update('Contract', { Id: String(id), Status: 'Activated' });
    const { surveys, summary } = await desk.plan({ days: 30, asIfActive: false });
    const own = surveys.filter(({ account }) => account.id === fullRecordId(customer.accountId));
    expect(own).toMatchObject([{ kind: 'Renewal Mail', outcome: { status: 'Sent' } }]);
    expect(summary.renewalMails).toBeGreaterThan(0);
    expect(summary.sent).toBe(
      surveys.filter(({ kind, outcome }) => kind === 'Survey' && outcome.status === 'Sent').length,
    );
    const after = await admin.query('SELECT Id FROM NPS_Survey__c');
    expect(after.totalSize).toBe(before.totalSize);
    desk.close();
  });

  test('leaves exactly once although the service is stopped and started, and the moment is told three times', async () => {
    const customer = await longCustomer();
    const anchor = { Anchor_Date__c: '2027-05-01' };
    await publish(admin, 'Renewal_Mail', customer.accountId, anchor);
    await app.stop();
    app = await startedService(sandbox, dataDir);
    await happens('Renewal_Mail', customer, anchor);
    await happens('Renewal_Mail', customer, anchor);
    await travel('PT30M');
    expect(await renewalOf(customer)).toMatchObject({ Status__c: ASKED });
    expect(await renewalMails(customer)).toHaveLength(1);
  }, 60_000);
});

const ACTIVE = { Active__c: true, Active_From__c: '2026-01-01' };
const daysFrom = (at: Date, days: number) => new Date(at.getTime() + days * 86_400_000).toISOString().slice(0, 10);

/** A customer who was asked in time, and answers only when told; the window is closed then. */
async function answeredLater() {
  await untilOpen();
  const customer = await longCustomer();
  await happens('First_Value', customer);
  const [mail] = await mailsTo(customer);
  const links = scoreLinks(mail);
  await travel('PT10H');
  return {
    ...customer,
    async answer(score: string) {
      const body = new URLSearchParams({ score, comment: 'So.' });
      await fetch(links.get(score) ?? '', { method: 'POST', body });
      await untilIdle(app.url);
    },
  };
}

/** To noon in New York of the next working day. */
async function untilOpen(): Promise<void> {
  const now = await sandbox.advance('PT0S');
  const noon = new Date(now);
  do noon.setUTCDate(noon.getUTCDate() + 1);
  while ([0, 6].includes(noon.getUTCDay()));
  noon.setUTCHours(17, 0, 0, 0);
  await travel(`PT${Math.round((noon.getTime() - now.getTime()) / 1000)}S`);
}
