import { beforeEach, describe, expect, it, test } from 'vitest';
import type { ResponseRecord } from '../../src/loop/ports.ts';
import { answering } from './answering.ts';
import { CLEO } from './fake-org.ts';
import { ACME, DAY_MS, HOUR_MS, MINUTE_MS } from './fakes.ts';

let stage: ReturnType<typeof answering>;
const ann = { id: 'Ann', name: 'Ann Lee', firstName: 'Ann', email: 'ann@acme.example', timeZone: null };

beforeEach(() => {
  stage = answering();
  stage.org.addSurvey('one', ACME);
});

describe('the first mail after an answer', () => {
  it.each([
    [0, ['acknowledgment-grave to Ann Lee']],
    [3, ['acknowledgment to Ann Lee']],
    [6, ['acknowledgment to Ann Lee']],
    [7, []],
    [8, []],
    [9, ['thank-you to Ann Lee']],
    [10, ['thank-you to Ann Lee']],
  ] as const)('of %i is %j', async (score, mails) => {
    await stage.give({ surveyKey: 'one', score });
    expect(stage.mails()).toEqual(mails);
  });

  it('comes from the CSM who asked and says whether a comment came along', async () => {
    await stage.give({ surveyKey: 'one', score: 4, verbatim: 'Slow' });
    expect(stage.spool.open('mail')).toMatchObject([
      {
        key: 'one:step:Detractor_Acknowledgment',
        accountId: ACME,
        payload: { from: { name: 'Cleo Sun', email: 'cleo@us.example' }, answer: { score: 4, commented: true } },
      },
    ]);
  });

  it('comes from whoever looks after the account when the CSM who asked has left', async () => {
    stage.org.addAccount(ACME, {
      csmCandidates: [{ ...CLEO, id: 'Otto', name: 'Otto Gray', email: 'otto@us.example' }],
    });
    stage.org.addSurvey('one', ACME, { csm: { ...CLEO, active: false } });
    await stage.give({ surveyKey: 'one', score: 0 });
    expect(stage.spool.open('mail')).toMatchObject([{ payload: { from: { email: 'otto@us.example' } } }]);
    expect(stage.tasks()).toMatchObject([{ ownerId: 'Otto' }]);
  });

  it('is one mail, however often the answer is corrected within its band', async () => {
    await stage.give({ surveyKey: 'one', score: 4 });
    await stage.give({ surveyKey: 'one', score: 5 });
    expect(stage.mails()).toHaveLength(1);
  });

  it('is not sent again when Salesforce says it was, even when the spool has forgotten', async () => {
    await stage.give({ surveyKey: 'one', score: 9 });
    await stage.spool.settle({ done: await stage.spool.claim('mail', 1) });
    await stage.spool.prune(stage.clock.now());
    const response = stage.org.responses.get('one');
    const done = [{ step: 'Promoter_Thank_You', at: stage.clock.now() }];
    if (response) stage.org.responses.set('one', { ...response, course: { ...response.course, done } });
    await stage.give({ surveyKey: 'one', score: 10 });
    expect(stage.org.responses.get('one')).toMatchObject({
      ...{ score: 10, course: { next: { step: 'Promoter_Ask_Reminder' }, stopped: null } },
    });
    expect(stage.mails()).toEqual([]);
  });

  it.each([
    ['the contact is gone', { contact: null }],
    ['the address is gone', { contact: { ...ann, email: '' } }],
    ['it was a test', { isTest: true }],
  ])('is none when %s', async (_, survey) => {
    stage.org.addSurvey('one', ACME, survey);
    await stage.give({ surveyKey: 'one', score: 0 });
    expect(stage.mails()).toEqual([]);
    expect(stage.org.responses.has('one')).toBe(true);
  });

  it('is none when nobody could have written it, and the Task then has no owner of ours', async () => {
    stage.org.addAccount(ACME, { csmCandidates: [] });
    stage.org.addSurvey('one', ACME, { csm: null });
    await stage.give({ surveyKey: 'one', score: 0 });
    expect(stage.mails()).toEqual([]);
    expect(stage.tasks()).toMatchObject([{ ownerId: null }]);
  });
});

