import type { Connection } from 'jsforce';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Stage, stageServer } from '../org/org-stage.ts';
import { recordsIn, told } from './fixture.ts';

/** Each number of the shipped reports, by the report's own logic, against what was worked out by hand. Today is 2026-11-22. */

let stage: Stage;
let connection: Connection;
let put: ReturnType<typeof recordsIn>;

beforeEach(async () => {
  stage = await stageServer();
  connection = await stage.connect();
  put = recordsIn(stage.org);
});
afterEach(() => stage[Symbol.asyncDispose]());

describe('NPS Renewal Win Rate by Segment', () => {
  test('is won / closed of the renewals, by the segment at close', async () => {
    const [happy, unhappy, silent, stale] = ['Happy', 'Unhappy', 'Silent', 'Stale'].map((name) => put.account(name));
    if (!happy || !unhappy || !silent || !stale) throw new Error('Four accounts.');
    put.answer(happy, 9, '2026-05-01');
    put.answer(unhappy, 3, '2026-05-01');
    put.answer(stale, 10, '2025-01-01');
    for (const stage of ['Closed Won', 'Closed Won', 'Closed Lost']) put.opportunity(happy, stage, '2026-08-10');
    put.opportunity(happy, 'Closed Won', '2026-11-02');
    for (const stage of ['Closed Won', 'Closed Lost', 'Closed Lost', 'Closed Lost']) {
      put.opportunity(unhappy, stage, '2026-11-10', { Amount: 100 });
    }
    put.opportunity(silent, 'Closed Lost', '2026-11-10');
    put.opportunity(stale, 'Closed Won', '2026-11-10');
    // Neither open ones nor what is no renewal.
    put.opportunity(unhappy, 'Negotiation/Review', '2026-11-20');
    put.opportunity(unhappy, 'Closed Won', '2026-11-10', { NPS_Is_Renewal__c: false });
    // What is answered later changes nothing.
    put.answer(unhappy, 10, '2026-11-21');

    expect(await told(connection, 'NPS Renewal Win Rate by Segment', ['FORMULA1', 'RowCount'])).toEqual({
      'Promoter | Q3 2026': [2 / 3, 3],
      'Promoter | Q4 2026': [1, 1],
      Promoter: [3 / 4, 4],
      'Detractor | Q3 2026': [0, 0],
      'Detractor | Q4 2026': [1 / 4, 4],
      Detractor: [1 / 4, 4],
      'Stale | Q3 2026': [0, 0],
      'Stale | Q4 2026': [1, 1],
      Stale: [1, 1],
      'None | Q3 2026': [0, 0],
      'None | Q4 2026': [0, 1],
      None: [0, 1],
      'Total | Q3 2026': [2 / 3, 3],
      'Total | Q4 2026': [3 / 7, 7],
      Total: [5 / 10, 10],
    });
  });
});

test('NPS Expansion Revenue by Segment is what was won beside renewals and from new customers', async () => {
  const [happy, silent] = [put.account('Happy'), put.account('Silent')];
  put.answer(happy, 9, '2026-05-01');
  const sold = (account: string, Amount: number | null, Type: string | null, StageName = 'Closed Won') =>
    put.opportunity(account, StageName, '2026-09-01', { Amount, Type, NPS_Is_Renewal__c: false });
  sold(happy, 300, 'Existing Customer - Upgrade');
  sold(happy, 100, null);
  sold(silent, 50, 'Existing Customer - Replacement');
  sold(silent, 999, 'New Customer');
  sold(silent, 999, 'Existing Customer - Upgrade', 'Closed Lost');
  put.opportunity(happy, 'Closed Won', '2026-09-01', { Amount: 999 });
  expect(await told(connection, 'NPS Expansion Revenue by Segment', ['s!AMOUNT', 'FORMULA1', 'RowCount'])).toEqual({
    Promoter: [400, 200, 2],
    None: [50, 50, 1],
    Total: [450, 150, 3],
  });
});

