import { beforeEach, describe, expect, it } from 'vitest';
import { taskKey } from '../../src/nps/task.ts';
import { answering } from './answering.ts';
import { ACME, BOLT, DAY_MS, MINUTE_MS } from './fakes.ts';

let stage: ReturnType<typeof answering>;

beforeEach(() => {
  stage = answering();
  stage.org.addSurvey('one', ACME);
});

describe('an answer that is written twice', () => {
  it('leaves one response, one Task and the same numbers', async () => {
    const { settle } = stage.spool;
    stage.spool.settle = async () => {
      throw new Error('killed right after the write');
    };
    await expect(stage.give({ surveyKey: 'one', score: 2 })).rejects.toThrow('killed');
    const [response, numbers] = [stage.org.responses.get('one'), stage.numbers()];
    stage.spool.settle = settle;
    stage.spool.crash();
    await stage.work();
    expect([stage.org.responses.get('one'), stage.numbers()]).toEqual([response, numbers]);
    expect(stage.org.changesWritten).toHaveLength(2);
    expect(stage.org.changesWritten[1]).not.toHaveProperty('numbers');
    expect(stage.tasks()).toHaveLength(1);
    expect(stage.mails()).toEqual(['acknowledgment-grave to Ann Lee']);
  });

  it('makes no second Task when its key exists already', async () => {
    stage.org.taskKeys.add(taskKey('call', 'one'));
    await stage.give({ surveyKey: 'one', score: 2 });
    expect(stage.org.changesWritten[0]?.responses[0]).toMatchObject({ tasks: [], followUpDue: expect.any(Date) });
  });
});

describe('an answer for an account that changed meanwhile', () => {
  it('goes to the account its survey stands at now', async () => {
    stage.org.addAccount(BOLT);
    stage.org.addSurvey('one', BOLT);
    await stage.give({ surveyKey: 'one', accountId: ACME });
    expect(stage.org.changesWritten.map(({ accountId }) => accountId)).toEqual([BOLT]);
  });

  it('goes to the account its response was moved to, before all', async () => {
    await stage.give({ surveyKey: 'one', score: 3 });
    stage.org.addAccount(BOLT);
    const response = stage.org.responses.get('one');
    if (response) stage.org.responses.set('one', { ...response, accountId: BOLT });
    await stage.give({ surveyKey: 'one', score: 9 });
    expect(stage.org.changesWritten.at(-1)?.accountId).toBe(BOLT);
  });

  it('is a dead letter with the way out when the account is gone, and others are written', async () => {
    stage.org.addAccount(BOLT);
    stage.org.addSurvey('bolt', BOLT);
    stage.org.accounts.delete(ACME);
    await stage.give({ surveyKey: 'one' }, { surveyKey: 'bolt', accountId: BOLT });
    expect(await stage.spool.dead()).toMatchObject([{ lane: 'answer', reason: expect.stringContaining('Restore it') }]);
    expect(stage.org.responses.has('bolt')).toBe(true);
    expect(stage.log.complaints()).toHaveLength(1);
  });
});

describe('an answer that cannot be written', () => {
  it('for now is tried again, later each time, and mails nobody before', async () => {
    stage.org.onAnswers = () => ({ written: false, transient: true, reason: 'PROCESSING_HALTED' });
    await stage.give({ surveyKey: 'one', score: 2 });
    const waits = [];
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      const [item] = stage.spool.open('answer');
      expect(item).toMatchObject({ attempts: attempt, reason: 'PROCESSING_HALTED' });
      waits.push((item?.dueAt.getTime() ?? 0) - stage.clock.now().getTime());
      stage.clock.advance(MINUTE_MS);
      await stage.work();
    }
    expect(waits).toEqual([1_000, 2_000, 4_000]);
    expect(stage.mails()).toEqual([]);
    stage.org.onAnswers = () => ({ written: true });
    stage.clock.advance(MINUTE_MS);
    await stage.work();
    expect([stage.spool.open('answer'), stage.mails()]).toEqual([[], ['acknowledgment-grave to Ann Lee']]);
  });

  it('because somebody it names was deleted since it was read is written from what is there then', async () => {
    stage.org.onAnswers = ({ responses }) => {
      if (responses[0]?.contactId === null) return { written: true };
      return { written: false, transient: false, reason: 'response0: ENTITY_IS_DELETED: entity is deleted' };
    };
    await stage.give({ surveyKey: 'one', score: 2 });
    stage.org.addSurvey('one', ACME, { contact: null });
    stage.clock.advance(MINUTE_MS);
    await stage.work();
    expect(await stage.spool.dead()).toEqual([]);
    expect(stage.org.responses.get('one')).toMatchObject({ score: 2, contactId: null });
  });

  it('for good, and once more, is a dead letter with the reason of the org', async () => {
    stage.org.onAnswers = () => ({ written: false, transient: false, reason: 'The response needs a region.' });
    await stage.give({ surveyKey: 'one', score: 2 });
    expect(await stage.spool.dead()).toEqual([]);
    stage.clock.advance(MINUTE_MS);
    await stage.work();
    expect(await stage.spool.dead()).toMatchObject([{ reason: 'The response needs a region.' }]);
    expect(stage.mails()).toEqual([]);
  });

  it('whole is written in part, said so, and acted on', async () => {
    stage.org.onAnswers = () => ({ written: true, without: 'the account: Region is required.' });
    await stage.give({ surveyKey: 'one', score: 2 });
    expect(stage.log.complaints()).toEqual(['Answers of an account were written in part.']);
    expect(stage.mails()).toEqual(['acknowledgment-grave to Ann Lee']);
  });
});

describe('the nightly look at an account', () => {
  it('writes nothing when its numbers are right', async () => {
    await stage.give({ surveyKey: 'one', score: 9 });
    await stage.review();
    expect(stage.org.changesWritten).toHaveLength(1);
    expect(stage.spool.open('answer')).toEqual([]);
  });

  it('ages its window and writes the numbers alone', async () => {
    await stage.give({ surveyKey: 'one', score: 9 });
    stage.clock.advance(366 * DAY_MS);
    await stage.review();
    expect(stage.org.changesWritten.at(-1)).toMatchObject({ responses: [], contacts: [] });
    expect(stage.numbers()).toMatchObject({ score: 9, rollingAverage: null, responseCount: 0 });
  });
});
