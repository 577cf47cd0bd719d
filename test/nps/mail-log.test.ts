import { expect, test } from 'vitest';
import { mailLog, mailLogKey } from '../../src/nps/mail-log.ts';

const mail = {
  ...{ surveyKey: 'ab'.repeat(32), which: 'invitation', subject: 'How are you?', from: 'cleo@us.example' },
  ...{ sentAt: new Date('2027-03-10T02:00:00Z'), zone: 'America/New_York' },
};

test('a mail is an activity that is done, on the day it had where its sender lives', () => {
  expect(mailLog(mail)).toEqual({
    NPS_Task_Key__c: mailLogKey(mail),
    Subject: 'NPS mail: How are you?',
    Description: 'Sent by the NPS service from cleo@us.example.',
    Status: 'Completed',
    TaskSubtype: 'Email',
    ActivityDate: '2027-03-09',
  });
});

test('each mail of a survey has a key of its own, the same however often it is told', () => {
  const keys = ['invitation', 'Detractor_Acknowledgment', 'renewal'].map((which) => mailLogKey({ ...mail, which }));
  expect(new Set(keys).size).toBe(3);
  expect(keys.every((key) => /^[0-9a-f]{64}$/.test(key))).toBe(true);
  expect(mailLogKey({ ...mail })).toBe(keys[0]);
});

test('a subject that is too long for Salesforce is cut', () => {
  expect(mailLog({ ...mail, subject: 'x'.repeat(300) }).Subject).toHaveLength(255);
});
