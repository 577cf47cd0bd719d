import { beforeEach, describe, expect, it } from 'vitest';
import type { Score } from '../../src/nps/score.ts';
import { taskKey } from '../../src/nps/task.ts';
import { answering } from './answering.ts';
import { ACME, BOLT, MINUTE_MS, NOW } from './fakes.ts';

let stage: ReturnType<typeof answering>;
const QUARANTINE_MS = 30 * MINUTE_MS;

beforeEach(() => {
  stage = answering();
  stage.org.addSurvey('one', ACME);
});

describe('an answer', () => {
  it('becomes a response, the numbers of the account and of the contact', async () => {
    await stage.give({ surveyKey: 'one', score: 9, verbatim: 'Kind' });
    expect(stage.org.responses.get('one')).toMatchObject({
      ...{ score: 9, segment: 'Promoter', verdict: 'Confirmed', verbatim: 'Kind', respondedAt: NOW, contactId: 'Ann' },
    });
    expect(stage.numbers()).toMatchObject({ score: 9, rollingAverage: 9, netScore: 100, responseCount: 1 });
    expect(stage.org.changesWritten[0]).toMatchObject({
      contacts: [{ id: 'Ann', score: 9, segment: 'Promoter' }],
      responses: [{ survey: { id: 'survey one', answered: true }, csmId: 'Cleo', trigger: 'Pre_Renewal' }],
    });
    expect(stage.tasks()).toEqual([]);
    expect(stage.spool.open('answer')).toEqual([]);
  });

  it.each([0, 6] as Score[])('of %i is a Task for the CSM within 24 hours', async (score) => {
    await stage.give({ surveyKey: 'one', score, verbatim: 'Slow' });
    expect(stage.tasks()).toMatchObject([
      {
        NPS_Task_Key__c: taskKey('call', 'one'),
        Subject: `NPS ${score}: call Ann Lee (Account ${ACME})`,
        ownerId: 'Cleo',
        ReminderDateTime: '2026-11-19T12:00:00.000Z',
      },
    ]);
    expect(stage.org.changesWritten[0]?.responses[0]?.followUpDue).toEqual(new Date('2026-11-19T12:00:00Z'));
  });

  it('names the earlier scores in its Task, newest first', async () => {
    for (const [key, score] of [
      ['two', 9],
      ['three', 8],
      ['four', 7],
    ] as const) {
      stage.org.addSurvey(key, ACME);
      await stage.give({ surveyKey: key, score });
    }
    await stage.give({ surveyKey: 'one', score: 2 });
    expect(stage.tasks().at(-1)?.Description).toContain('Earlier scores, newest first: 7, 8, 9');
  });

  it('of a test survey does not count and makes no Task', async () => {
    stage.org.addSurvey('one', ACME, { isTest: true });
    await stage.give({ surveyKey: 'one', score: 0 });
    expect(stage.numbers()).toMatchObject({ score: null, responseCount: 0 });
    expect([stage.tasks(), stage.mails()]).toEqual([[], []]);
    expect(stage.org.responses.get('one')).toMatchObject({ score: 0, isTest: true });
  });

  it('whose survey row was deleted is stored all the same', async () => {
    await stage.give({ surveyKey: 'gone', score: 8 });
    expect(stage.org.changesWritten[0]?.responses[0]).toMatchObject({ survey: null, contactId: null });
    expect(stage.numbers()).toMatchObject({ score: 8 });
  });
});