describe('after an outage', () => {
  it('steps that are due follow each other at once, and then it rests, though a mail still waits for its receipt', async () => {
    await stage.give({ surveyKey: 'one', score: 2 });
    stage.clock.advance(4 * 24 * 3_600_000);
    await stage.review('one');
    let looks = 1;
    while (stage.spool.open('answer').length > 0) {
      await stage.work();
      looks += 1;
    }
    expect(stage.org.responses.get('one')?.course.done.map(({ step }) => step)).toEqual([
      ...['Detractor_Tell_Manager', 'Detractor_Reminder', 'Detractor_Escalate_to_Manager'],
      'Detractor_Escalate_to_Executive',
    ]);
    expect(stage.mails()).toEqual(['acknowledgment-grave to Ann Lee']);
    expect(looks).toBe(3);
  });
});

describe('the Task of a step that Salesforce refused', () => {
  const calls = () => stage.tasks().filter(({ NPS_Kind__c }) => NPS_Kind__c === 'step:Detractor_Call');
  const refused = async (facts: () => Partial<ResponseRecord> = () => ({})) => {
    await stage.give({ surveyKey: 'one', score: 4 });
    const response = stage.org.responses.get('one');
    const done = ['Acknowledgment', 'Call'].map((name) => ({ step: `Detractor_${name}`, at: stage.clock.now() }));
    if (!response) throw new Error('The answer is not on record.');
    stage.org.incomplete.add('one');
    stage.org.responses.set('one', {
      ...response,
      isIncomplete: true,
      course: { ...response.course, done },
      ...facts(),
    });
  };

  it('is made with the next look, and once', async () => {
    await refused();
    for (const looks of [1, 2]) {
      stage.clock.advance(looks * MINUTE_MS);
      await stage.review('one');
      expect(calls()).toHaveLength(1);
    }
  });

  it.each<[string, () => Partial<ResponseRecord>]>([
    ['somebody has followed up', () => ({ firstFollowUpAt: stage.clock.now() })],
    ['the answer was declared void', () => ({ verdict: 'Void' })],
  ])('is not made once %s', async (_, facts) => {
    await refused(facts);
    stage.clock.advance(MINUTE_MS);
    await stage.review('one');
    expect(calls()).toEqual([]);
  });
});

