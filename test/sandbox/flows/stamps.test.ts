import { beforeEach, describe, expect, test } from 'vitest';
import type { SandboxOrg } from '../../../src/sandbox/org/open-org.ts';
import type { FieldValue } from '../../../src/sandbox/org/org.ts';
import { stageOrg } from '../org/org-stage.ts';

/** What an account had answered is frozen where its decisions are judged. */

let now: Date;
let org: SandboxOrg;
let accountId: string;
let answers = 0;

beforeEach(() => {
  now = new Date('2026-11-22T10:00:00Z');
  ({ org } = stageOrg(undefined, () => now));
  accountId = org.insert('Account', { Name: 'Acme' });
});

const segmentOf = (score: number) => (score >= 9 ? 'Promoter' : score >= 7 ? 'Passive' : 'Detractor');
const answered = (Score__c: number, at: string, more: Record<string, FieldValue> = {}) =>
  org.insert('NPS_Response__c', {
    ...{ Response_Key__c: `answer-${answers++}`, Account__c: accountId, Score__c, Segment__c: segmentOf(Score__c) },
    ...{ Verdict__c: 'Confirmed', Responded_At__c: at, ...more },
  });
const opportunity = (StageName: string, CloseDate: string) =>
  org.insert('Opportunity', { Name: 'Renewal', AccountId: accountId, StageName, CloseDate });
const stamps = (object: 'Opportunity' | 'Contract', id: string) => {
  const fields = ['NPS_Segment_At_Close__c', 'NPS_Score_At_Close__c', 'NPS_Response_Age_At_Close__c'];
  return Object.values(org.query(`SELECT ${fields} FROM ${object} WHERE Id = '${id}'`)[0] ?? {});
};

describe('an opportunity', () => {
  test('gets the newest counted answer given by the day it closes, and keeps it', () => {
    answered(3, '2026-06-01T10:00:00Z');
    answered(9, '2026-11-12T23:59:00Z');
    answered(0, '2026-11-15T10:00:00Z', { Verdict__c: 'Provisional' });
    answered(1, '2026-11-16T10:00:00Z', { Verdict__c: 'Void' });
    const id = opportunity('Negotiation/Review', '2026-11-22');
    expect(stamps('Opportunity', id)).toEqual([null, null, null]);
    org.update('Opportunity', id, { StageName: 'Closed Won' });
    expect(stamps('Opportunity', id)).toEqual(['Promoter', 9, 10]);
    answered(2, '2026-11-22T09:00:00Z');
    org.update('Opportunity', id, { Amount: 5 });
    expect(stamps('Opportunity', id)).toEqual(['Promoter', 9, 10]);
  });

  test('that is closed late gets what was known on its close date', () => {
    answered(4, '2026-10-31T23:59:59Z');
    answered(10, '2026-11-01T00:00:00Z');
    expect(stamps('Opportunity', opportunity('Closed Lost', '2026-10-31'))).toEqual(['Detractor', 4, 0]);
  });

  test('that closes ahead of its close date gets what is known today', () => {
    answered(8, '2026-11-20T10:00:00Z');
    expect(stamps('Opportunity', opportunity('Closed Won', '2027-03-01'))).toEqual(['Passive', 8, 2]);
  });

  test.each([
    [365, 'Promoter'],
    [366, 'Stale'],
  ])('whose newest answer is %i days old is %s', (days, segment) => {
    answered(9, new Date(now.getTime() - days * 86_400_000).toISOString());
    expect(stamps('Opportunity', opportunity('Closed Won', '2026-11-22'))).toEqual([segment, 9, days]);
  });

  test('of an account that nobody answered for says None', () => {
    expect(stamps('Opportunity', opportunity('Closed Won', '2026-11-22'))).toEqual(['None', null, null]);
  });

  test('is cleared when it is reopened, and stamped anew when it closes again', () => {
    answered(9, '2026-11-20T10:00:00Z');
    const id = opportunity('Closed Won', '2026-11-22');
    org.update('Opportunity', id, { StageName: 'Prospecting' });
    expect(stamps('Opportunity', id)).toEqual([null, null, null]);
    answered(5, '2026-11-21T10:00:00Z');
    org.update('Opportunity', id, { StageName: 'Closed Lost' });
    expect(stamps('Opportunity', id)).toEqual(['Detractor', 5, 1]);
  });

  test('looks back as far as the settings say', () => {
    org.deployRecord('NPS_Setting__mdt', 'Default', 'Default', { Rolling_Window_Days__c: 30 });
    answered(9, '2026-10-20T10:00:00Z');
    expect(stamps('Opportunity', opportunity('Closed Won', '2026-11-22'))).toEqual(['Stale', 9, 33]);
  });
});