describe('a Task of the kind that is open', () => {
  beforeEach(() => {
    stage.org.addSurvey('two', ACME);
  });

  it('is joined by a later answer, once, and by what is said later', async () => {
    await stage.give({ surveyKey: 'one', score: 4 });
    await stage.give({ surveyKey: 'two', score: 2 });
    const joined = [{ kind: 'Call', due: '2026-11-19', priority: 'High' }];
    expect(stage.org.responses.get('two')).toMatchObject({ joined, followUpDue: new Date('2026-11-19T12:00:01Z') });
    await stage.give({ surveyKey: 'two', score: 1, verbatim: 'Worse' });
    expect(stage.org.responses.get('two')).toMatchObject({ joined });
    expect(stage.tasks()).toHaveLength(1);
  });

  it('is joined by an answer that came with the one it is for, as soon as it is there', async () => {
    await stage.give({ surveyKey: 'one', score: 4 }, { surveyKey: 'two', score: 2 });
    expect(stage.org.responses.get('two')).toMatchObject({ joined: [] });
    await stage.work();
    expect(stage.org.responses.get('two')).toMatchObject({ joined: [{ kind: 'Call' }] });
    await stage.work();
    expect(stage.tasks()).toHaveLength(1);
    expect(stage.spool.open('answer')).toEqual([]);
  });

  it('that was never made is made for the other answer', async () => {
    const { onAnswers } = stage.org;
    stage.org.onAnswers = (change) => ({ ...onAnswers(change), without: 'the Task' });
    await stage.give({ surveyKey: 'one', score: 4 }, { surveyKey: 'two', score: 2 });
    stage.org.openKinds.clear();
    await stage.work();
    expect(stage.tasks().map(({ NPS_Task_Key__c }) => NPS_Task_Key__c)).toEqual([
      taskKey('call', 'one'),
      taskKey('call', 'two'),
    ]);
  });

  it('and closed before the flow looked for it leaves the answer a Task of its own', async () => {
    await stage.give({ surveyKey: 'one', score: 4 });
    await stage.give({ surveyKey: 'two', score: 2 });
    stage.org.openKinds.clear();
    await stage.work();
    expect(stage.tasks().map(({ NPS_Task_Key__c }) => NPS_Task_Key__c)).toEqual([
      taskKey('call', 'one'),
      taskKey('call', 'two'),
    ]);
    expect(stage.org.responses.get('two')).toMatchObject({ joined: [] });
    expect(stage.spool.open('answer')).toEqual([]);
  });

  it('is looked for again after a crash, too: the look is kept before the answer is written', async () => {
    await stage.give({ surveyKey: 'one', score: 4 });
    const { settle } = stage.spool;
    stage.spool.settle = async () => Promise.reject(new Error('killed'));
    await expect(stage.give({ surveyKey: 'two', score: 2 })).rejects.toThrow('killed');
    stage.spool.settle = settle;
    stage.org.openKinds.clear();
    await stage.work();
    expect(stage.tasks()).toHaveLength(2);
  });

  it('once closed, is followed by a new one, but not for an answer that had joined it', async () => {
    await stage.give({ surveyKey: 'one', score: 4 });
    await stage.give({ surveyKey: 'two', score: 2 });
    await stage.work();
    stage.org.openKinds.clear();
    await stage.give({ surveyKey: 'two', score: 1 });
    expect(stage.tasks()).toHaveLength(1);
    stage.org.addSurvey('three', ACME);
    await stage.give({ surveyKey: 'three', score: 3 });
    expect(stage.tasks()).toHaveLength(2);
  });
});

describe('answers that arrive together', () => {
  it('of one account are one change with the numbers of all', async () => {
    stage.org.addSurvey('two', ACME);
    await stage.give({ surveyKey: 'one', score: 0 }, { surveyKey: 'two', score: 9 });
    await expect(stage.spool.dead()).resolves.toEqual([]);
    const changes = stage.org.changesWritten.length;
    stage.org.addSurvey('three', ACME);
    stage.org.addSurvey('four', ACME);
    await stage.give({ surveyKey: 'three', score: 10 }, { surveyKey: 'four', score: 1 });
    expect(stage.org.changesWritten.length - changes).toBe(1);
    expect(stage.org.changesWritten.at(-1)?.responses.map(({ key }) => key)).toEqual(['three', 'four']);
    expect(stage.numbers()).toMatchObject({ score: 1, rollingAverage: 5, responseCount: 4 });
  });

  it('of one survey are one response: the last one, with what it was before', async () => {
    await stage.give({ surveyKey: 'one', score: 3 }, { surveyKey: 'one', score: 9 });
    expect(stage.org.changesWritten).toHaveLength(1);
    expect(stage.org.responses.get('one')).toMatchObject({ score: 9, previousScore: 3, respondedAt: NOW });
    expect([stage.tasks(), stage.mails()]).toEqual([[], ['thank-you to Ann Lee']]);
  });

  it('of two accounts are two changes', async () => {
    stage.org.addAccount(BOLT);
    stage.org.addSurvey('bolt', BOLT);
    await stage.give({ surveyKey: 'one' }, { surveyKey: 'bolt', accountId: BOLT });
    expect(stage.org.changesWritten.map(({ accountId }) => accountId)).toEqual([ACME, BOLT]);
  });
});

