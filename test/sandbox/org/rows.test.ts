import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NOW, type Stage, stageOrg, stageServer } from './org-stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await stageServer();
});
afterAll(() => stage[Symbol.asyncDispose]());

test('jsforce creates, reads, changes and deletes a row', async () => {
  const accounts = (await stage.connect()).sobject('Account');
  const { id = '' } = await accounts.create({ Name: 'Acme' });
  expect(id).toMatch(/^001\w{15}$/);
  await accounts.update({ Id: id.slice(0, 15), Industry: 'Energy' });
  expect(await accounts.retrieve(id)).toMatchObject({ Id: id, Name: 'Acme', Industry: 'Energy', IsDeleted: false });
  await accounts.destroy(id);
  await expect(accounts.retrieve(id)).rejects.toMatchObject({ errorCode: 'ENTITY_IS_DELETED' });
  expect(stage.org.query(`SELECT Id FROM Account WHERE Id = '${id}'`)).toEqual([]);
});

test('an upsert by external id answers 201 the first time and 200 after, whatever the case of the key', async () => {
  const connection = await stage.connect();
  const path = '/sobjects/NPS_Survey__c/Survey_Key__c';
  const first = await connection.requestPatch(`${path}/abc`, { Status__c: 'Queued' });
  const again = await connection.requestPatch(`${path}/ABC`, { Status__c: 'Sent' });
  expect(first).toMatchObject({ success: true, errors: [], created: true });
  expect(again).toEqual({ ...(first as object), created: false });
  expect(await connection.request(`${path}/abc`)).toMatchObject({ Status__c: 'Sent' });
});

test('the calling user becomes author and owner', async () => {
  const connection = await stage.connect({ id: 'nps-service', secret: 'its-secret' });
  const { id } = await connection.sobject('NPS_Survey__c').create({ Survey_Key__c: 'mine' });
  const [row] = stage.org.query(`SELECT Owner.Username, CreatedBy.Name FROM NPS_Survey__c WHERE Id = '${id}'`);
  expect(row).toEqual({
    Owner: { Username: 'nps.integration@sandbox.example' },
    CreatedBy: { Name: 'NPS Integration' },
  });
});

