import { expect, test } from 'vitest';
import { stageOrg, stageServer } from './org-stage.ts';

test('an event posted as a row is published once, with every field it has', async () => {
  await using stage = await stageServer();
  const connection = await stage.connect();
  const answer = await connection.sobject('NPS_Lifecycle__e').create({
    Trigger__c: 'First_Value',
    Account_Id__c: '001000000000001AAA',
    Anchor_Date__c: '2026-10-08',
  });
  expect(answer).toEqual({ id: expect.stringMatching(/^e00\w{15}$/), success: true, errors: [] });
  expect(stage.published).toEqual([
    {
      event: 'NPS_Lifecycle__e',
      publishedBy: 'rest',
      payload: {
        Trigger__c: 'First_Value',
        Account_Id__c: '001000000000001AAA',
        Anchor_Date__c: '2026-10-08',
        Contact_Id__c: null,
        Source_Id__c: null,
      },
    },
  ]);
});

test('an event without a required field is refused and not published', async () => {
  await using stage = await stageServer();
  const connection = await stage.connect();
  await expect(connection.sobject('NPS_Lifecycle__e').create({ Trigger__c: 'X' })).rejects.toMatchObject({
    errorCode: 'REQUIRED_FIELD_MISSING',
  });
  expect(stage.published).toEqual([]);
});

test('an event of a graph that fails is never heard of', async () => {
  await using stage = await stageServer();
  const event = { Trigger__c: 'First_Value', Account_Id__c: '001000000000001AAA' };
  const url = '/services/data/v68.0/sobjects';
  await (await stage.connect()).requestPost('/composite/graph', {
    graphs: [
      {
        graphId: 'g',
        compositeRequest: [
          { method: 'POST', url: `${url}/NPS_Lifecycle__e`, referenceId: 'event', body: event },
          { method: 'POST', url: `${url}/Account`, referenceId: 'bad', body: {} },
        ],
      },
    ],
  });
  expect(stage.published).toEqual([]);
});

test('a flow’s event waits for the commit of what it saw', () => {
  const { org, published } = stageOrg();
  org.transaction(() => {
    org.publish('NPS_Lifecycle__e', { Trigger__c: 'T', Account_Id__c: 'A' }, 'flow:NPS_First_Value');
    expect(published).toEqual([]);
  });
  expect(published).toMatchObject([{ publishedBy: 'flow:NPS_First_Value' }]);
});

test('custom metadata is read like rows, but only a deploy changes it', async () => {
  await using stage = await stageServer();
  const connection = await stage.connect();
  const { records } = await connection.query('SELECT Id FROM NPS_Trigger__mdt');
  expect(records).toHaveLength(5);
  const triggers = connection.sobject('NPS_Trigger__mdt');
  const refused = { errorCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY' };
  await expect(triggers.create({ DeveloperName: 'Mine' })).rejects.toMatchObject(refused);
  await expect(triggers.update({ Id: records[0]?.Id ?? '', Active__c: true })).rejects.toMatchObject(refused);
  await expect(triggers.destroy(records[0]?.Id ?? '')).rejects.toMatchObject(refused);
  stage.org.deployRecord('NPS_Trigger__mdt', 'Mine', 'My Trigger', { Active__c: true });
  expect(stage.org.query("SELECT MasterLabel, Active__c FROM NPS_Trigger__mdt WHERE DeveloperName = 'Mine'")).toEqual([
    { MasterLabel: 'My Trigger', Active__c: true },
  ]);
});
