import type { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ASKED } from '../support/asked.ts';
import { killAll, type RunningProcess, startedStack, travel, untilIdle } from '../support/stack.ts';

let stack: RunningProcess;
let admin: Connection;
let service: string;
let org: string;

afterAll(killAll);

beforeAll(async () => {
  ({ stack, service, org, admin } = await startedStack());
  await untilIdle(service);
});

const day = (offset: number, from: Date) => new Date(from.getTime() + offset * 86_400_000).toISOString().slice(0, 10);

async function now(): Promise<Date> {
  return new Date(((await (await fetch(`${org}/clock`)).json()) as { now: string }).now);
}

/** An account that has been a customer for a year, with one contact. */
async function customer(name: string, facts: Record<string, unknown> = {}) {
  const CreatedDate = new Date((await now()).getTime() - 365 * 86_400_000).toISOString();
  const account = await admin.create('Account', { Name: name, CreatedDate, ...facts });
  const contact = await admin.create('Contact', {
    AccountId: account.id,
    LastName: name,
    Email: `${name.toLowerCase()}@moments.example`,
  });
  return { accountId: String(account.id), contactId: String(contact.id) };
}

async function decisionsOf(accountId: string) {
  const soql = `SELECT Trigger__c, Status__c, Source_Id__c, Anchor_Date__c, Contact__c, Suppression_Code__c FROM NPS_Survey__c WHERE Account__c = '${accountId}' ORDER BY Name`;
  return (await admin.query<Record<string, unknown>>(soql)).records;
}

describe('moments come by themselves, from flows and sweep together', () => {
  test('75 days before a contract ends, and once', async () => {
    const { accountId } = await customer('Renewal');
    const today = await now();
    const contract = await admin.create('Contract', {
      AccountId: accountId,
      Status: 'Activated',
      StartDate: day(-275, today),
      ContractTerm: 12,
    });
    const { EndDate } = await admin.retrieve('Contract', String(contract.id));
    const daysToGo = Math.round((Date.parse(String(EndDate)) - today.getTime()) / 86_400_000);
    expect(await decisionsOf(accountId)).toEqual([]);
    await travel(stack, `P${daysToGo - 74}D`);
    expect(await decisionsOf(accountId)).toMatchObject([
      { Trigger__c: 'Pre_Renewal', Status__c: ASKED, Source_Id__c: contract.id, Anchor_Date__c: EndDate },
    ]);
    await travel(stack, 'P2D');
    expect(await decisionsOf(accountId)).toHaveLength(1);
  });

  test('14 days after a case was closed, asking the person of the case', async () => {
    const { accountId } = await customer('Case');
    const person = await admin.create('Contact', {
      AccountId: accountId,
      LastName: 'Zola',
      Email: 'zola@moments.example',
    });
    const today = await now();
    await admin.create('Case', {
      AccountId: accountId,
      ContactId: person.id,
      Subject: 'Export',
      Status: 'Closed',
      ClosedDate: today.toISOString(),
    });
    await travel(stack, 'P13D');
    expect(await decisionsOf(accountId)).toEqual([]);
    await travel(stack, 'P2D');
    expect(await decisionsOf(accountId)).toMatchObject([
      { Trigger__c: 'Post_Resolution', Status__c: ASKED, Contact__c: person.id, Anchor_Date__c: day(0, today) },
    ]);
  });

  test('45 days after a contract started, at an account however young', async () => {
    const account = await admin.create('Account', { Name: 'Young' });
    await admin.create('Contact', { AccountId: account.id, LastName: 'Young', Email: 'young@moments.example' });
    const today = await now();
    await admin.create('Contract', {
      AccountId: account.id,
      Status: 'Activated',
      StartDate: day(-45, today),
      ContractTerm: 36,
    });
    await travel(stack, 'PT2H');
    expect(await decisionsOf(String(account.id))).toMatchObject([{ Trigger__c: 'First_Value', Status__c: ASKED }]);
  });

  test('when usage crosses the threshold, which stamps the account with the day', async () => {
    const { accountId } = await customer('Usage', { NPS_Usage__c: 999 });
    await travel(stack, 'PT2H');
    expect(await decisionsOf(accountId)).toEqual([]);
    await admin.update('Account', { Id: accountId, NPS_Usage__c: 1200 });
    await travel(stack, 'PT2H');
    expect(await decisionsOf(accountId)).toMatchObject([{ Trigger__c: 'Usage_Milestone', Status__c: ASKED }]);
    await admin.update('Account', { Id: accountId, NPS_Usage__c: 1500 });
    await travel(stack, 'PT2H');
    expect(await decisionsOf(accountId)).toHaveLength(1);
    expect(await admin.retrieve('Account', accountId)).toMatchObject({
      NPS_Usage_Milestone__c: 1000,
      NPS_Usage_Milestone_Reached_On__c: day(0, await now()),
    });
  });

  test('the one that matters more wins when two meet', async () => {
    const { accountId } = await customer('Both');
    const today = await now();
    await admin.create('Contract', {
      AccountId: accountId,
      Status: 'Activated',
      StartDate: day(-45, today),
      ContractTerm: 36,
    });
    await admin.create('Case', {
      AccountId: accountId,
      Subject: 'Login',
      Status: 'Closed',
      ClosedDate: `${day(-14, today)}T10:00:00.000Z`,
    });
    await travel(stack, 'PT2H');
    const decisions = await decisionsOf(accountId);
    expect(decisions.filter(({ Status__c }) => Status__c === 'Sent')).toMatchObject([
      { Trigger__c: 'Post_Resolution' },
    ]);
    expect(
      decisions.filter(({ Suppression_Code__c }) => Suppression_Code__c === 'ACCOUNT_ASKED_RECENTLY'),
    ).toMatchObject([{ Trigger__c: 'First_Value' }]);
  });
});

test('travelling 120 days at once, with no event made by hand, at least three triggers ask in the seeded company', async () => {
  await travel(stack, 'P120D');
  const { records } = await admin.query<{ Trigger__c: string; Account__c: string }>(
    "SELECT Trigger__c, Account__c FROM NPS_Survey__c WHERE Status__c IN ('Sent', 'Delivered') AND (NOT Contact__r.Email LIKE '%moments.example')",
  );
  expect(new Set(records.map(({ Trigger__c }) => Trigger__c)).size).toBeGreaterThanOrEqual(3);
  expect(records.length, 'the past of the seed holds nothing up').toBeGreaterThanOrEqual(8);
  const events = (await (await fetch(`${org}/events`)).json()) as {
    payload: { Account_Id__c?: string };
    publishedBy: string;
  }[];
  const told = events.filter(({ publishedBy }) => publishedBy.startsWith('flow:'));
  const accounts = new Set(told.map(({ payload }) => payload.Account_Id__c));
  expect(records.filter(({ Account__c }) => !accounts.has(Account__c))).toEqual([]);
  const mails = (await (await fetch(`${org}/mail/messages`)).json()) as { html: string }[];
  const asked = mails.flatMap(({ html }) => /\/a\/1\.[0-9a-f]{8}\.([0-9a-f]{64})\./.exec(html)?.[1] ?? []);
  expect(asked.length, 'one mail for each survey, however fast the days passed').toBe(new Set(asked).size);
});
