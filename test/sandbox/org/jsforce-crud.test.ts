import type { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Stage, stageServer } from './org-stage.ts';
import { deployThings } from './things.ts';

/** What jsforce's own suite expects of a real org's rows, said anew. */

let stage: Stage;
let connection: Connection;
beforeAll(async () => {
  stage = await stageServer();
  deployThings(stage.org);
  connection = await stage.connect();
});
afterAll(() => stage[Symbol.asyncDispose]());

describe('one row', () => {
  test('is created, read with its attributes, changed by its reference and by options headers, and gone', async () => {
    const accounts = connection.sobject('Account');
    const created = await accounts.create({ Name: 'Hello' });
    expect(created).toEqual({ id: expect.stringMatching(/^001/), success: true, errors: [] });
    const id = created.id ?? '';
    const url = `/services/data/v68.0/sobjects/Account/${id}`;
    expect(await accounts.retrieve(id)).toMatchObject({ Id: id, attributes: { type: 'Account', url } });
    const reference = accounts.record(id);
    expect(await reference.update({ Name: 'Hello 2' })).toMatchObject({ id, success: true });
    await reference.update({ Name: 'Hello 3' }, { headers: { 'Sforce-Auto-Assign': 'FALSE' } });
    expect(await reference.retrieve({ headers: { 'Sforce-Auto-Assign': 'FALSE' } })).toMatchObject({ Name: 'Hello 3' });
    expect(await reference.destroy()).toMatchObject({ id, success: true });
    await expect(reference.retrieve()).rejects.toMatchObject({ errorCode: 'ENTITY_IS_DELETED' });
  });
});

describe('several rows', () => {
  test('are created, read, changed and deleted in one call each; deleted ones read as null', async () => {
    const accounts = connection.sobject('Account');
    const created = await accounts.create([{ Name: 'Account 1' }, { Name: 'Account 2' }]);
    expect(created.every(({ success }) => success)).toBe(true);
    const ids = created.map(({ id }) => id ?? '');
    const names = async () => (await accounts.retrieve(ids)).map((record) => record.Name);
    expect(await names()).toEqual(['Account 1', 'Account 2']);
    await accounts.update(ids.map((Id, index) => ({ Id, Name: `Updated ${index}` })));
    expect(await names()).toEqual(['Updated 0', 'Updated 1']);
    expect((await accounts.destroy(ids)).map(({ success }) => success)).toEqual([true, true]);
    expect(await accounts.retrieve(ids)).toEqual([null, null]);
  });

  test('more than one call takes are split by jsforce', async () => {
    const records = Array.from({ length: 401 }, (_, index) => ({ Name: `Many ${index}` }));
    const created = await connection.sobject('Account').create(records, { allowRecursive: true });
    expect(created).toHaveLength(401);
    expect(await connection.sobject('Account').count({ Name: { $like: 'Many %' } })).toBe(401);
  });
});

describe('an upsert', () => {
  const upsert = (Name: string) => connection.sobject('Thing__c').upsert({ Name, Key__c: 'one' }, 'Key__c');

  test('inserts, then updates, then cannot choose between two rows and lists their addresses', async () => {
    const first = await upsert('New');
    expect(first).toMatchObject({ success: true, created: true });
    expect(await upsert('Updated')).toMatchObject({ success: true, id: first.id, created: false });
    expect(await connection.sobject('Thing__c').retrieve(first.id ?? '')).toMatchObject({ Name: 'Updated' });
    const second = await connection.sobject('Thing__c').create({ Name: 'Twin', Key__c: 'one' });
    const urls = [first.id, second.id].map((id) => `/services/data/v68.0/sobjects/Thing__c/${id}`);
    await expect(upsert('Which?')).rejects.toMatchObject({ name: 'MULTIPLE_CHOICES', data: urls });
  });
});

describe('jsforce’s query builder', () => {
  test('finds, counts, limits and includes children', async () => {
    const { id = '' } = await connection.sobject('Account').create({ Name: 'Built', Industry: 'Energy' });
    await connection.sobject('Contact').create({ LastName: 'Child', AccountId: id });
    const [found] = await connection
      .sobject('Account')
      .find({ Name: 'Built' }, ['Id', 'Name'])
      .include('Contacts')
      .select('LastName')
      .end()
      .limit(1);
    expect(found).toMatchObject({ Name: 'Built', Contacts: { records: [{ LastName: 'Child' }] } });
    expect(await connection.sobject('Account').findOne({ Industry: { $in: ['Energy'] } })).toMatchObject({ Id: id });
    expect(await connection.sobject('Account').find({ Name: 'Built' }).update({ Industry: 'Media' })).toMatchObject([
      { success: true },
    ]);
  });

  test('describes one object and all of them', async () => {
    const { sobjects, maxBatchSize } = await connection.describeGlobal();
    expect(maxBatchSize).toBe(200);
    expect(sobjects.map(({ name }) => name)).toEqual(expect.arrayContaining(['Account', 'NPS_Survey__c']));
    const { fields, childRelationships } = await connection.sobject('Account').describe();
    expect(fields.find(({ name }) => name === 'Name')).toMatchObject({ nillable: false, nameField: true });
    expect(childRelationships).toContainEqual(
      expect.objectContaining({ childSObject: 'Contact', field: 'AccountId', relationshipName: 'Contacts' }),
    );
  });
});
