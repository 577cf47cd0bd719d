import { beforeEach, describe, expect, test } from 'vitest';
import type { SandboxOrg } from '../../../src/sandbox/org/open-org.ts';
import type { FieldValue, PublishedEvent } from '../../../src/sandbox/org/org.ts';
import { readMetadataRecords } from '../../../src/sandbox/org/schema/metadata-records.ts';
import { stageOrg } from '../org/org-stage.ts';

/** The flows in force-app, in an org whose triggers are active since long. */

let now: Date;
let org: SandboxOrg;
let published: Pick<PublishedEvent, 'event' | 'payload' | 'publishedBy'>[];
let accountId: string;

const setTrigger = (name: string, more: Record<string, FieldValue> = {}) => {
  const found = readMetadataRecords(org.metadata()).find(({ developerName }) => developerName === name);
  if (!found) throw new Error(`There is no trigger ${name}.`);
  const active = { Active__c: true, Active_From__c: '2026-01-01' };
  org.deployRecord(found.type, name, found.label, { ...found.fields, ...active, ...more });
};

beforeEach(() => {
  now = new Date('2026-11-22T10:00:00Z');
  const stage = stageOrg(undefined, () => now);
  ({ org, published } = stage);
  for (const name of ['First_Value', 'Usage_Milestone', 'Post_Resolution', 'Pre_Renewal']) setTrigger(name);
  accountId = org.insert('Account', { Name: 'Acme' });
});

const untilTheDay = (day: string) => {
  now = new Date(`${day}T05:00:00Z`);
  org.flows.runDue();
};
const contractFrom = (StartDate: string, Status = 'Activated') => {
  const id = org.insert('Contract', { AccountId: accountId, StartDate, ContractTerm: 12, Status: 'Draft' });
  org.update('Contract', id, { Status });
  return id;
};
const health = (trigger: string) =>
  org.query(`SELECT State__c, Count__c, Message__c FROM NPS_Health__c WHERE Key__c = 'flow-run-${trigger}'`)[0];

describe('the daily flows publish', () => {
  test('a contract that started 45 days ago, once a day until its moment is decided', () => {
    const Source_Id__c = contractFrom('2026-10-09');
    untilTheDay('2026-11-23');
    const moment = { Trigger__c: 'First_Value', Account_Id__c: accountId, Source_Id__c, Anchor_Date__c: '2026-10-09' };
    expect(published).toMatchObject([
      { event: 'NPS_Lifecycle__e', payload: moment, publishedBy: 'flow:NPS_First_Value' },
    ]);
    expect(health('first_value')).toEqual({ State__c: 'OK', Count__c: 1, Message__c: null });
    untilTheDay('2026-11-24');
    expect(published).toHaveLength(2);
    org.insert('NPS_Survey__c', {
      Survey_Key__c: 'k',
      Account__c: accountId,
      Trigger__c: 'First_Value',
      Source_Id__c,
      Anchor_Date__c: '2026-10-09',
    });
    untilTheDay('2026-11-25');
    expect(published).toHaveLength(2);
  });

  test('a contract that ends in 75 days', () => {
    contractFrom('2026-02-07');
    untilTheDay('2026-11-23');
    expect(published).toMatchObject([
      { payload: { Trigger__c: 'Pre_Renewal', Anchor_Date__c: '2027-02-06' }, publishedBy: 'flow:NPS_Pre_Renewal' },
    ]);
  });

  test('a case that was closed 14 days ago, with its contact', () => {
    const ContactId = org.insert('Contact', { AccountId: accountId, LastName: 'Ann' });
    const Id = org.insert('Case', {
      AccountId: accountId,
      ContactId,
      Status: 'Closed',
      ClosedDate: '2026-11-09T23:30:00Z',
    });
    untilTheDay('2026-11-23');
    expect(published).toMatchObject([
      {
        payload: {
          Trigger__c: 'Post_Resolution',
          Contact_Id__c: ContactId,
          Source_Id__c: Id,
          Anchor_Date__c: '2026-11-09',
        },
        publishedBy: 'flow:NPS_Post_Resolution',
      },
    ]);
  });

  test('what was missed within the look-back, and nothing older, later or inactive', () => {
    for (const [start, status] of [['2026-10-03'], ['2026-10-01'], ['2026-10-10'], ['2026-10-09', 'Draft']] as const) {
      contractFrom(start, status);
    }
    untilTheDay('2026-11-23');
    expect(published.map(({ payload }) => payload.Anchor_Date__c)).toEqual(['2026-10-03']);
  });
});

describe('a flow stands down', () => {
  test.each([
    ['the trigger is inactive', { Active__c: false }],
    ['it names another object', { Source_Object__c: 'Asset' }],
    ['it names another condition', { Condition__c: "StatusCode = 'Draft'" }],
  ])('when %s', (_, more) => {
    contractFrom('2026-10-09');
    setTrigger('First_Value', more);
    untilTheDay('2026-11-23');
    expect(published).toEqual([]);
  });

  test('for moments before the trigger was active', () => {
    contractFrom('2026-10-09');
    setTrigger('First_Value', { Active_From__c: '2026-11-24' });
    untilTheDay('2026-11-23');
    expect(published).toEqual([]);
  });
});

describe('the usage milestone', () => {
  const stamp = () =>
    org.query(
      `SELECT NPS_Usage_Milestone__c, NPS_Usage_Milestone_Reached_On__c FROM Account WHERE Id = '${accountId}'`,
    )[0];
  const threshold = () =>
    org.query("SELECT Threshold__c FROM NPS_Trigger__mdt WHERE DeveloperName = 'Usage_Milestone'")[0]?.Threshold__c;

  test('is stamped and published when usage crosses the threshold, and not again', () => {
    const limit = Number(threshold());
    org.update('Account', accountId, { NPS_Usage__c: limit - 1 });
    expect(published).toEqual([]);
    org.update('Account', accountId, { NPS_Usage__c: limit });
    expect(stamp()).toEqual({ NPS_Usage_Milestone__c: limit, NPS_Usage_Milestone_Reached_On__c: '2026-11-22' });
    const moment = { Trigger__c: 'Usage_Milestone', Account_Id__c: accountId, Anchor_Date__c: '2026-11-22' };
    expect(published).toMatchObject([{ payload: moment, publishedBy: 'flow:NPS_Usage_Milestone' }]);
    org.update('Account', accountId, { NPS_Usage__c: limit - 1 });
    org.update('Account', accountId, { NPS_Usage__c: limit + 1 });
    org.update('Account', accountId, { Name: 'Renamed' });
    expect(published).toHaveLength(1);
  });

  test('is neither stamped nor published while the trigger is inactive', () => {
    setTrigger('Usage_Milestone', { Active__c: false });
    org.update('Account', accountId, { NPS_Usage__c: Number(threshold()) });
    expect(stamp()).toEqual({ NPS_Usage_Milestone__c: null, NPS_Usage_Milestone_Reached_On__c: null });
    expect(published).toEqual([]);
  });
});
