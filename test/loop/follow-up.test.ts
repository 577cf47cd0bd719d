import { beforeEach, describe, expect, it } from 'vitest';
import { answering } from './answering.ts';
import { CLEO } from './fake-org.ts';
import { ACME } from './fakes.ts';

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
