import { expect, it } from 'vitest';
import { addressTask, addressTaskKey, type LostContact } from '../../src/nps/address-task.ts';

const lost: LostContact = {
  ...{ surveyKey: 'ab12', news: 'dead-address', contactName: 'Ann Lee', accountName: 'Acme' },
  ...{ reason: '550 no such user', zone: 'America/New_York', now: new Date('2026-11-18T02:00:00Z') },
};

it('the Task about a dead address says whom it is about, what was said and what to do within a week, in the zone of its owner', () => {
  const { NPS_Task_Key__c, ...task } = addressTask(lost);
  expect(NPS_Task_Key__c).toMatch(/^[0-9a-f]{64}$/);
  expect(task).toEqual({
    Subject: 'NPS: find a new address for Ann Lee (Acme)',
    Description: expect.stringMatching(/Correct the email address(.|\n)*550 no such user/),
    ActivityDate: '2026-11-24',
  });
});

it('the Task about a spam report asks to talk, and quotes nobody where nothing was said', () => {
  const task = addressTask({ ...lost, news: 'unwanted', reason: '' });
  expect(task.Subject).toBe('NPS: Ann Lee (Acme) marked our mail as spam');
  expect(task.Description).not.toContain('said');
});

it('is one a survey for each kind of news, and fits its fields', () => {
  expect(addressTaskKey(lost)).toBe(addressTaskKey({ ...lost, reason: 'other' } as LostContact));
  expect(addressTaskKey(lost)).not.toBe(addressTaskKey({ ...lost, news: 'unwanted' }));
  expect(addressTaskKey(lost)).not.toBe(addressTaskKey({ ...lost, surveyKey: 'ab13' }));
  const long = addressTask({ ...lost, accountName: 'n'.repeat(300), reason: 'r'.repeat(40_000) });
  expect([long.Subject.length, long.Description.length]).toEqual([255, 32_000]);
});
