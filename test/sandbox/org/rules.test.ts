import type { Connection } from 'jsforce';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { refusalOf, type Stage, stageServer } from './org-stage.ts';
import { deployThings } from './things.ts';

let stage: Stage;
let connection: Connection;
beforeAll(async () => {
  stage = await stageServer();
  deployThings(stage.org);
  connection = await stage.connect();
});
afterEach(() => stage.faults.clear());
afterAll(() => stage[Symbol.asyncDispose]());

const things = (soql: string) => stage.org.query(`SELECT ${soql}`);

test('a formula field is worked out whenever it is read, also from a parent, and nobody writes it', async () => {
  const Account__c = stage.org.insert('Account', { Name: 'Acme' });
  const id = stage.org.insert('Thing__c', { Name: 'Priced', Price__c: 4, Account__c });
  expect(things(`Double__c, Owner_Of__c FROM Thing__c WHERE Double__c = 8`)).toEqual([
    { Double__c: 8, Owner_Of__c: 'Acme!' },
  ]);
  expect(await connection.sobject('Thing__c').retrieve(id)).toMatchObject({ Double__c: 8 });
  stage.org.update('Thing__c', id, { Price__c: null });
  expect(things(`Double__c FROM Thing__c WHERE Id = '${id}'`)).toEqual([{ Double__c: null }]);
  expect(refusalOf(() => stage.org.update('Thing__c', id, { Double__c: 1 }))).toMatchObject({
    errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
  });
});

test('a formula may ask who reads the row', () => {
  const Username = 'seller@sandbox.example';
  const other = stage.org.insert('User', { Username, Email: Username, LastName: 'Seller' });
  const me = stage.org.userId('admin@sandbox.example');
  stage.org.insert('Thing__c', { Name: 'Theirs', Seller__c: other });
  stage.org.insert('Thing__c', { Name: 'Mine', Seller__c: me });
  expect(things('Name, Read_By__c FROM Thing__c WHERE Is_Mine__c = true')).toEqual([
    { Name: 'Mine', Read_By__c: 'admin@sandbox.example' },
  ]);
});

test('a default that is a formula is worked out for the new row', () => {
  const id = stage.org.insert('Thing__c', { Name: 'Today' });
  expect(things(`Bought__c FROM Thing__c WHERE Id = '${id}'`)).toEqual([{ Bought__c: '2026-11-22' }]);
});

test('a validation rule refuses what it speaks of, at its field, and nothing else', async () => {
  const Id = stage.org.insert('Thing__c', { Name: 'Dear', Price__c: 11 });
  await expect(connection.sobject('Thing__c').update({ Id, Price__c: 12 })).rejects.toMatchObject({
    errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
    message: 'The price stays.',
    data: { fields: ['Price__c'] },
  });
  await expect(connection.sobject('Thing__c').update({ Id, Name: 'Dearer' })).resolves.toMatchObject({ success: true });
});

test('a parent that is needed cannot be deleted; one that is not is only let go', () => {
  const Account__c = stage.org.insert('Account', { Name: 'Needed' });
  const Whole__c = stage.org.insert('Thing__c', { Name: 'Whole', Account__c });
  const part = stage.org.insert('Thing__c', { Name: 'Part', Whole__c });
  expect(refusalOf(() => stage.org.delete('Account', Account__c))).toMatchObject({
    errorCode: 'DELETE_FAILED',
    message: expect.stringContaining('Your attempt to delete Needed could not be completed'),
  });
  expect(things(`Name FROM Account WHERE Id = '${Account__c}'`)).toEqual([{ Name: 'Needed' }]);
  stage.org.delete('Thing__c', Whole__c);
  expect(things(`Whole__c FROM Thing__c WHERE Id = '${part}'`)).toEqual([{ Whole__c: null }]);
});

test('a subquery reads the rows below a record, null when there are none', async () => {
  const Id = stage.org.insert('Account', { Name: 'Parent' });
  for (const LastName of ['B', 'A', 'C']) stage.org.insert('Contact', { LastName, AccountId: Id });
  const soql = `SELECT Name, (SELECT LastName FROM Contacts WHERE LastName != 'C' ORDER BY LastName), (SELECT Id FROM Things__r) FROM Account WHERE Id = '${Id}'`;
  const { records } = await connection.query(soql);
  expect(records[0]).toMatchObject({
    Name: 'Parent',
    Contacts: {
      totalSize: 2,
      done: true,
      records: [{ attributes: { type: 'Contact' }, LastName: 'A' }, { LastName: 'B' }],
    },
    Things__r: null,
  });
});

test('queryAll also finds what was deleted, query does not', async () => {
  const id = stage.org.insert('Account', { Name: 'Binned' });
  stage.org.delete('Account', id);
  const soql = "SELECT Id, IsDeleted FROM Account WHERE Name = 'Binned'";
  expect((await connection.query(soql)).records).toEqual([]);
  expect((await connection.query(soql, { scanAll: true })).records).toMatchObject([{ Id: id, IsDeleted: true }]);
});

test('an upsert that may only update refuses an unknown key', async () => {
  const path = '/sobjects/NPS_Survey__c/Survey_Key__c/never?updateOnly=true';
  await expect(connection.requestPatch(path, { Status__c: 'Sent' })).rejects.toMatchObject({ errorCode: 'NOT_FOUND' });
  expect(things("Id FROM NPS_Survey__c WHERE Survey_Key__c = 'never'")).toEqual([]);
});

test('a row that somebody holds keeps out writes to it and to what is below it', async () => {
  const Id = stage.org.insert('Account', { Name: 'Held' });
  stage.faults.add({ lock: Id, times: 2 });
  const refused = { errorCode: 'UNABLE_TO_LOCK_ROW', message: expect.stringContaining(Id) };
  await expect(connection.sobject('Account').update({ Id, Name: 'X' })).rejects.toMatchObject(refused);
  await expect(connection.sobject('Task').create({ Subject: 'Call', WhatId: Id })).rejects.toMatchObject(refused);
  await expect(connection.sobject('Account').update({ Id, Name: 'X' })).resolves.toMatchObject({ success: true });
});

test('when the day’s calls are used up, every call is refused until the limit is lifted', async () => {
  const used = (await stage.app.inject('/calls')).json().total;
  stage.faults.add({ dailyApiRequests: used + 1 });
  expect(await connection.request('/limits')).toEqual({ DailyApiRequests: { Max: used + 1, Remaining: 0 } });
  await expect(connection.query('SELECT Id FROM Account')).rejects.toMatchObject({
    errorCode: 'REQUEST_LIMIT_EXCEEDED',
    message: 'TotalRequests Limit exceeded.',
  });
  stage.faults.clear();
  await expect(connection.query('SELECT Id FROM Account')).resolves.toMatchObject({ done: true });
});

test('an anti-join leaves out who is in the list', () => {
  const [has, hasNot] = ['Has a contact', 'Has none'].map((Name) => stage.org.insert('Account', { Name }));
  stage.org.insert('Contact', { LastName: 'Joined', AccountId: has ?? '' });
  const soql =
    "Id FROM Account WHERE Name LIKE 'Has %' AND Id NOT IN (SELECT AccountId FROM Contact WHERE AccountId != null)";
  expect(things(soql)).toEqual([{ Id: hasNot }]);
});
