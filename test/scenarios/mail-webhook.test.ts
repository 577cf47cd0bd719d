import type { Connection } from 'jsforce';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asHeaders, eventSigner } from '../support/event-signer.ts';
import {
  adminOf,
  killAll,
  newCustomer,
  publish,
  type RunningProcess,
  startOrgAlone,
  startServiceAlone,
  temporaryFolder,
  untilIdle,
} from '../support/stack.ts';

/** A service that believes a key of ours, so that we can be SendGrid. */
const signer = eventSigner();
let org: Awaited<ReturnType<typeof startOrgAlone>>;
let running: RunningProcess;
let service: string;
let admin: Connection;
const MAILS = 40;
let surveys: { key: string; accountId: string }[] = [];

beforeAll(async () => {
  org = await startOrgAlone(temporaryFolder());
  running = await startServiceAlone(temporaryFolder(), {
    ...org.environment,
    PORT: '0',
    SENDGRID_WEBHOOK_PUBLIC_KEY: signer.publicKey,
  });
  service = running.addresses.Service ?? '';
  admin = await adminOf(org.addresses.Org ?? '');
  const accounts: string[] = [];
  for (let number = 0; number < MAILS; number += 1) accounts.push((await newCustomer(admin)).accountId);
  for (const accountId of accounts) await publish(admin, 'First_Value', accountId);
  await untilIdle(service);
  const { records } = await admin.query<{ Survey_Key__c: string; Account__c: string }>(
    `SELECT Survey_Key__c, Account__c FROM NPS_Survey__c WHERE Status__c = 'Sent' AND Account__c IN ('${accounts.join("','")}')`,
  );
  surveys = records.map(({ Survey_Key__c, Account__c }) => ({ key: Survey_Key__c, accountId: Account__c }));
  expect(surveys).toHaveLength(MAILS);
}, 120_000);
afterAll(async () => {
  await running?.stop();
  await org?.stop();
  killAll();
});

const eventOf = ({ key, accountId }: { key: string; accountId: string }, event: string, id = `${key}-${event}`) => ({
  ...{ event, sg_event_id: id, timestamp: Math.floor(Date.now() / 1000), email: 'dana@harbour.example' },
  ...{ survey_key: key, account_id: accountId, template: 'invitation' },
});

async function post(events: object[], { at = new Date(), changed = '' } = {}) {
  const { body, ...head } = signer.signed(JSON.stringify(events), at);
  const { status } = await fetch(`${service}/webhooks/sendgrid`, {
    ...{ method: 'POST', headers: asHeaders(head), body: body.toString() + changed },
  });
  await untilIdle(service);
  return status;
}
const statuses = async (of = surveys) => {
  const keys = of.map(({ key }) => key).join("','");
  const { records } = await admin.query(`SELECT Status__c FROM NPS_Survey__c WHERE Survey_Key__c IN ('${keys}')`);
  return new Set(records.map(({ Status__c }) => Status__c));
};
const apiCalls = async () => ((await (await fetch(`${org.addresses.Org}/calls`)).json()) as { total: number }).total;

test('what is tampered with, or was signed ten minutes ago or for ten minutes ahead, changes nothing', async () => {
  const bounces = surveys.map((survey) => eventOf(survey, 'bounce'));
  expect(await post(bounces, { changed: ' ' })).toBe(403);
  for (const minutes of [-10, 10])
    expect(await post(bounces, { at: new Date(Date.now() + minutes * 60_000) })).toBe(403);
  expect(await statuses()).toEqual(new Set(['Sent']));
});

test('forty deliveries among two thousand events of others take a handful of API calls, told twice no more', async () => {
  const others = Array.from({ length: 2000 }, (_, number) => ({
    ...{ event: 'delivered', sg_event_id: `other-${number}`, timestamp: 1_700_000_000, email: 'a@b.example' },
    ...(number % 2 === 0 && { survey_key: number.toString(16).padStart(64, '0'), template: 'invitation' }),
  }));
  const deliveries = [...others, ...surveys.map((survey) => eventOf(survey, 'delivered'))];
  const before = await apiCalls();
  expect(await post(deliveries)).toBe(204);
  expect(await statuses()).toEqual(new Set(['Delivered']));
  // A read and a write for each batch of 200 receipts, and the query of this test.
  expect((await apiCalls()) - before).toBeLessThanOrEqual(2 * 6 + 1);
  const between = await apiCalls();
  expect(await post(deliveries)).toBe(204);
  expect((await apiCalls()) - between).toBe(0);
});

test('what comes late, twice and in the wrong order ends as it must, in one call or in several', async () => {
  const [first, second, third] = surveys.slice(0, 3);
  if (!first || !second || !third) throw new Error('Surveys were sent.');
  await post([
    eventOf(first, 'bounce'),
    eventOf(first, 'delivered', 'late-1'),
    eventOf(first, 'bounce'),
    eventOf(second, 'processed'),
    eventOf(second, 'open'),
    eventOf(second, 'click'),
  ]);
  await post([eventOf(third, 'bounce')]);
  await post([eventOf(third, 'delivered', 'late-3')]);
  expect(await statuses([first, third])).toEqual(new Set(['Bounced']));
  expect(await statuses([second])).toEqual(new Set(['Delivered']));
  const { records } = await admin.query(
    `SELECT AccountId FROM Task WHERE AccountId IN ('${first.accountId}', '${third.accountId}')`,
  );
  expect(records).toHaveLength(2);
});

test('the log names nobody', () => {
  expect(running.output()).not.toMatch(/harbour\.example|dana@|O'Neill/);
});
