import type { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { ASKED } from '../support/asked.ts';
import { deployed, recordFile } from '../support/deploy.ts';
import { openTestSandbox, type TestSandbox } from '../support/sandbox.ts';
import { startedService } from '../support/service.ts';
import { publish, untilIdle } from '../support/stack.ts';

const DAY_MS = 86_400_000;
let sandbox: TestSandbox;
let app: App;
let admin: Connection;
let customers = 0;

beforeAll(async () => {
  sandbox = await openTestSandbox({ seed: 'empty-company', startAt: new Date('2027-03-10T12:00:00Z') });
  app = await startedService(sandbox);
  admin = await sandbox.adminConnection();
});

afterAll(async () => {
  await app.stop();
  await sandbox.close();
});

type Fields = Record<string, unknown>;
const now = () => sandbox.advance('PT0S');
const daysAgo = async (days: number) => new Date((await now()).getTime() - days * DAY_MS).toISOString();

/** A record deployed as an admin does; the service reads it again within ten seconds of its time. */
async function set(...[type, name, changes]: Parameters<typeof recordFile>): Promise<void> {
  const active = type === 'NPS_Trigger' ? { Active__c: true, Active_From__c: '2026-01-01' } : {};
  await deployed(sandbox, recordFile(type, name, { ...active, ...changes }));
  await travel('PT1M');
}

async function travel(duration: string): Promise<void> {
  await sandbox.advance(duration);
  await untilIdle(app.url);
}

/** A customer of two years with the contacts given. */
async function customer(facts: Fields = {}, people: Fields[] = [{}]) {
  customers += 1;
  const account = await admin.create('Account', {
    ...{ Name: `Customer ${customers}`, CreatedDate: await daysAgo(730), ...facts },
  });
  const contacts: string[] = [];
  for (const [place, person] of people.entries()) {
    const Email = `person.${place}@customer${customers}.example`;
    const { id } = await admin.create('Contact', { AccountId: account.id, LastName: `P${place}`, Email, ...person });
    contacts.push(String(id));
  }
  return { accountId: String(account.id), contacts, domain: `customer${customers}.example` };
}

async function decisionsOf(accountId: string) {
  const soql = `SELECT Id, Trigger__c, Status__c, Contact__c, Suppression_Code__c, Suppression_Reason__c, Not_Before__c FROM NPS_Survey__c WHERE Account__c = '${accountId}' ORDER BY Name`;
  return (await admin.query<Fields>(soql)).records;
}

async function decided(accountId: string, trigger = 'Pre_Renewal', more: Fields = {}) {
  await publish(admin, trigger, accountId, more);
  await untilIdle(app.url);
  return decisionsOf(accountId);
}

const mailsTo = async (domain: string) => (await sandbox.messages()).filter(({ to }) => to.includes(domain));

/** Nobody at the account is mailed, and its record says why. */
async function expectSuppressed(
  { accountId, domain }: { accountId: string; domain: string },
  code: string,
  words: string,
  trigger?: string,
) {
  const [decision, ...others] = await decided(accountId, trigger);
  expect(others).toEqual([]);
  expect(decision).toMatchObject({ Status__c: 'Suppressed', Suppression_Code__c: code });
  expect(decision?.Suppression_Reason__c).toMatch(/^[A-Z].*\.$/);
  expect(decision?.Suppression_Reason__c).toContain(words);
  expect(await mailsTo(domain)).toEqual([]);
}

describe('an account is not asked', () => {
  test.each<[string, string, Fields]>([
    ['CHURNED', 'customer no more', { NPS_Churned_On__c: '2027-01-31' }],
    ['ACCOUNT_OPTED_OUT', 'opted out of surveys', { NPS_Survey_Opt_Out__c: true }],
    ['ACCOUNT_ASKED_RECENTLY', 'asked on 2027-02-01; 90 days', { NPS_Last_Survey_Date__c: '2027-02-01T09:00:00Z' }],
    ['ACCOUNT_TOO_YOUNG', '29 days old; Pre_Renewal asks from 30', { CreatedDate: '2027-02-09T12:00:00Z' }],
  ])('%s', async (code, words, facts) => {
    await expectSuppressed(await customer(facts), code, words);
  });

  test('that is young, except by its onboarding', async () => {
    const { accountId } = await customer({ CreatedDate: await daysAgo(1) });
    expect(await decided(accountId, 'First_Value')).toMatchObject([{ Status__c: ASKED }]);
  });

  test.each<[string, Fields]>([
    ['escalated', { IsEscalated: true, Priority: 'Low' }],
    ['of high priority', { Priority: 'High' }],
  ])('while it has an open case that is %s', async (_, facts) => {
    const at = await customer();
    await admin.create('Case', { AccountId: at.accountId, Subject: 'Down', Status: 'New', ...facts });
    await expectSuppressed(at, 'OPEN_ESCALATION', 'open case');
  });

  test('outside the programme, by revenue and industry', async () => {
    await set('NPS_Setting', 'Default', {
      Programme_Condition__c: "AnnualRevenue >= 50000 AND Industry != 'Banking'",
    });
    const big = { AnnualRevenue: 60_000, Industry: 'Energy' };
    await expectSuppressed(await customer({ ...big, AnnualRevenue: 40_000 }), 'OUTSIDE_PROGRAMME', 'condition');
    await expectSuppressed(await customer({ ...big, Industry: 'Banking' }), 'OUTSIDE_PROGRAMME', 'condition');
    expect(await decided((await customer(big)).accountId)).toMatchObject([{ Status__c: ASKED }]);
    await set('NPS_Setting', 'Default', {});
  });

  test('that nobody looks after, unless the settings name somebody', async () => {
    const user = { Username: 'gone@us.example', LastName: 'Gone', Email: 'gone@us.example', Alias: 'gone' };
    const { id: OwnerId } = await admin.create('User', user);
    const [alone, caredFor] = [await customer({ OwnerId }), await customer({ OwnerId })];
    await admin.update('User', { Id: String(OwnerId), IsActive: false });
    await expectSuppressed(alone, 'NO_CSM', 'Nobody looks after');
    const { records } = await admin.query<{ Username: string; Email: string }>(
      'SELECT Username, Email FROM User WHERE IsActive = true AND ManagerId != null AND Email != null ORDER BY Name LIMIT 1',
    );
    await set('NPS_Setting', 'Default', { Fallback_Owner__c: String(records[0]?.Username) });
    expect(await decided(caredFor.accountId)).toMatchObject([{ Status__c: ASKED }]);
    expect(await mailsTo(caredFor.domain)).toMatchObject([
      { replyTo: expect.stringContaining(String(records[0]?.Email)) },
    ]);
    await set('NPS_Setting', 'Default', {});
  });
});

describe('a contact is not asked', () => {
  test.each<[string, string, Fields]>([
    ['NO_ADDRESS', 'no email address', { Email: null }],
    ['NO_ADDRESS', 'cannot be mailed', { Email: 'dana@harbour.example.invalid' }],
    ['BOUNCED', 'bounced', { EmailBouncedReason: 'No such mailbox', EmailBouncedDate: '2027-03-01T00:00:00Z' }],
    ['CONTACT_OPTED_OUT', 'opted out of surveys', { NPS_Survey_Opt_Out__c: true }],
    ['EMAIL_OPTED_OUT', 'opted out of all email', { HasOptedOutOfEmail: true }],
    ['CONTACT_ASKED_RECENTLY', 'asked on 2027-02-01', { NPS_Last_Survey_Date__c: '2027-02-01T09:00:00Z' }],
  ])('%s: %s', async (code, words, person) => {
    await expectSuppressed(await customer({}, [person]), code, words);
  });

  test('at a free-mail or internal domain, where the settings exclude it', async () => {
    await set('NPS_Setting', 'Default', { Excluded_Domains__c: 'gmail.com\nus.example' });
    for (const Email of ['dana@gmail.com', 'test@mail.us.example']) {
      await expectSuppressed(await customer({}, [{ Email }]), 'EXCLUDED_DOMAIN', 'excluded in the settings');
    }
    await set('NPS_Setting', 'Default', {});
  });

  test('while the service may not see who opted out of email, until it is granted', async () => {
    const path = 'permissionsets/NPS_Integration.permissionset-meta.xml';
    const shipped = sandbox.org.metadata().find((file) => file.path.endsWith(path))?.text ?? '';
    const optOut =
      /<fieldPermissions>\s*<editable>\w+<\/editable>\s*<field>Contact.HasOptedOutOfEmail<\/field>[\s\S]*?<\/fieldPermissions>/;
    expect(shipped).toMatch(optOut);
    const file = 'permissionsets/NPS_Integration.permissionset';
    await deployed(sandbox, { [file]: shipped.replace(optOut, '') });
    await travel('PT2H');
    await expectSuppressed(await customer(), 'EMAIL_OPT_OUT_HIDDEN', 'Grant it to NPS_Integration');
    await deployed(sandbox, { [file]: shipped });
    await travel('PT2H');
    expect(await decided((await customer()).accountId)).toMatchObject([{ Status__c: ASKED }]);
  });

  test('where nobody is left: the sentence says so', async () => {
    const at = await customer({}, [{ NPS_Survey_Opt_Out__c: true }, { Email: null }]);
    await expectSuppressed(at, 'CONTACT_OPTED_OUT', 'Nobody else at the account may be asked either.');
    await expectSuppressed(await customer({}, []), 'NO_CONTACT', 'no contact');
  });
});

describe('a trigger asks nobody', () => {
  test('that is not active', async () => {
    await set('NPS_Trigger', 'Usage_Milestone', { Active__c: false });
    await expectSuppressed(await customer(), 'TRIGGER_INACTIVE', 'not active', 'Usage_Milestone');
    await set('NPS_Trigger', 'Usage_Milestone', {});
  });

  test('before its first day', async () => {
    await set('NPS_Trigger', 'Usage_Milestone', { Active_From__c: '2027-12-01' });
    await expectSuppressed(await customer(), 'BEFORE_ACTIVE_FROM', 'from 2027-12-01', 'Usage_Milestone');
    await set('NPS_Trigger', 'Usage_Milestone', {});
  });

  test('that no record describes', async () => {
    await expectSuppressed(await customer(), 'UNKNOWN_TRIGGER', 'named "Birthday"', 'Birthday');
  });

  test('sooner than its own gap', async () => {
    await set('NPS_Trigger', 'Usage_Milestone', { Minimum_Gap_Days__c: 180 });
    const asked = await customer({ NPS_Last_Survey_Date__c: await daysAgo(120) });
    await expectSuppressed(asked, 'ACCOUNT_ASKED_RECENTLY', '180 days', 'Usage_Milestone');
    await set('NPS_Trigger', 'Usage_Milestone', {});
  });
});

describe('who is asked', () => {
  const roles = async (accountId: string, ContactId: string | undefined, facts: Fields) =>
    admin.create('AccountContactRole', { AccountId: accountId, ContactId, ...facts });
  const asked = async (accountId: string, more: Fields = {}) =>
    (await decided(accountId, 'Pre_Renewal', more)).map(({ Contact__c }) => Contact__c);

  test('is the contact of the event, then the role, then the primary contact, then whoever was active last', async () => {
    await set('NPS_Setting', 'Default', { Contact_Role__c: 'Executive Sponsor' });
    const people = [{}, { LastActivityDate: '2027-03-01' }, {}, {}, { LastActivityDate: '2026-03-01' }];
    const gone = { NPS_Survey_Opt_Out__c: true };
    for (const [who, place, lost] of [
      ['the contact of the event', 0, []],
      ['the role', 3, [0]],
      ['the primary contact', 2, [0, 3]],
      ['whoever was active last', 1, [0, 3, 2]],
      ['whoever is left', 4, [0, 3, 2, 1]],
    ] as const) {
      const { accountId, contacts } = await customer(
        {},
        people.map((person, index) => ((lost as readonly number[]).includes(index) ? { ...person, ...gone } : person)),
      );
      await roles(accountId, contacts[2], { Role: 'Evaluator', IsPrimary: true });
      await roles(accountId, contacts[3], { Role: 'Executive Sponsor' });
      expect(await asked(accountId, { Contact_Id__c: contacts[0] }), who).toEqual([contacts[place]]);
    }
    await set('NPS_Setting', 'Default', {});
  });
});

describe('what cannot be asked about now', () => {
  test('in a blackout of every year is asked about on the day after', async () => {
    await set('NPS_Setting', 'Default', { Blackouts__c: '03-01..03-15 Tax season\n03-25..03-31 Quarter end' });
    const { accountId, domain } = await customer();
    expect(await decided(accountId)).toMatchObject([
      { Status__c: 'Deferred', Suppression_Code__c: 'BLACKOUT', Not_Before__c: '2027-03-16T00:00:00.000+0000' },
    ]);
    expect(await mailsTo(domain)).toEqual([]);
    await travel('P6D');
    expect(await decisionsOf(accountId)).toMatchObject([{ Status__c: ASKED, Not_Before__c: null }]);
    expect(await mailsTo(domain)).toHaveLength(1);
    await set('NPS_Setting', 'Default', {});
  });

  test('because the account was asked 80 days ago waits ten days, and is judged anew then', async () => {
    const facts = { NPS_Last_Survey_Date__c: await daysAgo(80) };
    const [stays, leaves] = [await customer(facts), await customer(facts)];
    for (const { accountId } of [stays, leaves]) {
      expect(await decided(accountId)).toMatchObject([
        { Status__c: 'Deferred', Suppression_Code__c: 'ACCOUNT_ASKED_RECENTLY' },
      ]);
    }
    await admin.update('Account', { Id: leaves.accountId, NPS_Churned_On__c: '2027-03-20' });
    await travel('P11D');
    expect(await decisionsOf(stays.accountId)).toMatchObject([{ Status__c: ASKED }]);
    expect(await decisionsOf(leaves.accountId)).toMatchObject([
      { Status__c: 'Suppressed', Suppression_Code__c: 'CHURNED' },
    ]);
    expect(await mailsTo(leaves.domain)).toEqual([]);
  });
});

describe('while mails cannot leave', () => {
  const datesOf = async (accountId: string) =>
    (await admin.query<Fields>(`SELECT NPS_Last_Survey_Date__c FROM Account WHERE Id = '${accountId}'`)).records[0]
      ?.NPS_Last_Survey_Date__c;

  async function mailAnswers(status: number | 'as ever') {
    await fetch(`${sandbox.url}/faults`, { method: 'DELETE' });
    if (status === 'as ever') return;
    const fault = { path: '/v3/mail/send', status, errorCode: 'REFUSED', message: 'No.' };
    const headers = { 'content-type': 'application/json' };
    const { ok } = await fetch(`${sandbox.url}/faults`, { method: 'POST', headers, body: JSON.stringify(fault) });
    if (!ok) throw new Error('The fault was not taken.');
  }

  test('what matters more takes the place of what matters less, and one mail leaves', async () => {
    const { accountId, contacts, domain } = await customer({}, [{}, {}]);
    await mailAnswers(503);
    await publish(admin, 'Usage_Milestone', accountId, { Contact_Id__c: contacts[1] });
    await decidedAs(accountId, ['Queued']);
    await publish(admin, 'Pre_Renewal', accountId);
    await decidedAs(accountId, ['Suppressed', 'Queued']);
    await mailAnswers('as ever');
    await travel('PT1H');
    expect(await decisionsOf(accountId)).toMatchObject([
      {
        Trigger__c: 'Usage_Milestone',
        Status__c: 'Suppressed',
        Suppression_Reason__c: expect.stringContaining('Pre_Renewal'),
      },
      { Trigger__c: 'Pre_Renewal', Status__c: ASKED, Contact__c: contacts[0] },
    ]);
    expect(await mailsTo(domain)).toHaveLength(1);
    const { records } = await admin.query<Fields>(
      `SELECT NPS_Last_Survey_Date__c FROM Contact WHERE AccountId = '${accountId}' ORDER BY Email`,
    );
    expect(records.map((row) => row.NPS_Last_Survey_Date__c !== null)).toEqual([true, false]);
  });

  test('an invitation set to Cancelled is not sent and gives its date back', async () => {
    const before = '2026-06-01T09:00:00.000+0000';
    const { accountId, domain } = await customer({ NPS_Last_Survey_Date__c: before });
    await mailAnswers(503);
    await publish(admin, 'Pre_Renewal', accountId);
    const [survey] = await decidedAs(accountId, ['Queued']);
    expect(await datesOf(accountId)).not.toBe(before);
    await admin.update('NPS_Survey__c', { Id: String(survey?.Id), Status__c: 'Cancelled' });
    await mailAnswers('as ever');
    await travel('PT1H');
    expect(await decisionsOf(accountId)).toMatchObject([{ Status__c: 'Cancelled' }]);
    expect(await mailsTo(domain)).toEqual([]);
    expect(await datesOf(accountId)).toBe(before);
  });

  test('one that is refused for good has failed and gives its date back, but not over a later date', async () => {
    const [plain, touched] = [await customer(), await customer()];
    await mailAnswers(503);
    for (const { accountId } of [plain, touched]) {
      await publish(admin, 'Pre_Renewal', accountId);
      await decidedAs(accountId, ['Queued']);
    }
    const later = '2027-04-20T09:00:00.000+0000';
    await admin.update('Account', { Id: touched.accountId, NPS_Last_Survey_Date__c: later });
    await mailAnswers('as ever');
    await mailAnswers(400);
    await travel('PT1H');
    await mailAnswers('as ever');
    for (const { accountId, domain } of [plain, touched]) {
      expect(await decisionsOf(accountId)).toMatchObject([{ Status__c: 'Failed' }]);
      expect(await mailsTo(domain)).toEqual([]);
    }
    expect(await datesOf(plain.accountId)).toBeNull();
    expect(await datesOf(touched.accountId)).toBe(later);
    expect(await decided(plain.accountId, 'First_Value')).toMatchObject([{}, { Status__c: ASKED }]);
  });

  /** Waits for decisions; the service is not idle while mails wait. */
  async function decidedAs(accountId: string, statuses: string[]) {
    await expect
      .poll(async () => (await decisionsOf(accountId)).map(({ Status__c }) => Status__c), { timeout: 10_000 })
      .toEqual(statuses);
    return decisionsOf(accountId);
  }
});

test('suppressed surveys are deleted after the days the settings say, others are kept', async () => {
  await set('NPS_Setting', 'Default', { Suppressed_Retention_Days__c: 100 });
  const sent = await customer();
  await decided(sent.accountId);
  const [left, answered] = [await customer({ NPS_Churned_On__c: '2027-01-01' }), await customer({}, [])];
  await decided(left.accountId);
  const [suppressed] = await decided(answered.accountId);
  const response = { Response_Key__c: 'by hand', Account__c: answered.accountId, Survey__c: suppressed?.Id };
  await admin.create('NPS_Response__c', response);
  await travel('P98D');
  expect(await decisionsOf(left.accountId)).toHaveLength(1);
  await travel('P4D');
  expect(await decisionsOf(left.accountId)).toEqual([]);
  expect(await decisionsOf(answered.accountId)).toMatchObject([{ Status__c: 'Suppressed' }]);
  expect(await decisionsOf(sent.accountId)).toMatchObject([{ Status__c: ASKED }]);
});
