import type { Connection } from 'jsforce';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { processorTime } from '../../support/processor-time.ts';
import { type Stage, stageServer } from './org-stage.ts';

const ROWS = '/services/data/v68.0/sobjects';

let stage: Stage;
let connection: Connection;
beforeAll(async () => {
  stage = await stageServer();
  connection = await stage.connect();
});
afterAll(() => stage[Symbol.asyncDispose]());

interface Node {
  httpStatusCode: number;
  referenceId: string;
  body: unknown;
}
interface GraphAnswer {
  graphs: { graphId: string; isSuccessful: boolean; graphResponse: { compositeResponse: Node[] } }[];
}

const post = (sobject: string, referenceId: string, body: object) => ({
  method: 'POST',
  url: `${ROWS}/${sobject}`,
  referenceId,
  body,
});
const graphs = (...compositeRequests: object[][]) =>
  connection.requestPost<GraphAnswer>('/composite/graph', {
    graphs: compositeRequests.map((compositeRequest, index) => ({ graphId: `g${index}`, compositeRequest })),
  });
const count = (where: string) => Number(stage.org.query(`SELECT COUNT() FROM ${where}`)[0]?.expr0);

test('a graph writes rows that refer to each other, in one API call', async () => {
  await stage.app.inject({ method: 'POST', url: '/calls/reset' });
  const answer = await graphs([
    post('Account', 'account', { Name: 'Graph' }),
    post('Contact', 'contact', { LastName: 'Of Graph', AccountId: '@{account.id}' }),
    { method: 'PATCH', url: `${ROWS}/Account/@{account.id}`, referenceId: 'update', body: { NPS_Score__c: 9 } },
    {
      method: 'PATCH',
      url: `${ROWS}/NPS_Survey__c/Survey_Key__c/graph`,
      referenceId: 'survey',
      body: { Contact__c: '@{contact.id}' },
    },
  ]);
  const [graph] = answer.graphs;
  expect(graph).toMatchObject({ graphId: 'g0', isSuccessful: true });
  expect(graph?.graphResponse.compositeResponse.map((node) => node.httpStatusCode)).toEqual([201, 201, 204, 201]);
  expect(
    stage.org.query("SELECT Contact__r.Account.NPS_Score__c FROM NPS_Survey__c WHERE Survey_Key__c = 'graph'"),
  ).toEqual([{ Contact__r: { Account: { NPS_Score__c: 9 } } }]);
  expect((await stage.app.inject('/calls')).json()).toEqual({
    total: 1,
    calls: [{ method: 'POST', path: '/services/data/v68.0/composite/graph', count: 1 }],
  });
});

test('a graph that fails leaves nothing; the failing node says why, the others that they were halted', async () => {
  const answer = await graphs(
    [
      post('Account', 'fine', { Name: 'Left behind?' }),
      post('Contact', 'bad', { FirstName: 'No last name' }),
      post('Account', 'never', { Name: 'B' }),
    ],
    [post('Account', 'other', { Name: 'Other graph' })],
  );
  const [failed, other] = answer.graphs;
  const halted = [{ errorCode: 'PROCESSING_HALTED', message: expect.stringContaining('rolled back') }];
  expect(failed?.isSuccessful).toBe(false);
  expect(failed?.graphResponse.compositeResponse).toEqual([
    { referenceId: 'fine', httpStatusCode: 400, httpHeaders: {}, body: halted },
    {
      referenceId: 'bad',
      httpStatusCode: 400,
      httpHeaders: {},
      body: [
        {
          errorCode: 'REQUIRED_FIELD_MISSING',
          message: 'Required fields are missing: [LastName]',
          fields: ['LastName'],
        },
      ],
    },
    { referenceId: 'never', httpStatusCode: 400, httpHeaders: {}, body: halted },
  ]);
  expect(other?.isSuccessful).toBe(true);
  expect(count("Account WHERE Name = 'Left behind?'")).toBe(0);
  expect(count("Account WHERE Name = 'Other graph'")).toBe(1);
});

test('after 15 failed graphs the rest is not tried', async () => {
  const bad = Array.from({ length: 15 }, () => [post('Account', 'bad', {})]);
  const { graphs: answers } = await graphs(...bad, [post('Account', 'late', { Name: 'Too late' })]);
  expect(answers[14]?.graphResponse.compositeResponse[0]?.body).toMatchObject([
    { errorCode: 'REQUIRED_FIELD_MISSING' },
  ]);
  expect(answers[15]?.graphResponse.compositeResponse[0]?.body).toMatchObject([{ errorCode: 'PROCESSING_HALTED' }]);
  expect(count("Account WHERE Name = 'Too late'")).toBe(0);
});