describe('a correction', () => {
  it('from 3 to 9 replaces the score everywhere and keeps when it was first given', async () => {
    await stage.give({ surveyKey: 'one', score: 3 });
    await stage.give({ surveyKey: 'one', score: 9 });
    expect(stage.org.responses.get('one')).toMatchObject({ previousScore: 3, respondedAt: NOW, followUpDue: null });
    expect(stage.numbers()).toMatchObject({ score: 9, segment: 'Promoter', rollingAverage: 9, responseCount: 1 });
    expect(stage.tasks()).toHaveLength(1);
  });

  it('within detractors keeps the due time and makes no second Task', async () => {
    await stage.give({ surveyKey: 'one', score: 3 });
    stage.clock.advance(60 * MINUTE_MS);
    await stage.give({ surveyKey: 'one', score: 0 });
    expect(stage.tasks()).toHaveLength(1);
    expect(stage.org.responses.get('one')?.followUpDue).toEqual(new Date('2026-11-19T12:00:00Z'));
  });

  it('from 9 to 3 has 24 hours from the correction on', async () => {
    await stage.give({ surveyKey: 'one', score: 9 });
    stage.clock.advance(60 * MINUTE_MS - 1_000);
    await stage.give({ surveyKey: 'one', score: 3 });
    expect(stage.tasks()).toMatchObject([{ ReminderDateTime: '2026-11-19T13:00:00.000Z' }]);
  });
});

describe('an answer without proof of a person', () => {
  it('changes no numbers, makes no Task and sends no mail', async () => {
    await stage.give({ surveyKey: 'one', score: 0, evidence: 'bare' });
    expect(stage.org.responses.get('one')).toMatchObject({ score: 0, verdict: 'Provisional' });
    expect(stage.org.changesWritten[0]).not.toHaveProperty('numbers');
    expect(stage.org.changesWritten[0]).toMatchObject({ contacts: [], responses: [{ survey: { answered: false } }] });
    expect([stage.tasks(), stage.mails()]).toEqual([[], []]);
  });

  it('is accepted after its quarantine, with everything that follows', async () => {
    await stage.give({ surveyKey: 'one', score: 0, evidence: 'script' });
    stage.clock.advance(QUARANTINE_MS);
    await stage.review('one');
    expect(stage.org.responses.get('one')).toMatchObject({ verdict: 'Accepted' });
    expect(stage.numbers()).toMatchObject({ score: 0, responseCount: 1 });
    expect([stage.tasks().length, stage.mails()]).toEqual([1, ['acknowledgment-grave to Ann Lee']]);
  });

  it('still waits when it is looked at too early', async () => {
    await stage.give({ surveyKey: 'one', score: 0, evidence: 'script' });
    await stage.review('one');
    expect(stage.org.responses.get('one')).toMatchObject({ verdict: 'Provisional' });
  });

  it('is left to a person when a scanner went through its links', async () => {
    for (const score of [0, 1, 2, 3] as const) {
      await stage.spool.observe({
        surveyKey: 'one',
        link: String(score),
        kind: 'fetched',
        visitor: 'gateway',
        at: NOW,
      });
    }
    await stage.give({ surveyKey: 'one', score: 3, evidence: 'bare' });
    stage.clock.advance(QUARANTINE_MS);
    await stage.review('one');
    expect(stage.org.responses.get('one')).toMatchObject({ verdict: 'Unresolved' });
    expect(stage.numbers()).toMatchObject({ score: null, responseCount: 0 });
    expect([stage.tasks(), stage.mails()]).toEqual([[], []]);
  });

  it('never replaces one that counts', async () => {
    await stage.give({ surveyKey: 'one', score: 9 });
    await stage.give({ surveyKey: 'one', score: 0, evidence: 'bare' });
    expect(stage.org.responses.get('one')).toMatchObject({ score: 9, verdict: 'Confirmed' });
    expect(stage.numbers()).toMatchObject({ score: 9 });
  });
});
