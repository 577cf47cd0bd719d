import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { standsDown } from '../../src/nps/shipped-flows.ts';
import type { FieldValue } from '../../src/sandbox/org/org.ts';
import { ASKED } from '../support/asked.ts';
import { askingFlow } from '../support/asking-flow.ts';
import { deployed, flowFiles, newTriggerFile, recordFile } from '../support/deploy.ts';
import { contract, customer, ending, type Programme, resolved, startProgramme } from '../support/programme.ts';

let programme: Programme;
const ACTIVE = { Active__c: true, Active_From__c: '2026-12-01' };

beforeAll(async () => {
  programme = await startProgramme('empty-company');
  await programme.restart({ sweep: true });
});

afterAll(() => programme.close());

describe('a record that names something else than its flow reads', () => {
  test('makes the flow stand down, and the sweep asks by the record', async () => {
    await deployed(
      programme.sandbox,
      recordFile('NPS_Trigger', 'Pre_Renewal', { ...ACTIVE, Date_Field__c: 'StartDate', Offset_Days__c: 10 }),
    );
    const byTheFlow = await ending(programme, 1);
    const { accountId } = await customer(programme);
    const contractId = await contract(programme, accountId, await programme.day(1 - 10));
    await programme.travel('P1D');
    expect(await programme.published(byTheFlow.accountId)).toEqual([]);
    expect(await programme.decisions(byTheFlow.accountId)).toEqual([]);
    expect(await programme.published(accountId)).toEqual([]);
    expect(await programme.decisions(accountId)).toMatchObject([
      { Trigger__c: 'Pre_Renewal', Status__c: ASKED, Source_Id__c: contractId },
    ]);
    await deployed(programme.sandbox, recordFile('NPS_Trigger', 'Pre_Renewal', ACTIVE));
  });
});

describe('the flow and the rule of the service agree', () => {
  beforeAll(() => programme.restart({ sweep: false }));

  test.each<Record<string, FieldValue>>([
    {},
    { Offset_Days__c: -75, Priority__c: 5 },
    { Source_Object__c: 'Opportunity' },
    { Date_Field__c: 'StartDate' },
    { Condition__c: null },
    { Condition__c: "Status = 'Activated'" },
    { Account_Field__c: 'Account.ParentId' },
    { Contact_Field__c: 'CustomerSignedId' },
  ])('on a record with %j', async (changes) => {
    const record = { ...PRE_RENEWAL, ...changes };
    programme.sandbox.org.deployRecord('NPS_Trigger__mdt', 'Pre_Renewal', 'Pre-Renewal', { ...shipped(), ...record });
    const { accountId } = await ending(programme, 1);
    await programme.travel('P1D');
    const isPublished = (await programme.published(accountId)).length > 0;
    const source = {
      object: String(record.Source_Object__c),
      dateField: String(record.Date_Field__c),
      offsetDays: Number(record.Offset_Days__c),
      condition: record.Condition__c as string | null,
      accountField: String(record.Account_Field__c),
      contactField: record.Contact_Field__c as string | null,
      threshold: null,
    };
    expect(isPublished).toBe(standsDown('Pre_Renewal', source) === undefined);
  });
});

describe('days are read from the records at every run', () => {
  test('another offset', async () => {
    await deployed(programme.sandbox, recordFile('NPS_Trigger', 'Post_Resolution', { ...ACTIVE, Offset_Days__c: 3 }));
    const early = await resolved(programme, 12);
    await programme.travel('P1D');
    expect(await programme.decisions(early.accountId)).toMatchObject([early.decision]);
    await deployed(programme.sandbox, recordFile('NPS_Trigger', 'Post_Resolution', ACTIVE));
  });

  test('nothing before Active From', async () => {
    const from = await programme.day(2);
    await deployed(
      programme.sandbox,
      recordFile('NPS_Trigger', 'Post_Resolution', { ...ACTIVE, Active_From__c: from }),
    );
    const before = await resolved(programme, 1);
    const onTheDay = await resolved(programme, 2);
    await programme.travel('P3D');
    expect(await programme.published(before.accountId)).toEqual([]);
    expect(await programme.decisions(onTheDay.accountId)).toMatchObject([onTheDay.decision]);
    await deployed(programme.sandbox, recordFile('NPS_Trigger', 'Post_Resolution', ACTIVE));
  });

  test('nothing while inactive', async () => {
    await deployed(programme.sandbox, recordFile('NPS_Trigger', 'Post_Resolution', { ...ACTIVE, Active__c: false }));
    const { accountId } = await resolved(programme, 1);
    await programme.travel('P1D');
    expect(await programme.published(accountId)).toEqual([]);
    await deployed(programme.sandbox, recordFile('NPS_Trigger', 'Post_Resolution', ACTIVE));
  });

  test('another look-back, and seven days where none is set', async () => {
    await deployed(programme.sandbox, flowFiles(['NPS_Post_Resolution'], 'Draft'));
    await deployed(programme.sandbox, recordFile('NPS_Setting', 'Default', { Look_Back_Days__c: 2 }));
    const [old, recent] = [await resolved(programme, -4), await resolved(programme, -1)];
    await deployed(programme.sandbox, flowFiles(['NPS_Post_Resolution'], 'Active'));
    await programme.travel('P1D');
    expect(await programme.published(old.accountId)).toEqual([]);
    expect(await programme.published(recent.accountId)).toHaveLength(1);
    await deployed(programme.sandbox, recordFile('NPS_Setting', 'Default', { Look_Back_Days__c: null }));
    await programme.travel('P1D');
    expect(await programme.published(old.accountId)).toHaveLength(1);
  });
});

