import { beforeAll, describe, expect, test } from 'vitest';
import type { SandboxOrg } from '../../../src/sandbox/org/open-org.ts';
import { OrgError } from '../../../src/sandbox/org/org-error.ts';
import { stageOrg, stageServer } from './org-stage.ts';

let org: SandboxOrg;
beforeAll(() => {
  ({ org } = stageOrg());
  const account = (Name: string, more: Record<string, string | number | boolean> = {}) =>
    org.insert('Account', { Name, ...more });
  const acme = account('Acme', {
    Industry: 'Energy',
    AnnualRevenue: 100,
    NPS_Last_Survey_Date__c: '2026-11-22T09:00:00Z',
  });
  const beta = account("Beta's", {
    Industry: 'Media',
    AnnualRevenue: 300,
    NPS_Last_Survey_Date__c: '2026-11-21T23:59:59Z',
  });
  account('gamma_1', { NPS_Survey_Opt_Out__c: true, NPS_Last_Survey_Date__c: '2026-10-22T12:00:00Z' });
  org.insert('Contact', { LastName: 'One', AccountId: acme });
  org.insert('Contact', { LastName: 'Two', AccountId: beta });
  org.insert('Contact', { LastName: 'Three' });
});

const names = (soql: string) => org.query(soql).map(({ Name }) => Name);

describe('a WHERE clause selects accounts', () => {
  test.each([
    ["Name = 'ACME'", ['Acme']],
    ["Name = 'Beta\\'s'", ["Beta's"]],
    ["Name LIKE 'a%'", ['Acme']],
    ["Name LIKE '_eta%'", ["Beta's"]],
    ["Name LIKE '%\\_1'", ['gamma_1']],
    ["Name LIKE 'ac_'", []],
    ['Industry = null', ['gamma_1']],
    ['Industry != null', ['Acme', "Beta's"]],
    ["Industry != 'Energy'", ["Beta's", 'gamma_1']],
    ["Industry NOT IN ('Energy')", ["Beta's", 'gamma_1']],
    ["Industry IN ('energy', null)", ['Acme', 'gamma_1']],
    ['AnnualRevenue > 100', ["Beta's"]],
    ['AnnualRevenue < 200', ['Acme']],
    ['AnnualRevenue >= 100 AND AnnualRevenue <= 300', ['Acme', "Beta's"]],
    ['NPS_Survey_Opt_Out__c = true', ['gamma_1']],
    ["(Name = 'Acme' OR Name = 'gamma_1') AND Industry != null", ['Acme']],
    ["NOT (Name = 'Acme' OR Industry = null)", ["Beta's"]],
    ["(NOT Name LIKE 'a%') AND NPS_Survey_Opt_Out__c = false", ["Beta's"]],
    ['NPS_Last_Survey_Date__c = TODAY', ['Acme']],
    ['NPS_Last_Survey_Date__c = YESTERDAY', ["Beta's"]],
    ['NPS_Last_Survey_Date__c < TODAY', ["Beta's", 'gamma_1']],
    ['NPS_Last_Survey_Date__c >= LAST_N_DAYS:1', ['Acme', "Beta's"]],
    ['NPS_Last_Survey_Date__c = N_DAYS_AGO:31', ['gamma_1']],
    ['NPS_Last_Survey_Date__c = THIS_MONTH', ['Acme', "Beta's"]],
    ['NPS_Last_Survey_Date__c = LAST_MONTH', ['gamma_1']],
    ['NPS_Last_Survey_Date__c > THIS_WEEK', []],
    ['NPS_Last_Survey_Date__c = THIS_WEEK', ['Acme']],
    ['NPS_Last_Survey_Date__c <= 2026-11-21T23:59:59Z', ["Beta's", 'gamma_1']],
    ['NPS_Last_Survey_Date__c > 2026-11-22T09:59:00+01:00', ['Acme']],
    ['CreatedDate = NEXT_N_DAYS:3', []],
    ["Owner.Username = 'admin@sandbox.example' AND Name = 'Acme'", ['Acme']],
    ["Id IN (SELECT AccountId FROM Contact WHERE LastName = 'Two')", ["Beta's"]],
  ])('%s', (where, expected) => {
    expect(names(`SELECT Name FROM Account WHERE ${where}`)).toEqual(expected);
  });
});

describe('rows come', () => {
  test.each([
    ['ORDER BY Name DESC', ['gamma_1', "Beta's", 'Acme']],
    ['ORDER BY Industry', ['gamma_1', 'Acme', "Beta's"]],
    ['ORDER BY Industry DESC', ['gamma_1', "Beta's", 'Acme']],
    ['ORDER BY Industry NULLS LAST', ['Acme', "Beta's", 'gamma_1']],
    ['ORDER BY NPS_Survey_Opt_Out__c, AnnualRevenue DESC', ["Beta's", 'Acme', 'gamma_1']],
    ['ORDER BY Name LIMIT 1 OFFSET 1', ["Beta's"]],
  ])('%s', (order, expected) => {
    expect(names(`SELECT Name FROM Account ${order}`)).toEqual(expected);
  });
});

