import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cli, openSignedIn } from './cli.ts';

interface Found<T> {
  totalSize: number;
  records: T[];
}

describe('sf works with data', () => {
  let org: Awaited<ReturnType<typeof openSignedIn>>['org'];
  let cli: Cli;
  beforeAll(async () => {
    ({ org, cli } = await openSignedIn());
  });
  afterAll(() => org.stop());

  const query = <T>(soql: string) => cli.result<Found<T>>('data', 'query', '--query', soql);

  it('shows a query as a table, parents included', async () => {
    const soql = "SELECT Name, NPS_Segment__c, Owner.Name FROM Account WHERE Name = 'Aldermoor Logistics'";
    const { code, stdout } = await cli.run('data', 'query', '--query', soql);
    expect(code).toBe(0);
    expect(stdout).toMatch(/│ NAME +│ NPS_SEGMENT__C +│ OWNER\.NAME +│/);
    expect(stdout).toMatch(/│ Aldermoor Logistics +│ Passive +│ [A-Z]\w+ [A-Z]\w+ +│/);
    expect(stdout).toContain('Total number of records retrieved: 1.');
  });

  it('answers the same query as JSON', async () => {
    const { totalSize, records } = await query<{ Name: string; Owner: { Name: string } }>(
      "SELECT Name, Owner.Name FROM Account WHERE Name = 'Aldermoor Logistics'",
    );
    expect(totalSize).toBe(1);
    expect(records[0]).toMatchObject({ Name: 'Aldermoor Logistics', Owner: { attributes: { type: 'User' } } });
  });

  it('shows groups under their aliases', async () => {
    const soql = 'SELECT NPS_Segment__c, COUNT(Id) total FROM Account GROUP BY NPS_Segment__c';
    const { stdout } = await cli.run('data', 'query', '--query', soql);
    expect(stdout).toMatch(/│ NPS_SEGMENT__C +│ TOTAL +│/);
    expect(stdout).toMatch(/│ Detractor +│ \d+ +│/);
  });

  it('is told what is wrong with a query', async () => {
    const { name, message } = await cli.failure('data', 'query', '--query', 'SELECT Nmae FROM Account');
    expect(name).toBe('INVALID_FIELD');
    expect(message).toContain("No such column 'Nmae' on entity 'Account'");
  });

  it('creates, updates, reads and deletes a record', async () => {
    const account = ['--sobject', 'Account'];
    const values = "Name='Made by sf' NumberOfEmployees=12";
    const { id } = await cli.result<{ id: string }>('data', 'create', 'record', ...account, '--values', values);
    await cli.result('data', 'update', 'record', ...account, '--record-id', id, '--values', 'NumberOfEmployees=13');
    const where = ['--where', "Name='Made by sf'"];
    const read = await cli.result<object>('data', 'get', 'record', ...account, ...where);
    expect(read).toMatchObject({ Id: id, NumberOfEmployees: 13 });
    await cli.result('data', 'delete', 'record', ...account, '--record-id', id);
    expect((await query("SELECT Id FROM Account WHERE Name = 'Made by sf'")).totalSize).toBe(0);
  });

  it('upserts a record by its external id', async () => {
    const upsert = async (subject: string) => {
      const path = '/services/data/v68.0/sobjects/Task/NPS_Task_Key__c/by-sf';
      const body = JSON.stringify({ Subject: subject });
      const { stdout } = await cli.run('api', 'request', 'rest', path, '--method', 'PATCH', '--body', body);
      return JSON.parse(stdout) as { id: string; created: boolean };
    };
    const first = await upsert('Call');
    expect(first.created).toBe(true);
    expect(await upsert('Call again')).toMatchObject({ id: first.id, created: false });
  });

  it('is refused a value the org does not take', async () => {
    const values = "Name='Refused' NPS_Segment__c=Enthusiast";
    const { name } = await cli.failure('data', 'create', 'record', '--sobject', 'Account', '--values', values);
    expect(name).toBe('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST');
  });

  it('lists and describes objects', async () => {
    const custom = await cli.result<string[]>('sobject', 'list', '--sobject', 'custom');
    expect(custom).toEqual(expect.arrayContaining(['NPS_Response__c', 'NPS_Survey__c']));
    const { fields } = await cli.result<{ fields: object[] }>('sobject', 'describe', '--sobject', 'NPS_Response__c');
    expect(fields).toContainEqual(expect.objectContaining({ name: 'Score__c', type: 'double', custom: true }));
  });

  it('assigns a permission set', async () => {
    await cli.result('org', 'assign', 'permset', '--name', 'NPS_Viewer');
    const { records } = await query<object>(
      "SELECT PermissionSet.Name FROM PermissionSetAssignment WHERE Assignee.Username = 'admin@sandbox.example'",
    );
    expect(records).toContainEqual(
      expect.objectContaining({ PermissionSet: expect.objectContaining({ Name: 'NPS_Viewer' }) }),
    );
  });
});