describe('a contract', () => {
  const ending = (StartDate: string, ContractTerm = 12) => {
    const id = org.insert('Contract', { AccountId: accountId, StartDate, ContractTerm, Status: 'Draft' });
    org.update('Contract', id, { Status: 'Activated' });
    return id;
  };
  const night = (day: string) => {
    now = new Date(`${day}T05:00:00Z`);
    org.flows.runDue();
  };

  test('that ended gets the newest counted answer given by its last day, in the night after it', () => {
    answered(9, '2026-11-13T10:00:00Z');
    const id = ending('2025-11-24');
    answered(2, '2026-11-24T00:30:00Z');
    night('2026-11-23');
    expect(stamps('Contract', id)).toEqual([null, null, null]);
    night('2026-11-24');
    expect(stamps('Contract', id)).toEqual(['Promoter', 9, 10]);
  });

  test('that ended years ago is stamped with what was known then', () => {
    answered(6, '2020-05-01T10:00:00Z');
    answered(9, '2026-11-13T10:00:00Z');
    const id = ending('2019-07-01');
    night('2026-11-23');
    expect(stamps('Contract', id)).toEqual(['Detractor', 6, 60]);
  });

  test('that is extended is cleared', () => {
    const id = ending('2025-11-24');
    night('2026-11-24');
    expect(stamps('Contract', id)).toEqual(['None', null, null]);
    org.update('Contract', id, { ContractTerm: 24 });
    night('2026-11-25');
    expect(stamps('Contract', id)).toEqual([null, null, null]);
  });
});

describe('an answer', () => {
  const read = (id: string, fields: string) =>
    Object.values(org.query(`SELECT ${fields} FROM NPS_Response__c WHERE Id = '${id}'`)[0] ?? {});

  test.each([
    ['Confirmed', true],
    ['Accepted', true],
    ['Provisional', false],
    ['Unresolved', false],
    ['Void', false],
  ])('that is %s counts: %s', (Verdict__c, counts) => {
    expect(read(answered(9, '2026-11-20T10:00:00Z', { Verdict__c }), 'Is_Counted__c')).toEqual([counts]);
  });

  test('of a test does not count', () => {
    const Survey__c = org.insert('NPS_Survey__c', { Survey_Key__c: 'test', Is_Test__c: true });
    expect(read(answered(9, '2026-11-20T10:00:00Z', { Survey__c }), 'Is_Counted__c')).toEqual([false]);
  });

  test.each([
    [10, 100],
    [7, 0],
    [6, -100],
  ])('of %i has %i net points', (score, points) => {
    expect(read(answered(score, '2026-11-20T10:00:00Z'), 'Net_Points__c')).toEqual([points]);
  });

  test('says the industry of its account', () => {
    expect(read(answered(9, '2026-11-20T10:00:00Z'), 'Industry__c')).toEqual(['Unknown']);
    org.update('Account', accountId, { Industry: 'Energy' });
    expect(read(answered(9, '2026-11-20T10:00:00Z'), 'Industry__c')).toEqual(['Energy']);
  });

  test.each([
    [null, 'Unknown'],
    [0, '1: under 10 K'],
    [9_999.99, '1: under 10 K'],
    [10_000, '2: 10 K to 50 K'],
    [49_999.99, '2: 10 K to 50 K'],
    [50_000, '3: 50 K to 250 K'],
    [250_000, '4: 250 K to 1 M'],
    [999_999.99, '4: 250 K to 1 M'],
    [1_000_000, '5: 1 M and over'],
  ])('of an account that pays %s a year stands in the band %s, whatever it pays later', (revenue, band) => {
    const id = answered(9, '2026-11-20T10:00:00Z', { Recurring_Revenue__c: revenue });
    org.update('Account', accountId, { AnnualRevenue: 7 });
    expect(read(id, 'ARR_Band__c')).toEqual([band]);
  });

  test('reads its trigger in words', () => {
    expect(read(answered(9, '2026-11-20T10:00:00Z', { Trigger__c: 'Pre_Renewal' }), 'Trigger_Name__c')).toEqual([
      'Pre Renewal',
    ]);
  });

  test.each([
    ['2026-08-30', true, true],
    ['2026-08-31', true, false],
    ['2026-08-30', false, false],
    [null, true, false],
  ])('before a departure on %s, judged: %s, is laid at its door: %s', (NPS_Churned_On__c, Churn_Judged__c, churned) => {
    org.update('Account', accountId, { NPS_Churned_On__c });
    const id = answered(3, '2026-06-01T23:00:00Z', { Churn_Judged__c });
    expect(read(id, 'Churned_Within_90_Days__c')).toEqual([churned]);
  });
});
