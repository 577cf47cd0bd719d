import { beforeEach, describe, expect, it } from 'vitest';
import { rule } from '../nps/routing-rules.ts';
import { answering } from './answering.ts';
import { ACME, MINUTE_MS } from './fakes.ts';

let stage: ReturnType<typeof answering>;
const AT_RISK = rule('At_Risk', { kind: 'At Risk', phrases: ['cancel*'], label: 'at risk, call', notifyRole: 'CSM' });

beforeEach(() => {
  stage = answering();
  stage.org.addSurvey('one', ACME);
  stage.org.rules.push(AT_RISK);
});

const texts = () =>
  stage.org.changesWritten.flatMap(({ responses }) => responses.flatMap(({ notice }) => notice?.text ?? []));
const toldOf = (key: string) => stage.org.responses.get(key)?.course.done.map(({ step }) => step);

describe('whom a rule notifies', () => {
  it('is told with the write that makes its Task, and of nothing that the customer adds later', async () => {
    await stage.give({ surveyKey: 'one', score: 7 });
    expect(texts()).toEqual([]);
    await stage.give({ surveyKey: 'one', score: 7, verbatim: 'We cancel' });
    await stage.give({ surveyKey: 'one', score: 7, verbatim: 'We cancel, really' });
    expect(texts()).toEqual([
      expect.stringMatching(/^NPS 7 from Ann Lee \(Account .*\): at risk, call\. By the routing rule At_Risk\. Due /),
    ]);
    expect(stage.org.responses.get('one')?.notified?.userId).toBe('Cleo');
  });

  it('is told of an answer that joins the Task of another one, too', async () => {
    stage.org.addSurvey('two', ACME);
    await stage.give({ surveyKey: 'one', score: 7, verbatim: 'We cancel' });
    await stage.give({ surveyKey: 'two', score: 8, verbatim: 'We cancel as well' });
    await stage.give({ surveyKey: 'two', score: 8, verbatim: 'We cancel as well, really' });
    expect(texts()).toEqual([expect.stringMatching(/^NPS 7/), expect.stringMatching(/^NPS 8/)]);
  });

  it('is told of two answers that came together one after the other', async () => {
    stage.org.addSurvey('two', ACME);
    await stage.give(
      { surveyKey: 'one', score: 7, verbatim: 'We cancel' },
      { surveyKey: 'two', score: 8, verbatim: 'We cancel as well' },
    );
    expect(texts()).toHaveLength(1);
    await stage.work();
    expect(texts()).toEqual([expect.stringMatching(/^NPS 7/), expect.stringMatching(/^NPS 8/)]);
  });

  it('is told once, where the org refuses the Task every night', async () => {
    const { onAnswers } = stage.org;
    stage.org.onAnswers = (change) => ({ ...onAnswers(change), without: 'the Task' });
    await stage.give({ surveyKey: 'one', score: 7, verbatim: 'We cancel' });
    stage.org.taskKeys.clear();
    stage.org.openKinds.clear();
    await stage.review('one');
    expect(stage.tasks()).toHaveLength(2);
    expect(texts()).toHaveLength(1);
  });

  it('is the one of the first rule, where two hold at once', async () => {
    stage.org.rules.push(rule('Late', { order: 20, phrases: ['cancel*'], notifyRole: 'CSM' }));
    await stage.give({ surveyKey: 'one', score: 7, verbatim: 'We cancel' });
    expect([texts(), stage.tasks().length]).toEqual([[expect.stringContaining('At_Risk')], 2]);
  });

  it('comes first, and a reminder that is due at the same time after it', async () => {
    await stage.give({ surveyKey: 'one', score: 5 });
    stage.clock.advance(13 * 60 * MINUTE_MS);
    await stage.give({ surveyKey: 'one', score: 5, verbatim: 'We cancel' });
    expect(texts()).toEqual([expect.stringContaining('At_Risk')]);
    expect(toldOf('one')).not.toContain('Detractor_Reminder');
    await stage.review('one');
    expect(texts()).toEqual([
      expect.stringContaining('At_Risk'),
      expect.stringContaining('Nobody has followed up yet'),
    ]);
    expect(toldOf('one')).toContain('Detractor_Reminder');
  });
});
