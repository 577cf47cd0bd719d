import { beforeAll, describe, expect, test } from 'vitest';
import type { SandboxOrg, Session } from '../../../src/sandbox/org/open-org.ts';
import { refusalOf, stageOrg } from './org-stage.ts';

let org: SandboxOrg;
let boss: Session;
let lena: Session;
let daniel: Session;
const ids: Record<string, string> = {};

beforeAll(() => {
  ({ org } = stageOrg());
  const top = org.insert('UserRole', { Name: 'Director' });
  const below = org.insert('UserRole', { Name: 'CSM', ParentRoleId: top });
  const user = (name: string, UserRoleId: string) => {
    const Username = `${name}@example.com`;
    return org.as(org.insert('User', { Username, Email: Username, LastName: name, UserRoleId }));
  };
  [boss, lena, daniel] = [user('boss', top), user('lena', below), user('daniel', below)];
  ids.account = org.insert('Account', { Name: 'Lena’s', OwnerId: lena.userId });
  ids.other = org.insert('Account', { Name: 'Daniel’s', OwnerId: daniel.userId });
  ids.contact = org.insert('Contact', { LastName: 'Byron', AccountId: ids.account, OwnerId: daniel.userId });
  ids.alone = org.insert('Contact', { LastName: 'Private', OwnerId: lena.userId });
  ids.case = org.insert('Case', { Subject: 'Help', AccountId: ids.other, OwnerId: daniel.userId });
  ids.task = org.insert('Task', { Subject: 'Call', WhatId: ids.account, OwnerId: lena.userId });
  ids.hers = org.insert('Task', { Subject: 'For Daniel', WhatId: ids.account, OwnerId: daniel.userId });
  org.insert('NPS_Survey__c', { Survey_Key__c: 'shared', Account__c: ids.account });
  org.insert('NPS_Response__c', { Response_Key__c: 'shared', Account__c: ids.account });
});

const names = (session: Session, soql: string) =>
  session.select(soql).rows.map(({ fields }) => fields.Name ?? fields.LastName ?? fields.Subject);

describe('private records are seen', () => {
  test('by their owner and by those above, not by colleagues of the same role', () => {
    expect(names(lena, 'SELECT Name FROM Account')).toEqual(['Lena’s']);
    expect(names(boss, 'SELECT Name FROM Account ORDER BY Name')).toEqual(['Daniel’s', 'Lena’s']);
    expect(names(boss, 'SELECT Subject FROM Case')).toEqual(['Help']);
    expect(names(lena, 'SELECT Subject FROM Case')).toEqual([]);
  });

  test('with their account, when its sharing controls theirs; a contact without one stays private', () => {
    expect(names(lena, 'SELECT LastName FROM Contact ORDER BY LastName')).toEqual(['Byron', 'Private']);
    expect(names(daniel, 'SELECT LastName FROM Contact')).toEqual(['Byron']);
  });

  test('and who owns something below an account sees the account, but may not change it', () => {
    expect(names(daniel, 'SELECT Name FROM Account ORDER BY Name')).toEqual(['Daniel’s', 'Lena’s']);
    expect(refusalOf(() => daniel.update('Account', ids.account ?? '', { Industry: 'Energy' }))).toMatchObject({
      errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY',
    });
  });

  test('by nobody else: not by id, not as a parent, and not for a lookup', () => {
    expect(lena.row('Account', ids.other ?? '')).toBeUndefined();
    expect(refusalOf(() => lena.insert('Case', { Subject: 'X', AccountId: ids.other }))).toMatchObject({
      errorCode: 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
    });
  });
});

test('a Task is read with its account, but edited only by its owner and those above', () => {
  expect(names(lena, 'SELECT Subject FROM Task ORDER BY Subject')).toEqual(['Call', 'For Daniel']);
  const update = (session: Session, id = '') => refusalOf(() => session.update('Task', id, { Status: 'Completed' }));
  expect(update(lena, ids.task)).toBe('accepted');
  expect(update(boss, ids.hers)).toBe('accepted');
  expect(update(lena, ids.hers)).toMatchObject({ errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY' });
});

test('our own objects follow their sharing model: invitations are public, responses follow the account', () => {
  const outsider = org.as(org.insert('User', { Username: 'x@y.example', Email: 'x@y.example', LastName: 'X' }));
  const reads = ['NPS_Response__c', 'NPS_Survey__c'].map(
    (object) => `<objectPermissions><allowRead>true</allowRead><object>${object}</object></objectPermissions>`,
  );
  const text = `<PermissionSet><label>Reader</label>${reads.join('')}</PermissionSet>`;
  org.install([{ path: 'permissionsets/Reader.permissionset-meta.xml', text }], { checkOnly: false });
  const [reader] = org.query("SELECT Id FROM PermissionSet WHERE Name = 'Reader'");
  for (const { userId } of [lena, outsider]) {
    org.insert('PermissionSetAssignment', { AssigneeId: userId, PermissionSetId: String(reader?.Id) });
  }
  const count = ({ userId }: Session, sobject: string) =>
    org.as(userId).select(`SELECT Id FROM ${sobject}`).rows.length;
  expect([count(lena, 'NPS_Survey__c'), count(outsider, 'NPS_Survey__c')]).toEqual([1, 1]);
  expect([count(lena, 'NPS_Response__c'), count(outsider, 'NPS_Response__c')]).toEqual([1, 0]);
});
