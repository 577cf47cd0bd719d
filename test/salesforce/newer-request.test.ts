import type { Connection } from 'jsforce';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { callsOver } from '../../src/salesforce/calls.ts';
import { answerFields, answerResend } from '../../src/salesforce/requests.ts';
import { openTestSandbox, type TestSandbox } from '../support/sandbox.ts';

/** What the service read, and wrote only after somebody had asked for something else. */

interface Request {
  Request__c: string | null;
  Request_Note__c: string | null;
  Requested_At__c: string;
  Request_Result__c: string | null;
}

let sandbox: TestSandbox;
let admin: Connection;
let Id: string;
let responses = 0;

beforeAll(async () => {
  sandbox = await openTestSandbox({ seed: 'empty-company', startAt: new Date('2027-03-10T12:00:00Z') });
  admin = await sandbox.adminConnection();
});
afterAll(() => sandbox.close());

beforeEach(async () => {
  const account = await admin.create('Account', { Name: 'Acme' });
  responses += 1;
  const Response_Key__c = `response ${responses}`;
  const response = { Response_Key__c, Account__c: account.id, Score__c: 3, Responded_At__c: '2027-03-10T11:00:00Z' };
  Id = String((await admin.create('NPS_Response__c', response)).id);
});

const standing = async () => (await admin.retrieve('NPS_Response__c', Id)) as unknown as Request;

const asks = async (Request__c: string | null, Request_Note__c: string | null) => {
  await sandbox.advance('PT1M');
  await admin.update('NPS_Response__c', { Id, Request__c, Request_Note__c });
  return new Date((await standing()).Requested_At__c);
};
const answers = (askedAt: Date, result: string) =>
  admin.update('NPS_Response__c', { Id, ...answerFields({ askedAt, result }) });

describe('the answer to a request', () => {
  test('blanks it', async () => {
    await answers(await asks('Pause', 'On holiday'), 'Paused.');
    expect(await standing()).toMatchObject({ Request__c: null, Request_Note__c: null, Request_Result__c: 'Paused.' });
  });

  test('leaves one that was made since, with its note, until that is answered', async () => {
    const first = await asks('Pause', 'On holiday');
    const second = await asks('Void', 'Wrong person');
    await answers(first, 'Paused.');
    expect(await standing()).toMatchObject({
      ...{ Request__c: 'Void', Request_Note__c: 'Wrong person', Request_Result__c: 'Paused.' },
      Requested_At__c: expect.stringContaining(second.toISOString().slice(0, 19)),
    });
    await answers(second, 'Declared void.');
    expect(await standing()).toMatchObject({
      Request__c: null,
      Request_Note__c: null,
      Request_Result__c: 'Declared void.',
    });
  });

  test('leaves the same wish that was made once more', async () => {
    const first = await asks('Resend', null);
    await asks(null, null);
    await asks('Resend', null);
    await answers(first, 'Sent once more.');
    expect(await standing()).toMatchObject({ Request__c: 'Resend' });
  });
});

test('on a contact, too, a request that was made since stands', async () => {
  const contact = String((await admin.create('Contact', { LastName: 'Lee' })).id);
  const read = async () => (await admin.retrieve('Contact', contact)) as Record<string, unknown>;
  const resend = async () => {
    await sandbox.advance('PT1M');
    await admin.update('Contact', { Id: contact, NPS_Request__c: 'Resend' });
    return new Date(String((await read()).NPS_Requested_At__c));
  };
  const first = await resend();
  await admin.update('Contact', { Id: contact, NPS_Request__c: null });
  const second = await resend();
  const calls = callsOver(admin);
  await answerResend(calls, contact, { askedAt: first, result: 'Not done.' });
  expect(await read()).toMatchObject({ NPS_Request__c: 'Resend', NPS_Request_Result__c: 'Not done.' });
  await answerResend(calls, contact, { askedAt: second, result: 'Sent.' });
  expect(await read()).toMatchObject({ NPS_Request__c: null, NPS_Request_Result__c: 'Sent.' });
});

test('a request that a person takes back is gone, whatever was answered before', async () => {
  await answers(await asks('Pause', null), 'Paused.');
  await asks('Resume', 'Back again');
  await asks(null, null);
  expect(await standing()).toMatchObject({ Request__c: null, Request_Note__c: null });
});