test('what nobody granted the calling user is forbidden', async () => {
  const connection = await stage.connect({ id: 'nps-service', secret: 'its-secret' });
  const response = await fetch(`${stage.url}/services/data/v68.0/sobjects/Account`, {
    method: 'POST',
    headers: { authorization: `Bearer ${connection.accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ Name: 'Not mine to make' }),
  });
  expect(response.status).toBe(403);
  expect(await response.json()).toEqual([
    {
      errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY',
      message: 'insufficient access rights on object id',
      fields: [],
    },
  ]);
});

test('an admin may load rows with the dates they had elsewhere', async () => {
  const CreatedDate = '2025-01-02T03:04:05.678Z';
  const { id = '' } = await (await stage.connect()).sobject('Account').create({ Name: 'Old', CreatedDate });
  expect(await stage.org.query(`SELECT CreatedDate FROM Account WHERE Id = '${id}'`)).toEqual([
    { CreatedDate: '2025-01-02T03:04:05.000+0000' },
  ]);
});

test('a parent may be named by its external id', async () => {
  const connection = await stage.connect();
  const account = await connection.sobject('Account').create({ Name: 'Parent' });
  const survey = await connection.sobject('NPS_Survey__c').create({ Survey_Key__c: 'parent-key' });
  await connection.requestPatch('/sobjects/NPS_Response__c/Response_Key__c/parent-key', {
    Account__c: account.id,
    Survey__r: { Survey_Key__c: 'parent-key' },
  });
  expect(stage.org.query("SELECT Survey__c FROM NPS_Response__c WHERE Response_Key__c = 'parent-key'")).toEqual([
    { Survey__c: survey.id },
  ]);
});

test('describe tells types, lengths, restricted values and where a lookup points', async () => {
  const { fields, keyPrefix } = await (await stage.connect()).describe('NPS_Response__c');
  const field = (name: string) => fields.find((each) => each.name === name);
  expect(keyPrefix).toMatch(/^a0\d$/);
  expect(field('Score__c')).toMatchObject({ type: 'double', precision: 2, scale: 0, nillable: true, custom: true });
  expect(field('Response_Key__c')).toMatchObject({ type: 'string', length: 64, unique: true, externalId: true });
  expect(field('Segment__c')).toMatchObject({ type: 'picklist', restrictedPicklist: true });
  expect(field('Account__c')).toMatchObject({ referenceTo: ['Account'], relationshipName: 'Account__r' });
});

test('Salesforce works out what it works out: names, end dates, states, the account of a task', () => {
  const { org } = stage;
  const account = org.insert('Account', { Name: 'Derived' });
  const contact = org.insert('Contact', { FirstName: 'Ada', LastName: 'Byron', AccountId: account });
  const contract = org.insert('Contract', { AccountId: account, StartDate: '2026-01-15', ContractTerm: 12 });
  const task = org.insert('Task', { WhoId: contact });
  org.update('Task', task, { Status: 'Completed' });
  expect(org.query(`SELECT Name FROM Contact WHERE Id = '${contact}'`)).toEqual([{ Name: 'Ada Byron' }]);
  expect(org.query(`SELECT EndDate, StatusCode FROM Contract WHERE Id = '${contract}'`)).toEqual([
    { EndDate: '2027-01-14', StatusCode: 'Draft' },
  ]);
  expect(org.query(`SELECT AccountId, IsClosed, CompletedDateTime FROM Task WHERE Id = '${task}'`)).toEqual([
    { AccountId: account, IsClosed: true, CompletedDateTime: '2026-11-22T10:00:00.000+0000' },
  ]);
});

test('deleting a parent takes its details along and empties lookups', () => {
  const { org } = stage;
  const account = org.insert('Account', { Name: 'Gone' });
  const survey = org.insert('NPS_Survey__c', { Survey_Key__c: 'gone', Account__c: account });
  org.insert('NPS_Response__c', { Response_Key__c: 'gone', Account__c: account, Survey__c: survey });
  org.delete('Account', account);
  expect(org.query("SELECT Id FROM NPS_Response__c WHERE Response_Key__c = 'gone'")).toEqual([]);
  expect(org.query("SELECT Account__c FROM NPS_Survey__c WHERE Survey_Key__c = 'gone'")).toEqual([
    { Account__c: null },
  ]);
});

test('a transaction that throws leaves neither rows nor index entries behind', () => {
  const { org } = stage;
  const undone = () =>
    org.transaction(() => {
      org.insert('NPS_Survey__c', { Survey_Key__c: 'undone' });
      throw new Error('no');
    });
  expect(undone).toThrow('no');
  expect(org.query("SELECT Id FROM NPS_Survey__c WHERE Survey_Key__c = 'undone'")).toEqual([]);
  expect(() => org.insert('NPS_Survey__c', { Survey_Key__c: 'undone' })).not.toThrow();
});

test('a restart finds the org as it was left', () => {
  const database = new Database(':memory:');
  const before = stageOrg(database).org;
  const id = before.insert('Account', { Name: 'Stays' });
  before.insert('NPS_Survey__c', { Survey_Key__c: 'stays' });
  before.deployRecord('NPS_Trigger__mdt', 'First_Value', 'First Value', { Active__c: true });
  const after = stageOrg(database).org;
  expect(after.id).toBe(before.id);
  expect(after.isEmpty()).toBe(false);
  expect(after.query('SELECT Id, Name, CreatedDate FROM Account')).toEqual([
    { Id: id, Name: 'Stays', CreatedDate: `${NOW.toISOString().slice(0, 19)}.000+0000` },
  ]);
  expect(after.query("SELECT Active__c FROM NPS_Trigger__mdt WHERE DeveloperName = 'First_Value'")).toEqual([
    { Active__c: true },
  ]);
  expect(() => after.insert('NPS_Survey__c', { Survey_Key__c: 'STAYS' })).toThrow(/duplicates value on record with id/);
  expect(after.insert('Account', { Name: 'Next' })).not.toBe(id);
});

test('a reset founds the org anew under its old id', () => {
  const { org } = stageOrg();
  org.insert('Account', { Name: 'Forgotten' });
  const { id } = org;
  org.reset();
  expect(org.isEmpty()).toBe(true);
  expect(org.query('SELECT Id, IsSandbox FROM Organization')).toEqual([{ Id: id, IsSandbox: true }]);
  expect(org.query('SELECT COUNT() FROM NPS_Trigger__mdt')).toEqual([{ expr0: 5 }]);
});