test('parents stand nested, in their right spelling, null when there is none', () => {
  const rows = org.query('SELECT lastname, c.account.name, Account.Owner.NAME FROM Contact c ORDER BY LastName');
  expect(rows).toEqual([
    { LastName: 'One', Account: { Name: 'Acme', Owner: { Name: 'Ada Admin' } } },
    { LastName: 'Three', Account: null },
    { LastName: 'Two', Account: { Name: "Beta's", Owner: { Name: 'Ada Admin' } } },
  ]);
});

test('an id of 15 characters finds its row', () => {
  const [row] = org.query("SELECT Id FROM Account WHERE Name = 'Acme'");
  expect(names(`SELECT Name FROM Account WHERE Id = '${String(row?.Id).slice(0, 15)}'`)).toEqual(['Acme']);
});

test('groups are counted, summed and filtered', () => {
  const soql =
    'SELECT Industry, COUNT(Id) n, SUM(AnnualRevenue), MAX(Name) FROM Account GROUP BY Industry HAVING COUNT(Id) > 0 ORDER BY SUM(AnnualRevenue) DESC NULLS LAST';
  expect(org.query(soql)).toEqual([
    { Industry: 'Media', n: 1, expr0: 300, expr1: "Beta's" },
    { Industry: 'Energy', n: 1, expr0: 100, expr1: 'Acme' },
    { Industry: null, n: 1, expr0: null, expr1: 'gamma_1' },
  ]);
});

describe('a query is refused in Salesforce’s words:', () => {
  test.each([
    ['SELEC Id FROM Account', 'MALFORMED_QUERY', ''],
    ['SELECT Nope FROM Account', 'INVALID_FIELD', "No such column 'Nope' on entity 'Account'"],
    ['SELECT Nope__r.Name FROM Account', 'INVALID_FIELD', "Didn't understand relationship 'Nope__r' in field path"],
    ['SELECT What.Industry FROM Task', 'INVALID_FIELD', "No such column 'Industry' on entity 'Name'"],
    ['SELECT Id FROM Nope', 'INVALID_TYPE', "sObject type 'Nope' is not supported"],
    ['SELECT Id FROM NPS_Lifecycle__e', 'INVALID_TYPE', "sObject type 'NPS_Lifecycle__e' is not supported"],
    [
      'SELECT Id FROM Account WHERE Name = 5',
      'INVALID_FIELD',
      'must be of type string and should be enclosed in quotes',
    ],
    [
      "SELECT Id FROM Contract WHERE EndDate = '2026-01-01'",
      'INVALID_FIELD',
      'must be of type date and should not be enclosed',
    ],
    ["SELECT Id FROM Account WHERE Description = 'x'", 'INVALID_FIELD', "field 'Description' can not be filtered"],
    ['SELECT Id FROM Account ORDER BY Description', 'INVALID_FIELD', "field 'Description' can not be sorted"],
    ["SELECT Id FROM Account WHERE Id = 'x'", 'INVALID_QUERY_FILTER_OPERATOR', 'invalid ID field: x'],
    [
      "SELECT Id FROM Account WHERE Name = 'a' AND Name = 'b' OR Name = 'c'",
      'MALFORMED_QUERY',
      "unexpected token: 'OR'",
    ],
    ['SELECT Name, COUNT(Id) FROM Account', 'MALFORMED_QUERY', 'Field must be grouped or aggregated: Name'],
    ['SELECT Id FROM Account LIMIT 1 OFFSET 2001', 'NUMBER_OUTSIDE_VALID_RANGE', 'Maximum SOQL offset allowed is 2000'],
    ['SELECT FIELDS(ALL) FROM Account LIMIT 200', 'NOT_IMPLEMENTED', 'FIELDS()'],
    ['SELECT Id, (SELECT Id FROM Nopes) FROM Account', 'INVALID_TYPE', "Didn't understand relationship 'Nopes'"],
  ])('%s', (soql, errorCode, message) => {
    expect(() => org.query(soql)).toThrow(OrgError);
    expect(() => org.query(soql)).toThrow(
      expect.objectContaining({ errorCode, message: expect.stringContaining(message) }),
    );
  });
});

test('jsforce pages through more than 2,000 rows, each with its attributes', async () => {
  await using stage = await stageServer();
  stage.org.transaction(() => {
    for (let n = 0; n < 2001; n++) stage.org.insert('Account', { Name: `Account ${n}` });
  });
  const connection = await stage.connect();
  const first = await connection.query('SELECT Id, Owner.Name FROM Account');
  expect(first).toMatchObject({ totalSize: 2001, done: false });
  expect(first.records).toHaveLength(2000);
  const rest = await connection.queryMore(first.nextRecordsUrl ?? '');
  expect(rest).toMatchObject({ totalSize: 2001, done: true });
  expect(rest.records[0]).toMatchObject({
    attributes: { type: 'Account', url: `/services/data/v68.0/sobjects/Account/${rest.records[0]?.Id}` },
    Owner: { attributes: { type: 'User' }, Name: 'Ada Admin' },
  });
  expect(await connection.query('SELECT COUNT() FROM Account')).toMatchObject({ totalSize: 2001, records: [] });
});
