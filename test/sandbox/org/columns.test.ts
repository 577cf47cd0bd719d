import { expect, it } from 'vitest';
import { columnsOf } from '../../../src/sandbox/org/soql/columns.ts';
import { stageOrg } from './org-stage.ts';

const { schema } = stageOrg().org;
const columns = (soql: string) => columnsOf(schema, soql);

it('tells the columns of a query, whatever the case of its names, with types', () => {
  expect(columns('SELECT id, nps_score__c FROM account')).toMatchObject({
    entityName: 'Account',
    keyPrefix: '001',
    idSelected: true,
    groupBy: false,
    columnMetadata: [
      { columnName: 'Id', apexType: 'Id', custom: false, joinColumns: [] },
      { columnName: 'NPS_Score__c', numberType: true, custom: true, updatable: true },
    ],
  });
});

it('joins the columns of parents and of children', () => {
  expect(columns('SELECT Owner.Manager.Name, (SELECT LastName FROM Contacts) FROM Account')).toMatchObject({
    columnMetadata: [
      {
        columnName: 'Owner',
        aggregate: false,
        joinColumns: [{ columnName: 'Manager', joinColumns: [{ columnName: 'Name', textType: true }] }],
      },
      { columnName: 'Contacts', aggregate: true, joinColumns: [{ columnName: 'LastName' }] },
    ],
  });
});

it('numbers the functions that have no alias', () => {
  expect(columns('SELECT COUNT(Id), MAX(Name) newest, MIN(Name) FROM Account GROUP BY Type')).toMatchObject({
    groupBy: true,
    columnMetadata: [
      { columnName: 'expr0', aggregate: true, displayName: 'COUNT(Id)' },
      { columnName: 'newest', aggregate: true },
      { columnName: 'expr1', aggregate: true },
    ],
  });
});