test('a customer’s validation rule can be ordered for one kind of record', async () => {
  stage.faults.add({
    nodes: {
      sobject: 'Account',
      errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      message: 'Region is missing',
      times: 1,
    },
  });
  const { graphs: answers } = await graphs(
    [post('Account', 'ruled', { Name: 'R' })],
    [post('Account', 'fine', { Name: 'R' })],
  );
  expect(answers.map(({ isSuccessful }) => isSuccessful)).toEqual([false, true]);
  expect(answers[0]?.graphResponse.compositeResponse[0]?.body).toMatchObject([
    { errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Region is missing' },
  ]);
});

test.each([
  ['76 graphs', Array.from({ length: 76 }, () => [post('Account', 'a', { Name: 'A' })]), 'LIMIT_EXCEEDED'],
  ['a query node', [[{ method: 'GET', url: '/services/data/v68.0/query?q=x', referenceId: 'q' }]], 'INVALID_INPUT'],
  ['a reference id with a dash', [[post('Account', 'a-b', { Name: 'A' })]], 'INVALID_INPUT'],
  [
    'a reference id used twice',
    [[post('Account', 'a', { Name: 'A' }), post('Account', 'a', { Name: 'A' })]],
    'INVALID_INPUT',
  ],
])('a graph request with %s is refused', async (_, requests, errorCode) => {
  await expect(graphs(...requests)).rejects.toMatchObject({ errorCode });
});

test('75 graphs with 5 nodes each take less than 100 ms', async () => {
  const five = (n: number) => [
    post('Account', 'account', { Name: `Fast ${n}` }),
    post('Contact', 'contact', { LastName: 'Fast', AccountId: '@{account.id}' }),
    {
      method: 'PATCH',
      url: `${ROWS}/NPS_Survey__c/Survey_Key__c/fast${n}`,
      referenceId: 'survey',
      body: { Account__c: '@{account.id}' },
    },
    { method: 'PATCH', url: `${ROWS}/Account/@{account.id}`, referenceId: 'score', body: { NPS_Score__c: 3 } },
    post('Task', 'task', { Subject: 'Call', WhatId: '@{account.id}' }),
  ];
  const took: number[] = [];
  for (let round = 0; round < 5; round++) {
    const asked = Array.from({ length: 75 }, (_, index) => five(round * 75 + index));
    const time = await processorTime(async () => {
      const { graphs: answers } = await graphs(...asked);
      expect(answers.every(({ isSuccessful }) => isSuccessful)).toBe(true);
    });
    took.push(time);
  }
  expect(Math.min(...took)).toBeLessThan(100);
});

test('a composite request passes values of a query on', async () => {
  const { id } = await connection.sobject('Account').create({ Name: 'Asked for' });
  const soql = encodeURIComponent("SELECT Id FROM Account WHERE Name = 'Asked for'");
  const { compositeResponse } = await connection.requestPost<{ compositeResponse: Node[] }>('/composite', {
    compositeRequest: [
      { method: 'GET', url: `/services/data/v68.0/query?q=${soql}`, referenceId: 'q' },
      post('Contact', 'contact', { LastName: 'Found', AccountId: '@{q.records[0].Id}' }),
      post('Contact', 'lost', { LastName: 'Lost', AccountId: '@{q.records[1].Id}' }),
    ],
  });
  expect(compositeResponse.map(({ httpStatusCode }) => httpStatusCode)).toEqual([200, 201, 400]);
  expect(compositeResponse[2]?.body).toMatchObject([{ errorCode: 'PROCESSING_HALTED' }]);
  expect(stage.org.query("SELECT AccountId FROM Contact WHERE LastName = 'Found'")).toEqual([{ AccountId: id }]);
});

test('a composite request with allOrNone undoes everything when one part fails', async () => {
  const { compositeResponse } = await connection.requestPost<{ compositeResponse: Node[] }>('/composite', {
    allOrNone: true,
    compositeRequest: [post('Account', 'a', { Name: 'All or none' }), post('Account', 'b', {})],
  });
  expect(compositeResponse.map(({ body }) => (body as { errorCode: string }[])[0]?.errorCode)).toEqual([
    'PROCESSING_HALTED',
    'REQUIRED_FIELD_MISSING',
  ]);
  expect(count("Account WHERE Name = 'All or none'")).toBe(0);
});

test('collections answer row by row, or undo all with allOrNone', async () => {
  const accounts = connection.sobject('Account');
  const partly = await accounts.create([{ Name: 'Row 1' }, {}], { allOrNone: false });
  expect(partly).toMatchObject([
    { success: true, errors: [] },
    { success: false, errors: [{ statusCode: 'REQUIRED_FIELD_MISSING', fields: ['Name'] }] },
  ]);
  const none = await accounts.create([{ Name: 'Row 2' }, {}], { allOrNone: true });
  expect(none).toMatchObject([
    { success: false, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }] },
    { success: false, errors: [{ statusCode: 'REQUIRED_FIELD_MISSING' }] },
  ]);
  expect(count("Account WHERE Name LIKE 'Row %'")).toBe(1);
});

test('collections update, upsert, read and delete by jsforce', async () => {
  const surveys = connection.sobject('NPS_Survey__c');
  const upserted = await surveys.upsert([{ Survey_Key__c: 'c1' }, { Survey_Key__c: 'c2' }], 'Survey_Key__c');
  expect(upserted).toMatchObject([
    { success: true, created: true },
    { success: true, created: true },
  ]);
  const ids = upserted.map(({ id }) => id ?? '');
  await surveys.update(ids.map((Id) => ({ Id, Status__c: 'Sent' })));
  expect(await surveys.retrieve(ids)).toMatchObject([{ Status__c: 'Sent' }, { Status__c: 'Sent' }]);
  await surveys.destroy(ids);
  expect(count("NPS_Survey__c WHERE Survey_Key__c IN ('c1', 'c2')")).toBe(0);
});
