import { describe, expect, it } from 'vitest';
import { type FollowUp, followUpTask, taskKey } from '../../src/nps/task.ts';

const call: FollowUp = {
  responseKey: 'ab'.repeat(32),
  ...{ kind: 'Call', label: 'call', priority: 'High' },
  because: ['Why this Task: the routing rule Detractor_Call.'],
  accountName: 'Acme',
  accountUrl: 'https://us.my.salesforce.com/001D000000IqhSLIAZ',
  contactName: 'Ann Lee',
  score: 0,
  verbatim: 'Slow.',
  trigger: 'Post_Resolution',
  earlierScores: [9, 0],
  dueAt: new Date('2026-11-23T03:30:00Z'),
  zone: 'America/Los_Angeles',
};

describe('a Task', () => {
  it('says who to call, why, and where to look', () => {
    const { Subject, Description } = followUpTask(call);
    expect(Subject).toBe('NPS 0: call Ann Lee (Acme)');
    for (const fact of [
      'Ann Lee answered 0 of 10',
      'Slow.',
      'Post Resolution',
      '9, 0',
      call.accountUrl,
      ...call.because,
    ]) {
      expect(Description).toContain(fact);
    }
  });

  it('is of the priority it was given, on the day it is due where its owner is, with a reminder at the exact time', () => {
    expect(followUpTask(call)).toMatchObject({
      Priority: 'High',
      ActivityDate: '2026-11-22',
      IsReminderSet: true,
      ReminderDateTime: '2026-11-23T03:30:00.000Z',
    });
    expect(followUpTask({ ...call, zone: 'Europe/Berlin' }).ActivityDate).toBe('2026-11-23');
  });

  it('does without a contact, a comment and earlier scores', () => {
    const { Subject, Description } = followUpTask({ ...call, contactName: null, verbatim: '', earlierScores: [] });
    expect(Subject).toBe('NPS 0: call Acme');
    expect(Description).toContain('No comment was left.');
    expect(Description).toContain('Earlier scores, newest first: none');
  });

  it.each([
    [237, 255, false],
    [238, 255, true],
    [5_000, 255, true],
  ])('has a subject of at most 255 characters (contact of %i)', (letters, most, cut) => {
    const { Subject } = followUpTask({ ...call, contactName: 'x'.repeat(letters - 1) });
    expect(Subject.length).toBeLessThanOrEqual(most);
    expect(Subject.endsWith('…')).toBe(cut);
  });

  it('has a description of at most 32,000 characters, cut at its end', () => {
    const { Description } = followUpTask({ ...call, verbatim: 'long '.repeat(10_000) });
    expect(Description).toHaveLength(32_000);
    expect(Description.startsWith('Ann Lee answered 0 of 10.')).toBe(true);
    expect(Description.endsWith('…')).toBe(true);
  });

  it('has one key per response and kind, lower-case hex and not the key of the response', () => {
    expect(taskKey(call.kind, call.responseKey)).toMatch(/^[0-9a-f]{64}$/);
    expect(followUpTask(call).NPS_Task_Key__c).toBe(taskKey(call.kind, call.responseKey));
    expect(taskKey(call.kind, call.responseKey)).not.toBe(call.responseKey);
    expect(taskKey('At Risk', call.responseKey)).not.toBe(taskKey(call.kind, call.responseKey));
    expect(taskKey('CALL', call.responseKey)).toBe(taskKey('call', call.responseKey));
    expect(taskKey(call.kind, 'cd'.repeat(32))).not.toBe(taskKey(call.kind, call.responseKey));
  });
});
