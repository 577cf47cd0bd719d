import type { Connection } from 'jsforce';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { openTestSandbox, type TestSandbox } from '../support/sandbox.ts';
import { startedService } from '../support/service.ts';
import { mailTo, newCustomer, publish, scoreLinks, untilIdle } from '../support/stack.ts';

let sandbox: TestSandbox;
let app: App;
let admin: Connection;

beforeAll(async () => {
  sandbox = await openTestSandbox({ seed: 'empty-company', startAt: new Date('2027-03-10T12:00:00Z') });
  app = await startedService(sandbox);
  admin = await sandbox.adminConnection();
});

afterAll(async () => {
  await app.stop();
  await sandbox.close();
});

async function rowOf(soql: string): Promise<Record<string, unknown>> {
  const { records } = await admin.query<Record<string, unknown>>(soql);
  expect(records).toHaveLength(1);
  return records[0] ?? {};
}

const STATUS = 'Status__c, Sent_At__c, Resend_Asked_At__c, Asked_At__c, Suppression_Code__c';
const invitationTo = (contactId: string) =>
  rowOf(`SELECT ${STATUS} FROM NPS_Survey__c WHERE Contact__c = '${contactId}'`);
const requestOf = (contactId: string) =>
  rowOf(
    `SELECT NPS_Request__c, NPS_Request_Result__c, NPS_Requested_By__r.Name FROM Contact WHERE Id = '${contactId}'`,
  );

/** A customer whose invitation came back. */
async function bounced() {
  const customer = await newCustomer(admin);
  await publish(admin, 'First_Value', customer.accountId);
  await untilIdle(app.url);
  const [mail] = await mailTo(sandbox.url, customer.email);
  const body = new URLSearchParams({ event: 'bounce' });
  await fetch(`${sandbox.url}/mail/${mail?.id}/events`, { method: 'POST', body });
  await untilIdle(app.url);
  expect(await invitationTo(customer.contactId)).toMatchObject({ Status__c: 'Bounced', Asked_At__c: null });
  return customer;
}

test('an invitation that came back goes out once more to the corrected address, by one save, and is answered', async () => {
  const { contactId, accountId } = await bounced();
  const Email = `dana.${contactId.toLowerCase()}@harbour.example`;
  await admin.update('Contact', { Id: contactId, Email, NPS_Request__c: 'Resend' });
  await untilIdle(app.url);
  const [mail, ...others] = await mailTo(sandbox.url, Email);
  expect(others).toEqual([]);
  expect(await requestOf(contactId)).toMatchObject({
    NPS_Request__c: null,
    NPS_Request_Result__c: expect.stringMatching(/^The invitation of 2027-03-10 goes out once more, asked for by \w+/),
  });
  expect(await invitationTo(contactId)).toMatchObject({
    ...{ Status__c: expect.stringMatching(/Sent|Delivered/), Sent_At__c: expect.any(String) },
    ...{ Resend_Asked_At__c: expect.any(String), Asked_At__c: expect.any(String), Suppression_Code__c: null },
  });
  const link = mail && scoreLinks(mail).get('9');
  await fetch(link ?? '', { method: 'POST', body: new URLSearchParams({ score: '9', comment: 'Found me.' }) });
  await untilIdle(app.url);
  expect(await rowOf(`SELECT NPS_Score__c FROM Account WHERE Id = '${accountId}'`)).toMatchObject({ NPS_Score__c: 9 });
  expect(await invitationTo(contactId)).toMatchObject({ Status__c: 'Responded' });
});

test('while the address is the one that bounced nothing goes out, and the contact says why', async () => {
  const { contactId } = await bounced();
  await admin.update('Contact', { Id: contactId, NPS_Request__c: 'Resend' });
  await untilIdle(app.url);
  expect(await requestOf(contactId)).toMatchObject({
    NPS_Request__c: null,
    NPS_Request_Result__c: expect.stringMatching(/was not done.*bounced/),
  });
  expect(await invitationTo(contactId)).toMatchObject({ Status__c: 'Bounced', Resend_Asked_At__c: null });
});