describe('answers and their net promoter score', () => {
  const NPS = ['a!NPS_Response__c$Net_Points__c', 'a!NPS_Response__c$Score__c', 'RowCount'];

  test('by month: % promoters - % detractors of the counted answers', async () => {
    const acme = put.account('Acme');
    for (const score of [10, 9, 7, 2]) put.answer(acme, score, '2026-10-05');
    put.answer(acme, 0, '2026-11-02');
    put.answer(acme, 8, '2026-11-03', { Verdict__c: 'Accepted' });
    // These do not count: not proven, taken back, of a test, too old.
    for (const Verdict__c of ['Provisional', 'Unresolved', 'Void']) put.answer(acme, 10, '2026-11-04', { Verdict__c });
    put.answer(acme, 10, '2026-11-04', { Survey__c: put.survey('Responded', { Is_Test__c: true }) });
    put.answer(acme, 10, '2025-11-01');
    expect(await told(connection, 'NPS by Month', NPS)).toEqual({
      'October 2026': [(100 * (2 - 1)) / 4, 7, 4],
      'November 2026': [(100 * (0 - 1)) / 2, 4, 2],
      Total: [(100 * (2 - 2)) / 6, 6, 6],
    });
    expect(await told(connection, 'NPS Responses by Segment', ['RowCount'])).toEqual({
      Promoter: [2],
      Passive: [2],
      Detractor: [2],
      Total: [6],
    });
    expect(await told(connection, 'NPS Answers That Do Not Count', ['RowCount'])).toEqual({
      Provisional: [1],
      Unresolved: [1],
      Confirmed: [1],
      Void: [1],
      Total: [4],
    });
  });

  test('by trigger, CSM, industry and revenue band', async () => {
    const small = put.account('Small', { Industry: 'Energy' });
    const large = put.account('Large');
    const CSM__c = put.user('Admin');
    put.answer(small, 9, '2026-10-05', { CSM__c, Trigger__c: 'Pre_Renewal', Recurring_Revenue__c: 9_999 });
    put.answer(small, 6, '2026-10-06', { CSM__c, Recurring_Revenue__c: 10_000 });
    put.answer(large, 10, '2026-10-07', { Recurring_Revenue__c: 1_000_000 });
    put.answer(large, 3, '2026-10-08', { Recurring_Revenue__c: 1_000_000 });
    put.answer(large, 9, '2026-10-09');
    const by = async (what: string) => told(connection, `NPS by ${what}`, [NPS[0] ?? '', 'RowCount']);
    expect(await by('Trigger')).toEqual({ 'First Value': [0, 4], 'Pre Renewal': [100, 1], Total: [20, 5] });
    expect(Object.values(await by('CSM'))).toEqual([
      [100 / 3, 3],
      [0, 2],
      [20, 5],
    ]);
    expect(await by('Industry')).toMatchObject({ Energy: [0, 2], Unknown: [100 / 3, 3] });
    expect(await by('ARR Band')).toEqual({
      '1: under 10 K': [100, 1],
      '2: 10 K to 50 K': [-100, 1],
      '5: 1 M and over': [0, 2],
      Unknown: [100, 1],
      Total: [20, 5],
    });
  });

  test('themes are those of detractors that count, each comment once', async () => {
    const acme = put.account('Acme');
    put.answer(acme, 3, '2026-10-05', { Theme__c: 'Support' });
    put.answer(acme, 6, '2026-10-05', { Theme__c: 'Support' });
    put.answer(acme, 5, '2026-10-05', { Theme__c: 'Price; Support' });
    put.answer(acme, 2, '2026-10-05');
    put.answer(acme, 9, '2026-10-05', { Theme__c: 'Support' });
    expect(await told(connection, 'NPS Themes of Detractors', ['RowCount'])).toEqual({
      '-': [1],
      Price: [1],
      Support: [2],
      Total: [4],
    });
  });
});

describe('invitations', () => {
  test('every decision stands with its reason, tests apart', async () => {
    put.survey('Delivered');
    put.survey('Suppressed', { Suppression_Code__c: 'OPTED_OUT' });
    put.survey('Suppressed', { Suppression_Code__c: 'CHURNED' });
    put.survey('Suppressed', { Suppression_Code__c: 'CHURNED' });
    put.survey('Deferred', { Suppression_Code__c: 'BLACKOUT' });
    put.survey('Delivered', { Is_Test__c: true });
    put.survey('Delivered', { CreatedDate: '2025-10-01T10:00:00Z' });
    expect(await told(connection, 'NPS Survey Decisions', ['RowCount'])).toEqual({
      Delivered: [1],
      'Delivered/-': [1],
      Suppressed: [3],
      'Suppressed/CHURNED': [2],
      'Suppressed/OPTED_OUT': [1],
      Deferred: [1],
      'Deferred/BLACKOUT': [1],
      Total: [5],
    });
  });

  test('the response rate is answered / reached', async () => {
    const Sent_At__c = '2026-11-01T10:00:00Z';
    for (const status of ['Responded', 'Delivered', 'Sent', 'Expired', 'Bounced', 'Failed', 'Cancelled']) {
      put.survey(status, { Sent_At__c, Subject_Variant__c: 'A' });
    }
    put.survey('Responded', { Sent_At__c, Subject_Variant__c: 'B' });
    put.survey('Responded', { Sent_At__c, Trigger__c: 'Pre_Renewal' });
    put.survey('Responded', { Sent_At__c, Is_Test__c: true });
    put.survey('Queued');
    expect(await told(connection, 'NPS Response Rate', ['FORMULA1', 'RowCount'])).toEqual({
      'First Value': [2 / 5, 5],
      'Pre Renewal': [1, 1],
      Total: [3 / 6, 6],
    });
    expect(await told(connection, 'NPS Subject Test', ['FORMULA1', 'RowCount'])).toEqual({
      'First Value': [2 / 5, 5],
      'First Value/A': [1 / 4, 4],
      'First Value/B': [1, 1],
      Total: [2 / 5, 5],
    });
  });
});

