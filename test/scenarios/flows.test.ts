import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployed, flowFiles } from '../support/deploy.ts';
import {
  crossing,
  type Expected,
  ending,
  type Programme,
  resolved,
  STARTED_FLOWS,
  started,
  startProgramme,
} from '../support/programme.ts';

let programme: Programme;
const TRIGGERS = ['First_Value', 'Usage_Milestone', 'Post_Resolution', 'Pre_Renewal'];

beforeAll(async () => {
  programme = await startProgramme('empty-company');
});

afterAll(() => programme.close());

/** One account for each trigger, due tomorrow; usage is crossed at once. */
async function oneForEach(): Promise<ReadonlyMap<string, Expected>> {
  const all = [
    await started(programme, 1),
    await crossing(programme),
    await resolved(programme, 1),
    await ending(programme, 1),
  ];
  await programme.travel('PT2H');
  await programme.travel('P1D');
  return new Map(all.map((each) => [String(each.decision.Trigger__c), each]));
}

describe('by flow alone, with no search for moments', () => {
  let found: ReadonlyMap<string, Expected>;

  beforeAll(async () => {
    await programme.restart({ sweep: false });
    found = await oneForEach();
  });

  test.each(TRIGGERS)('%s is asked, once', async (trigger) => {
    const { accountId, decision } = expectedOf(found, trigger);
    expect(await programme.decisions(accountId)).toMatchObject([decision]);
    expect(await programme.published(accountId)).toMatchObject([
      {
        flow: `NPS_${trigger}`,
        payload: {
          Trigger__c: trigger,
          Account_Id__c: accountId,
          Source_Id__c: decision.Source_Id__c,
          Anchor_Date__c: decision.Anchor_Date__c,
        },
      },
    ]);
  });

  test('what is decided is not published again on the days after', async () => {
    await programme.travel('P2D');
    for (const { accountId } of found.values()) expect(await programme.published(accountId)).toHaveLength(1);
  });

  test('what was missed while a flow was inactive is caught up', async () => {
    const missed = await ending(programme, 1);
    await deployed(programme.sandbox, flowFiles(['NPS_Pre_Renewal'], 'Draft'));
    await programme.travel('P3D');
    expect(await programme.decisions(missed.accountId)).toEqual([]);
    await deployed(programme.sandbox, flowFiles(['NPS_Pre_Renewal'], 'Active'));
    await programme.travel('P1D');
    expect(await programme.decisions(missed.accountId)).toMatchObject([missed.decision]);
  });
});

describe('by the sweep alone, with every flow inactive', () => {
  let found: ReadonlyMap<string, Expected>;

  beforeAll(async () => {
    await deployed(programme.sandbox, flowFiles(STARTED_FLOWS, 'Obsolete'));
    await programme.restart({ sweep: true });
    found = await oneForEach();
  });

  test.each(TRIGGERS)('%s is asked, once', async (trigger) => {
    const { accountId, decision } = expectedOf(found, trigger);
    expect(await programme.decisions(accountId)).toMatchObject([decision]);
    expect(await programme.published(accountId)).toEqual([]);
  });
});

describe('by both', () => {
  let found: ReadonlyMap<string, Expected>;

  beforeAll(async () => {
    await deployed(programme.sandbox, flowFiles(STARTED_FLOWS, 'Active'));
    found = await oneForEach();
    await programme.travel('P2D');
  });

  test.each(TRIGGERS)('%s is asked once, never twice', async (trigger) => {
    const { accountId, decision } = expectedOf(found, trigger);
    expect(await programme.decisions(accountId)).toMatchObject([decision]);
  });

  test('with the event bus down for five days nothing is missed, and nothing comes twice when it is back', async () => {
    await fault({ stream: 'silent' });
    const due = [];
    for (const inDays of [1, 2, 3, 4, 5]) due.push(await started(programme, inDays));
    await programme.travel('P5D');
    for (const { accountId, decision } of due) {
      expect(await programme.published(accountId), 'told, but not heard').not.toEqual([]);
      expect(await programme.decisions(accountId)).toMatchObject([decision]);
    }
    await fetch(`${programme.sandbox.url}/faults`, { method: 'DELETE' });
    await programme.travel('P1D');
    for (const { accountId } of due) expect(await programme.decisions(accountId)).toHaveLength(1);
  });
});

function expectedOf(found: ReadonlyMap<string, Expected>, trigger: string): Expected {
  const expected = found.get(trigger);
  if (!expected) throw new Error(`No account was made for ${trigger}.`);
  return expected;
}

async function fault(order: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${programme.sandbox.url}/faults`, {
    method: 'POST',
    headers,
    body: JSON.stringify(order),
  });
  expect(answer.status).toBe(201);
}
