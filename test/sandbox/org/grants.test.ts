import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { SandboxOrg, Session } from '../../../src/sandbox/org/open-org.ts';
import { refusalOf, stageOrg } from './org-stage.ts';

const PATH = 'permissionsets/NPS_Integration.permissionset-meta.xml';

let org: SandboxOrg;
let service: () => Session;
let account: string;
beforeAll(() => {
  ({ org } = stageOrg());
  service = () => org.as(org.userId('nps.integration@sandbox.example'));
  account = org.insert('Account', { Name: 'Acme' });
});

const SHIPPED =
  stageOrg()
    .org.metadata()
    .find(({ path }) => path === PATH)?.text ?? '';
afterEach(() => org.install([{ path: PATH, text: SHIPPED }], { checkOnly: false }));

const GRANTS = [...SHIPPED.matchAll(/<(\w+Permissions|customMetadataTypeAccesses)>[\s\S]*?<\/\1>/g)].map(
  ([xml, kind]) => ({
    kind,
    xml,
    name: /<(?:field|object|name)>([^<]+)</.exec(xml)?.[1] ?? '',
  }),
);
const fields = GRANTS.filter(({ kind }) => kind === 'fieldPermissions');

/** What the service is left with when an admin forgets something. */
function forgetting(what: string | RegExp, instead = ''): void {
  const text = SHIPPED.replace(what, instead);
  if (text === SHIPPED) throw new Error(`The permission set does not say ${what}.`);
  org.install([{ path: PATH, text }], { checkOnly: false });
}

const grantOf = (name: string) => GRANTS.find((each) => each.name === name)?.xml ?? `no grant of ${name}`;
const without = (name: string, right: string) => {
  const xml = grantOf(name);
  forgetting(xml, xml.replace(`<${right}>true`, `<${right}>false`));
};

test('the service’s permission set is assigned at founding; taken away, nothing is left; given back, all is', () => {
  const admin = org.as(org.userId('admin@sandbox.example'));
  const [assignment] = org.query(
    "SELECT Id, AssigneeId, PermissionSetId FROM PermissionSetAssignment WHERE PermissionSet.Name = 'NPS_Integration'",
  );
  expect(service().select('SELECT Id FROM Account').rows).toHaveLength(1);
  const { AssigneeId, PermissionSetId } = assignment ?? {};
  const assign = () => admin.insert('PermissionSetAssignment', { AssigneeId, PermissionSetId });
  expect(refusalOf(assign)).toMatchObject({ errorCode: 'DUPLICATE_VALUE' });
  admin.delete('PermissionSetAssignment', String(assignment?.Id));
  expect(refusalOf(() => service().select('SELECT Id FROM Account'))).toMatchObject({ errorCode: 'INVALID_TYPE' });
  expect(refusalOf(() => service().insert('PermissionSetAssignment', { AssigneeId: service().userId }))).toMatchObject({
    errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY',
  });
  expect(refusalOf(assign)).toBe('accepted');
  expect(service().select('SELECT Id FROM Account').rows).toHaveLength(1);
});

describe('a field that nobody granted does not exist for the service', () => {
  test.each(fields.map(({ name, xml }) => [name, xml]))('%s', (name, xml) => {
    const [sobject = '', field = ''] = name.split('.');
    expect(service().schema.get(sobject).field(field)?.name).toBe(field);
    forgetting(xml);
    const asked = refusalOf(() => service().select(`SELECT ${field} FROM ${sobject}`));
    expect(asked).toMatchObject({
      errorCode: 'INVALID_FIELD',
      message: expect.stringContaining(`No such column '${field}'`),
    });
    const written = refusalOf(() => service().insert(sobject, { [field]: null }));
    expect(written).toMatchObject({
      errorCode: expect.stringMatching(/INVALID_FIELD|INSUFFICIENT_ACCESS_OR_READONLY/),
    });
  });
});

test('a field that is only read is refused by name when it is written', () => {
  without('Account.NPS_Score__c', 'editable');
  expect(service().schema.get('Account').field('NPS_Score__c')).toMatchObject({ createable: false, updateable: false });
  expect(refusalOf(() => service().update('Account', account, { NPS_Score__c: 9 }))).toEqual({
    errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
    message: expect.stringContaining('NPS_Score__c'),
    fields: ['NPS_Score__c'],
  });
});

