import { beforeEach, describe, expect, test } from 'vitest';
import type { SandboxOrg } from '../../../src/sandbox/org/open-org.ts';
import type { FieldValue, PublishedEvent } from '../../../src/sandbox/org/org.ts';
import { stageOrg } from '../org/org-stage.ts';

/** The flows in force-app that run on a response, without the service. */

let org: SandboxOrg;
let published: Pick<PublishedEvent, 'event' | 'payload' | 'publishedBy'>[];
let accountId: string;
let csm: string;

beforeEach(() => {
  ({ org, published } = stageOrg());
  accountId = org.insert('Account', { Name: 'Acme' });
  csm = org.userId('admin@sandbox.example');
});

let keys = 0;
function respond(fields: Record<string, FieldValue> = {}): string {
  keys += 1;
  return org.insert('NPS_Response__c', {
    ...{ Account__c: accountId, CSM__c: csm, Response_Key__c: `key${keys}`, Responded_At__c: '2026-11-22T09:00:00Z' },
    ...{ Score__c: 3, Segment__c: 'Detractor', Verdict__c: 'Confirmed' },
    ...fields,
  });
}

const taskFor = (response: string, fields: Record<string, FieldValue> = {}) =>
  org.insert('Task', {
    ...{ Subject: 'call', Description: 'Call.', WhatId: accountId, NPS_Response__c: response },
    ...{ NPS_Task_Key__c: `task of ${response}` },
    ...fields,
  });
const task = (id: string) =>
  org.query(`SELECT IsClosed, NPS_Outcome__c, Description, NPS_Task_Key__c FROM Task WHERE Id = '${id}'`)[0];
const VOID = { Verdict__c: 'Void', Verdict_Reason__c: 'Declared void by Jane Doe on 2026-11-22.' };

describe('the Tasks of an answer', () => {
  test('are closed with the reason when it is declared void, and give their keys back', () => {
    const response = respond();
    const id = taskFor(response);
    org.update('NPS_Response__c', response, VOID);
    expect(task(id)).toEqual({
      ...{ IsClosed: true, NPS_Outcome__c: 'Not Needed', NPS_Task_Key__c: null },
      Description: 'Call.\n\nClosed, because nothing has to be done any more. Declared void by Jane Doe on 2026-11-22.',
    });
  });

  test('stay as they are when the score changes within its segment, or is not ours', () => {
    const response = respond();
    const own = taskFor(response);
    const somebodys = taskFor(response, { NPS_Task_Key__c: null });
    org.update('NPS_Response__c', response, { Score__c: 2 });
    expect(task(own)).toMatchObject({ IsClosed: false });
    org.update('NPS_Response__c', response, { Score__c: 9, Segment__c: 'Promoter' });
    expect([task(own), task(somebodys)]).toMatchObject([{ IsClosed: true }, { IsClosed: false }]);
  });

  test('are closed after a follow-up where they were there because nobody had acted', () => {
    const response = respond();
    const call = taskFor(response, { NPS_Kind__c: 'Call' });
    const escalation = taskFor(response, { NPS_Kind__c: 'step:Escalate', NPS_Task_Key__c: 'escalation' });
    org.update('NPS_Response__c', response, { First_Follow_Up_At__c: '2026-11-22T12:00:00Z' });
    expect([task(call), task(escalation)]).toMatchObject([
      { IsClosed: false, Description: 'Call.' },
      {
        IsClosed: true,
        NPS_Outcome__c: 'Not Needed',
        Description: expect.stringMatching(/Somebody has followed up\.$/),
      },
    ]);
  });

  test('stay open for later answers that joined them, and say so', () => {
    const response = respond();
    const id = taskFor(response, { NPS_Joined_Answers__c: 1 });
    org.update('NPS_Response__c', response, VOID);
    expect(task(id)).toMatchObject({
      ...{ IsClosed: false, NPS_Task_Key__c: `task of ${response}` },
      Description: expect.stringMatching(/Declared void by Jane Doe.* It stays open for the answers that joined it\.$/),
    });
  });
});

test('a Task goes along when the answer gets another CSM, unless somebody else has it', () => {
  const successor = org.userId('nps.integration@sandbox.example');
  const response = respond();
  const own = taskFor(response);
  org.update('NPS_Response__c', response, { CSM__c: successor });
  const lent = taskFor(response, { NPS_Task_Key__c: 'lent', OwnerId: csm });
  org.update('NPS_Response__c', response, { CSM__c: null });
  org.update('NPS_Response__c', response, { CSM__c: successor });
  const ownerOf = (id: string) => org.query(`SELECT OwnerId FROM Task WHERE Id = '${id}'`)[0]?.OwnerId;
  expect([ownerOf(own), ownerOf(lent)]).toEqual([successor, csm]);
});