describe('what followed a detractor’s answer', () => {
  const AT = '2026-07-01';
  const followed = (hours: number) => {
    const at = new Date(Date.parse(`${AT}T10:00:00Z`) + hours * 3_600_000);
    return { First_Follow_Up_At__c: at.toISOString(), Resolved__c: true };
  };

  test('90-day churn by follow-up counts each account once, from the answers that are judged', async () => {
    const judged = (NPS_Churned_On__c: string | null, more: Record<string, string | boolean> = {}) =>
      put.answer(put.account('Acme', { NPS_Churned_On__c }), 3, AT, { Churn_Judged__c: true, ...more });
    judged(null, followed(24));
    judged('2026-09-29', followed(2));
    judged('2026-09-30', followed(3));
    judged('2026-08-01', followed(24.1));
    judged('2026-08-01', followed(49));
    judged(null, followed(200));
    judged('2026-07-02');
    put.answer(put.account('Not judged', { NPS_Churned_On__c: '2026-07-02' }), 3, AT);
    put.answer(put.account('Void', { NPS_Churned_On__c: '2026-07-02' }), 3, AT, {
      ...{ Churn_Judged__c: true, Verdict__c: 'Void' },
    });
    expect(await told(connection, 'NPS 90-Day Churn of Detractors', ['FORMULA1', 'RowCount'])).toEqual({
      '<= 24 h': [1 / 3, 3],
      '24-48 h': [1, 1],
      '> 48 h': [1 / 2, 2],
      none: [1, 1],
      Total: [4 / 7, 7],
    });
  });

  test('the queue holds open loops with their age and SLA, and my own are those whose CSM I am', async () => {
    const acme = put.account('Acme');
    const CSM__c = put.user('Admin');
    const [past, ahead] = ['2026-11-20T10:00:00Z', '2026-11-23T10:00:00Z'];
    put.answer(acme, 3, '2026-11-18', { CSM__c, Follow_Up_Due__c: past });
    put.answer(acme, 3, '2026-11-22', { CSM__c, Follow_Up_Due__c: ahead });
    put.answer(acme, 3, '2026-11-19', { Follow_Up_Due__c: past, First_Follow_Up_At__c: '2026-11-20T10:00:00Z' });
    put.answer(acme, 3, '2026-11-19', { Follow_Up_Due__c: past, First_Follow_Up_At__c: '2026-11-20T10:00:01Z' });
    put.answer(acme, 3, '2026-11-19', { CSM__c, Follow_Up_Due__c: past, ...followed(1) });
    put.answer(acme, 9, '2026-11-19', { CSM__c });
    put.answer(acme, 2, '2026-11-19', { CSM__c, Verdict__c: 'Provisional' });
    const AGE = 'a!NPS_Response__c$Age_in_Days__c';
    const queue = await told(connection, 'NPS Detractor Queue', [AGE, 'RowCount']);
    expect(queue).toMatchObject({ '-/Kept': [3, 1], '-/Missed': [3, 1], Total: [2.5, 4] });
    expect(await told(connection, 'NPS My Detractors', [AGE, 'RowCount'])).toEqual({
      Open: [0, 1],
      Overdue: [4, 1],
      Total: [2, 2],
    });
  });

  test('a loop is closed by a follow-up on record and Resolved, both', async () => {
    const acme = put.account('Acme');
    put.answer(acme, 3, AT, followed(10));
    put.answer(acme, 3, AT, { ...followed(20), Resolved__c: false });
    put.answer(acme, 3, AT, { Resolved__c: true });
    put.answer(acme, 8, AT, followed(1));
    const HOURS = 'a!NPS_Response__c$Hours_to_Follow_Up__c';
    expect(await told(connection, 'NPS Loop Closure', ['FORMULA1', HOURS, 'RowCount'])).toEqual({
      'July 2026': [1 / 3, 15, 3],
      Total: [1 / 3, 15, 3],
    });
  });

  test('recovery is the score of the re-survey less the score before', async () => {
    const acme = put.account('Acme');
    const again = (before: number, after: number, more: Record<string, string> = {}) =>
      put.answer(acme, after, '2026-10-01', { Recovery_Of__c: put.answer(acme, before, AT), ...more });
    again(3, 9);
    again(5, 10);
    again(2, 1);
    again(2, 10, { Verdict__c: 'Unresolved' });
    const CHANGE = 'a!NPS_Response__c$Score_Change__c';
    expect(await told(connection, 'NPS Recovery', [CHANGE, 'RowCount'])).toEqual({
      Promoter: [5.5, 2],
      Detractor: [-1, 1],
      Total: [10 / 3, 3],
    });
  });
});