describe('a 2 that is corrected to a 5', () => {
  const grave = 'one:step:Detractor_Acknowledgment_Grave';
  const standing = () => stage.org.responses.get('one');

  beforeEach(() => stage.give({ surveyKey: 'one', score: 2 }));

  /** The mail of the lane leaves, and its receipt waits to be written. */
  const graveLeaves = async () => {
    const receipt = { kind: 'mail-sent' as const, template: 'acknowledgment-grave' as const, surveyKey: 'one' };
    const payload = { ...receipt, sentAt: stage.clock.now().toISOString(), from: '', subject: '', step: '' };
    const put = [{ lane: 'receipt' as const, key: grave, accountId: ACME, payload, dueAt: stage.clock.now() }];
    await stage.spool.settle({ done: await stage.spool.claim('mail', 1), put });
  };
  const receiptIsTold = async () => {
    await stage.spool.settle({ done: await stage.spool.claim('receipt', 1) });
    const response = standing();
    const done = [{ step: 'Detractor_Acknowledgment_Grave', at: stage.clock.now() }];
    if (response) stage.org.responses.set('one', { ...response, course: { ...response.course, done } });
  };

  it.each([
    ['waits in the outbox', async () => {}, [`acknowledgment-grave to Ann Lee`]],
    ['has left and its receipt is not written', graveLeaves, []],
  ])('while its acknowledgment %s gets no second one', async (_, meanwhile, mails) => {
    await meanwhile();
    await stage.give({ surveyKey: 'one', score: 5 });
    expect(stage.mails()).toEqual(mails);
    const next = { step: 'Detractor_Acknowledgment_Grave' };
    expect(standing()).toMatchObject({ score: 5, course: { next, stopped: null } });
  });

  it('goes on with the next step once Salesforce was told of the first', async () => {
    await graveLeaves();
    await stage.give({ surveyKey: 'one', score: 5 });
    await receiptIsTold();
    await stage.review('one');
    expect(stage.mails()).toEqual([]);
    expect(standing()).toMatchObject({ course: { next: { step: 'Detractor_Call' } } });
  });

  it('goes on where Salesforce would not be told of the first, and says itself that it was done', async () => {
    await graveLeaves();
    const [receipt] = await stage.spool.claim('receipt', 1);
    if (receipt) await stage.spool.settle({ dead: [{ item: receipt, reason: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' }] });
    await stage.give({ surveyKey: 'one', score: 5 });
    expect(stage.mails()).toEqual([]);
    const done = expect.arrayContaining([expect.objectContaining({ step: 'Detractor_Acknowledgment_Grave' })]);
    expect(standing()).toMatchObject({ course: { next: { step: 'Detractor_Call' }, done } });
  });

  it('gets the one that fits when the first was taken out before it left', async () => {
    await stage.give({ surveyKey: 'one', score: 5 });
    await stage.spool.settle({ dropped: await stage.spool.claim('mail', 1) });
    await stage.review('one');
    expect(stage.mails()).toEqual(['acknowledgment to Ann Lee']);
  });
});

test('a mail that nobody can write is looked at again after an hour, not with every tick', async () => {
  stage.org.addAccount(ACME, { csmCandidates: [] });
  stage.org.addSurvey('one', ACME, { csm: null });
  await stage.give({ surveyKey: 'one', score: 4 });
  const due = (minutes: number) => stage.org.dueSteps(new Date(stage.clock.now().getTime() + minutes * MINUTE_MS));
  expect([await due(55), await due(60)]).toMatchObject([[], [{ surveyKey: 'one' }]]);
  stage.org.addAccount(ACME);
  stage.clock.advance(HOUR_MS);
  await stage.review('one');
  expect(stage.mails()).toEqual(['acknowledgment to Ann Lee']);
});

describe('a re-survey', () => {
  const due = async () => (await stage.org.dueSteps(stage.clock.now())).map(({ surveyKey }) => surveyKey);

  const aMinuteLater = () => {
    stage.clock.advance(MINUTE_MS);
    return stage.review('one');
  };

  beforeEach(async () => {
    await stage.give({ surveyKey: 'one', score: 4 });
    const response = stage.org.responses.get('one');
    const names = ['Acknowledgment', 'Call', 'What_We_Did', 'Did_We_Fix_It'];
    const done = names.map((name) => ({ step: `Detractor_${name}`, at: stage.clock.now() }));
    const dealtWith = { resolved: true, firstFollowUpAt: stage.clock.now() };
    if (response) stage.org.responses.set('one', { ...response, ...dealtWith, course: { ...response.course, done } });
    await stage.spool.settle({ done: await stage.spool.claim('mail', 1) });
    await stage.spool.prune(stage.clock.now());
    stage.clock.advance(30 * DAY_MS);
    await stage.review('one');
  });

  it('that Salesforce refuses to store ends its sequence, with the reason, and is not looked at again', async () => {
    expect(await due()).toEqual(['one']);
    const [event] = await stage.spool.claim('event', 1);
    if (event) await stage.spool.settle({ dead: [{ item: event, reason: 'REQUIRED_FIELD_MISSING' }] });
    await aMinuteLater();
    expect(stage.org.responses.get('one')).toMatchObject({
      course: { next: null, stopped: expect.stringMatching(/refused to store the re-survey.*NPS Health/) },
    });
    expect(await due()).toEqual([]);
  });

  it('that waits to be decided is asked for once, and not looked at with every tick', async () => {
    await aMinuteLater();
    expect(stage.spool.open('event')).toHaveLength(1);
    expect(await due()).toEqual([]);
  });

  it('that was decided and then deleted by a person is not asked for again', async () => {
    await stage.spool.settle({ done: await stage.spool.claim('event', 1) });
    await aMinuteLater();
    expect(stage.org.responses.get('one')).toMatchObject({ course: { next: null, stopped: null } });
  });
});