describe('a notification', () => {
  const told = () => org.notifications.all().map(({ title, body }) => `${title}. ${body}`);

  test('of a new detractor is sent when the answer begins to count, once', () => {
    const response = respond({ Verdict__c: 'Provisional', Verbatim__c: 'Slow' });
    expect(told()).toEqual([]);
    org.update('NPS_Response__c', response, { Verdict__c: 'Accepted', Follow_Up_Due__c: '2026-11-23T09:00:00Z' });
    org.update('NPS_Response__c', response, { Score__c: 0, Verdict__c: 'Confirmed' });
    expect(told()).toEqual(['NPS 3: Acme. Slow Follow up by 2026-11-23.']);
  });

  test.each<[string, Record<string, FieldValue>]>([
    ['a passive', { Score__c: 7, Segment__c: 'Passive' }],
    ['an answer without a CSM', { CSM__c: null }],
    ['an answer of last month, as an import brings it', { Responded_At__c: '2026-10-22T09:00:00Z' }],
    ['what waits for certainty', { Verdict__c: 'Unresolved' }],
  ])('is not sent for %s', (_, fields) => {
    respond(fields);
    expect(told()).toEqual([]);
  });

  test('that a step asks for is sent once for each text and user', () => {
    const response = respond({ Score__c: 9, Segment__c: 'Promoter' });
    const notice = { Notify_User__c: csm, Notify_Text__c: 'Half of the time is over.' };
    org.update('NPS_Response__c', response, notice);
    org.update('NPS_Response__c', response, notice);
    org.update('NPS_Response__c', response, { Notify_Text__c: 'The time is over.' });
    expect(told()).toEqual(['NPS 9: Acme. Half of the time is over.', 'NPS 9: Acme. The time is over.']);
  });
});

describe('a request', () => {
  test('is stamped with who and when, and published; blanked it is not', () => {
    const response = respond();
    org.update('NPS_Response__c', response, { Request__c: 'Void', Request_Note__c: 'A test' });
    org.update('NPS_Response__c', response, { Request__c: null, Request_Note__c: null });
    expect(published).toMatchObject([
      {
        event: 'NPS_Command__e',
        payload: { Command__c: 'Void', Record_Id__c: response },
        publishedBy: 'flow:NPS_Request',
      },
    ]);
    expect(org.query('SELECT Requested_By__c, Requested_At__c FROM NPS_Response__c')).toEqual([
      { Requested_By__c: csm, Requested_At__c: '2026-11-22T10:00:00.000+0000' },
    ]);
  });

  test('to log a follow-up is done by a flow alone', () => {
    org.update('NPS_Response__c', respond(), { Request__c: 'Log Follow-Up', Request_Note__c: 'We talked.' });
    expect(published).toEqual([]);
    expect(org.query('SELECT Subject, Description, IsClosed, TaskSubtype, NPS_Outcome__c FROM Task')).toEqual([
      {
        ...{ Subject: 'NPS 3: followed up with Acme', Description: 'We talked.', IsClosed: true },
        ...{ TaskSubtype: 'Call', NPS_Outcome__c: 'Spoke with Customer' },
      },
    ]);
    expect(org.query('SELECT Request__c, Request_Result__c FROM NPS_Response__c')).toEqual([
      { Request__c: null, Request_Result__c: 'Follow-up logged by Ada Admin on 2026-11-22.' },
    ]);
  });
});

test('to log a follow-up completes the own Tasks about the answer, and nobody else’s', () => {
  const response = respond();
  const own = taskFor(response);
  const managers = taskFor(response, {
    NPS_Task_Key__c: 'manager',
    OwnerId: org.userId('nps.integration@sandbox.example'),
  });
  const somebodys = taskFor(response, { NPS_Task_Key__c: null });
  org.update('NPS_Response__c', response, { Request__c: 'Log Follow-Up', Request_Note__c: 'We talked.' });
  expect([own, managers, somebodys].map(task)).toMatchObject([
    { IsClosed: true, NPS_Outcome__c: 'Spoke with Customer' },
    { IsClosed: false },
    { IsClosed: false },
  ]);
});

test('an intervention gives the queue of its team one Task, which goes along when another team is called', () => {
  const queue = (name: string) => org.insert('Group', { Name: name, DeveloperName: `NPS_${name}`, Type: 'Queue' });
  const [product, support] = [queue('Product'), queue('Support')];
  const response = respond({ Verbatim__c: 'Slow' });
  const tasks = () => org.query('SELECT Subject, OwnerId FROM Task');
  org.update('NPS_Response__c', response, { Intervention__c: 'Product' });
  expect(tasks()).toEqual([{ Subject: 'NPS 3: Product to step in at Acme', OwnerId: product }]);
  org.update('NPS_Response__c', response, { Intervention__c: 'Support' });
  expect(tasks()).toEqual([{ Subject: 'NPS 3: Support to step in at Acme', OwnerId: support }]);
  org.update('NPS_Response__c', response, { Intervention__c: 'Training' });
  expect(tasks()).toEqual([{ Subject: 'NPS 3: Training to step in at Acme', OwnerId: csm }]);
});