describe('the usage milestone', () => {
  test('is a moment once, on crossing, whatever usage does later', async () => {
    const { accountId } = await customer(programme, { NPS_Usage__c: 900 });
    for (const NPS_Usage__c of [999, 1000, 1500, 800, 1200]) {
      await programme.admin.update('Account', { Id: accountId, NPS_Usage__c });
    }
    expect(await programme.published(accountId)).toHaveLength(1);
    expect(await programme.admin.retrieve('Account', accountId)).toMatchObject({
      NPS_Usage_Milestone__c: 1000,
      NPS_Usage_Milestone_Reached_On__c: await programme.day(0),
    });
  });

  test('is none for an account that was over the threshold all along, nor for one that is saved with something else', async () => {
    await deployed(programme.sandbox, recordFile('NPS_Trigger', 'Usage_Milestone', { ...ACTIVE, Threshold__c: 5000 }));
    const { accountId } = await customer(programme, { NPS_Usage__c: 3000 });
    await deployed(programme.sandbox, recordFile('NPS_Trigger', 'Usage_Milestone', ACTIVE));
    await programme.admin.update('Account', { Id: accountId, NPS_Usage__c: 3100 });
    await programme.admin.update('Account', { Id: accountId, Website: 'https://harbour.example' });
    expect(await programme.published(accountId)).toEqual([]);
  });

  test('is one for each of two hundred accounts that are saved together', async () => {
    const { Id: OwnerId } = programme.sandbox.org.query('SELECT Id FROM User LIMIT 1')[0] ?? {};
    const rows = Array.from({ length: 200 }, (_, each) => ({
      Name: `Bulk ${each}`,
      NPS_Usage__c: 1000 + each,
      OwnerId,
    }));
    const saved = await programme.admin.create('Account', rows as { Name: string }[]);
    const ids = new Set(saved.map(({ id }) => id));
    const told = (await programme.sandbox.events()).filter(({ payload }) => ids.has(String(payload.Account_Id__c)));
    expect(told).toHaveLength(200);
  });
});

describe('a flow of an admin', () => {
  test('publishes from anywhere through the shipped subflow', async () => {
    await deployed(programme.sandbox, {
      ...newTriggerFile('After_Win', { ...ACTIVE, ...shipped() }),
      'flows/Ask_After_Win.flow': askingFlow('After_Win', '$Record.AccountId'),
    });
    // The service reads triggers again after ten seconds.
    await programme.travel('PT1M');
    const { accountId } = await customer(programme);
    await win(accountId);
    await programme.untilIdle();
    expect(await programme.published(accountId)).toHaveLength(1);
    expect(await programme.decisions(accountId)).toMatchObject([{ Trigger__c: 'After_Win', Status__c: ASKED }]);
  });

  test('leaves a trace on NPS Health when its event is refused, and the record is saved all the same', async () => {
    await deployed(programme.sandbox, { 'flows/Ask_After_Win.flow': askingFlow('After_Win', '$Record.Name') });
    const { accountId } = await customer(programme);
    await win(accountId);
    const { records } = await programme.admin.query(
      "SELECT Kind__c, State__c, Message__c FROM NPS_Health__c WHERE Key__c = 'flow-run-after_win'",
    );
    expect(records).toMatchObject([
      {
        Kind__c: 'Flow',
        State__c: 'Warning',
        Message__c: expect.stringContaining('The flow of After_Win failed'),
      },
    ]);
  });
});

test('how the last run of a daily flow went stands on NPS Health', async () => {
  await programme.travel('P1D');
  const { records } = await programme.admin.query(
    "SELECT State__c, Count__c, Message__c FROM NPS_Health__c WHERE Key__c = 'flow-run-first_value'",
  );
  expect(records).toMatchObject([{ State__c: 'OK', Count__c: 0, Message__c: null }]);
});

const PRE_RENEWAL: Record<string, FieldValue> = {
  ...ACTIVE,
  Source_Object__c: 'Contract',
  Date_Field__c: 'EndDate',
  Offset_Days__c: -75,
  Condition__c: "StatusCode = 'Activated'",
  Account_Field__c: 'AccountId',
  Contact_Field__c: null,
};

/** The texts of the shipped record. */
function shipped(): Record<string, FieldValue> {
  const [row] = programme.sandbox.org.query(
    "SELECT Context_Sentence__c, Open_Question__c, Subject_A__c, Subject_B__c FROM NPS_Trigger__mdt WHERE DeveloperName = 'First_Value'",
  );
  return Object.fromEntries(Object.entries(row ?? {}).filter(([field]) => field.endsWith('__c'))) as Record<
    string,
    FieldValue
  >;
}

async function win(accountId: string): Promise<void> {
  const CloseDate = await programme.day(0);
  const name = 'An opportunity whose name is longer than any id';
  await programme.admin.create('Opportunity', { AccountId: accountId, Name: name, StageName: 'Closed Won', CloseDate });
}