test('the advocacy rate is of promoters who did, invited against uninvited, and by offer', async () => {
  const acme = put.account('Acme');
  const promoter = (Advocacy_Completed__c: boolean, asked: Record<string, string> = {}) =>
    put.answer(acme, 9, '2026-10-01', { Advocacy_Completed__c, ...asked });
  const asked = (Offer_Variant__c: string) => ({
    ...{ Advocacy_Asked_At__c: '2026-10-02T10:00:00Z', Advocacy_Ask__c: 'G2 Review', Offer_Variant__c },
  });
  promoter(true, asked('A'));
  promoter(false, asked('A'));
  promoter(true, asked('B'));
  for (const done of [true, false, false, false]) promoter(done);
  put.answer(acme, 8, '2026-10-01', { Advocacy_Completed__c: true });
  expect(await told(connection, 'NPS Advocacy Rate', ['FORMULA1', 'RowCount'])).toEqual({
    No: [1 / 4, 4],
    Yes: [2 / 3, 3],
    Total: [3 / 7, 7],
  });
  expect(await told(connection, 'NPS Offer Test', ['FORMULA1', 'RowCount'])).toEqual({
    'G2 Review': [2 / 3, 3],
    'G2 Review/A': [1 / 2, 2],
    'G2 Review/B': [1, 1],
    Total: [2 / 3, 3],
  });
});

test('the follow-up metrics stand beside their targets, as the service wrote them', async () => {
  const metric = (
    Name: string,
    Value__c: number | null,
    Count__c: number,
    Target__c: number,
    Higher_Is_Better__c = true,
  ) => stage.org.insert('NPS_Metric__c', { Key__c: Name, Name, Value__c, Count__c, Target__c, Higher_Is_Better__c });
  metric('Loop closure', 80.1, 50, 80);
  metric('Re-escalation', 10, 40, 10, false);
  metric('Retention', null, 0, 60);
  const wanted = ['a!Value__c', 'a!Target__c', 's!Count__c', 's!Is_Met__c'].map((one) =>
    one.replace('!', '!NPS_Metric__c$'),
  );
  expect(await told(connection, 'NPS Follow-Up Metrics', wanted)).toMatchObject({
    'Loop closure': [80.1, 80, 50, 1],
    'Re-escalation': [10, 10, 40, 0],
    Retention: [null, 60, 0, 0],
  });
});

test('accounts stand by segment and at risk while they have not left', async () => {
  put.account('Happy', { NPS_Segment__c: 'Promoter', NPS_Recurring_Revenue__c: 100 });
  put.account('Unhappy', { NPS_Segment__c: 'Detractor', NPS_Risk__c: true, NPS_Recurring_Revenue__c: 30 });
  put.account('Gone', { NPS_Segment__c: 'Detractor', NPS_Risk__c: true, NPS_Churned_On__c: '2026-01-01' });
  put.account('Silent');
  const REVENUE = 's!Account$NPS_Recurring_Revenue__c';
  expect(await told(connection, 'NPS Accounts by Segment', [REVENUE, 'RowCount'])).toEqual({
    Promoter: [100, 1],
    Detractor: [30, 1],
    Total: [130, 2],
  });
  expect((await told(connection, 'NPS Accounts at Risk', [REVENUE, 'RowCount'])).Total).toEqual([30, 1]);
});

test('every shipped report runs, and says nothing of an org without records', async () => {
  const reports = await connection.analytics.reports();
  expect(reports.length).toBeGreaterThan(10);
  for (const { name } of reports) expect((await told(connection, name, ['RowCount'])).Total, name).toEqual([0]);
});