describe('an object without the grant', () => {
  test.each(['Account', 'Contact', 'NPS_Survey__c', 'NPS_Response__c'])('to read it is not there: %s', (name) => {
    without(name, 'allowRead');
    expect(refusalOf(() => service().select(`SELECT Id FROM ${name}`))).toMatchObject({ errorCode: 'INVALID_TYPE' });
    expect(refusalOf(() => service().row(name, account))).toMatchObject({ errorCode: 'NOT_FOUND' });
    expect(
      service()
        .schema.all()
        .map((each) => each.name),
    ).not.toContain(name);
  });

  test('to read a parent hides the way there, too', () => {
    without('Contact', 'allowRead');
    expect(refusalOf(() => service().select('SELECT Contact__r.Name FROM NPS_Survey__c'))).toMatchObject({
      errorCode: 'INVALID_FIELD',
      message: expect.stringContaining("Didn't understand relationship 'Contact__r'"),
    });
  });

  const refused = {
    errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY',
    message: 'insufficient access rights on object id',
    fields: [],
  };
  test('to create, edit or delete is read-only', () => {
    without('NPS_Survey__c', 'allowCreate');
    expect(refusalOf(() => service().insert('NPS_Survey__c', { Survey_Key__c: 'a' }))).toEqual(refused);
    const survey = org.insert('NPS_Survey__c', { Survey_Key__c: 'b' });
    without('NPS_Survey__c', 'allowEdit');
    expect(refusalOf(() => service().update('NPS_Survey__c', survey, { Status__c: 'Sent' }))).toEqual(refused);
    const key = { field: 'Survey_Key__c', value: 'b' };
    expect(refusalOf(() => service().upsert('NPS_Survey__c', key, { Status__c: 'Sent' }))).toEqual(refused);
    without('NPS_Survey__c', 'allowDelete');
    expect(refusalOf(() => service().delete('NPS_Survey__c', survey))).toEqual(refused);
  });

  test('to create an event cannot be published, and without reading it its topic is closed', () => {
    const event = { Trigger__c: 'First_Value', Account_Id__c: account };
    expect(refusalOf(() => service().insert('NPS_Lifecycle__e', event))).toEqual(refused);
    without('NPS_Lifecycle__e', 'allowRead');
    expect(refusalOf(() => service().insert('NPS_Lifecycle__e', event))).toMatchObject({ errorCode: 'NOT_FOUND' });
  });
});

test('Tasks need the user permission EditTask', () => {
  expect(service().insert('Task', { Subject: 'Call', WhatId: account })).toMatch(/^00T/);
  forgetting(/<name>EditTask</, '<name>EditEvent<');
  expect(refusalOf(() => service().insert('Task', { Subject: 'Call', WhatId: account }))).toMatchObject({
    errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY',
  });
  expect(service().select('SELECT Subject FROM Task').rows).toHaveLength(1);
});

test('custom metadata is read only with its own grant', () => {
  expect(service().select('SELECT DeveloperName FROM NPS_Trigger__mdt').rows).toHaveLength(5);
  forgetting(grantOf('NPS_Trigger__mdt'));
  expect(refusalOf(() => service().select('SELECT DeveloperName FROM NPS_Trigger__mdt'))).toMatchObject({
    errorCode: 'INVALID_TYPE',
    message: expect.stringContaining("sObject type 'NPS_Trigger__mdt' is not supported"),
  });
});

test('without View All and Modify All rows of others are silently missing', () => {
  const xml = grantOf('Account');
  forgetting(
    xml,
    xml
      .replace('viewAllRecords>true', 'viewAllRecords>false')
      .replace('modifyAllRecords>true', 'modifyAllRecords>false'),
  );
  expect(service().select('SELECT Id FROM Account').rows).toEqual([]);
  expect(refusalOf(() => service().update('Account', account, { NPS_Score__c: 9 }))).toMatchObject({
    errorCode: 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
  });
});

test('with View All, but not Modify All, they are read-only', () => {
  without('Account', 'modifyAllRecords');
  expect(service().select('SELECT Id FROM Account').rows).toHaveLength(1);
  expect(refusalOf(() => service().update('Account', account, { NPS_Score__c: 9 }))).toMatchObject({
    errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY',
  });
});

test('the admin sees and does all of it, granted or not', () => {
  const admin = org.as(org.userId('admin@sandbox.example'));
  forgetting(/<fieldPermissions>[\s\S]*<\/fieldPermissions>/);
  admin.update('Account', account, { NPS_Score__c: 9 });
  expect(admin.select('SELECT NPS_Score__c FROM Account').rows[0]?.fields).toEqual({ NPS_Score__c: 9 });
});
