import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/nps/settings.ts';
import { SETTING_FIELDS, settingsOf } from '../../src/salesforce/settings.ts';
import { triggerOf } from '../../src/salesforce/triggers.ts';

const empty = Object.fromEntries(SETTING_FIELDS.map((field) => [field, null]));

describe('the NPS Setting record', () => {
  it('means the defaults where it is missing or empty, but an emptied condition or target is switched off', () => {
    expect(settingsOf(undefined)).toEqual(DEFAULT_SETTINGS);
    expect(settingsOf(empty)).toEqual({
      ...DEFAULT_SETTINGS,
      openCaseCondition: null,
      churnCondition: null,
      escalationCondition: null,
      renewalCondition: null,
      lostRenewalIsChurn: false,
      targets: Object.fromEntries(Object.keys(DEFAULT_SETTINGS.targets).map((metric) => [metric, null])),
    });
  });

  it('lists domains and blackouts a line each', () => {
    const row = {
      ...empty,
      Excluded_Domains__c: '@Gmail.com\n\n acme.example ',
      Blackouts__c: '2026-12-20..2027-01-05 Holidays\n2027-03-31 .. 2027-03-31\n12-20..01-05 Every year',
    };
    expect(settingsOf(row)).toMatchObject({
      excludedDomains: ['gmail.com', 'acme.example'],
      blackouts: [
        { from: '2026-12-20', to: '2027-01-05', reason: 'Holidays' },
        { from: '2027-03-31', to: '2027-03-31', reason: 'a blackout' },
        { from: '12-20', to: '01-05', reason: 'Every year' },
      ],
    });
  });

  it('lists words of sentiment behind Positive and Negative', () => {
    const row = { ...empty, Sentiment_Words__c: 'Negative: slow*, nobody calls\nPositive: fast\nNegative: dear' };
    expect(settingsOf(row)).toMatchObject({
      sentimentWords: { positive: ['fast'], negative: ['slow*', 'nobody calls', 'dear'] },
    });
  });

  it.each([
    ['Sentiment_Words__c', 'slow, dear'],
    ['Sentiment_Words__c', 'Angry: slow'],
    ['Blackouts__c', '20 December to New Year'],
    ['Blackouts__c', '2027-01-05..2026-12-20 backwards'],
    ['Blackouts__c', '02-01..02-30 no such day'],
    ['Blackouts__c', '2026-02-29..2026-03-01 no such day'],
    ['Blackouts__c', '12-20..2027-01-05 half a date'],
    ['Look_Back_Days__c', 2.5],
    ['Minimum_Gap_Days__c', 89],
    ['Rolling_Window_Days__c', 0],
    ['Suppressed_Retention_Days__c', 90],
    ['Quarantine_Minutes__c', -1],
    ['CSM_Field__c', 'Owner.Name'],
  ])('that cannot be used stops everything, naming %s = %j', (field, value) => {
    expect(() => settingsOf({ ...empty, [field]: value })).toThrow(field);
  });
});

describe('an NPS Trigger record', () => {
  const good = {
    ...{
      DeveloperName: 'Install',
      Active__c: true,
      Source_Object__c: 'Asset',
      Date_Field__c: 'InstallDate',
      Offset_Days__c: 30,
    },
    ...{ Condition__c: null, Account_Field__c: 'AccountId', Contact_Field__c: null, Threshold__c: null },
  };

  it('says where its moments come from', () => {
    expect(triggerOf(good)).toMatchObject({
      ...{ name: 'Install', problem: null, minimumGapDays: 90, minimumAccountAgeDays: 30 },
      source: { object: 'Asset', dateField: 'InstallDate', offsetDays: 30, accountField: 'AccountId' },
    });
  });

  it('without a source is served by events alone', () => {
    expect(triggerOf({ DeveloperName: 'Manual', Active__c: true, Source_Object__c: null })).toMatchObject({
      source: null,
      problem: null,
    });
  });

  it.each([
    ['Date_Field__c', null],
    ['Date_Field__c', 'Install Date'],
    ['Offset_Days__c', null],
    ['Account_Field__c', "AccountId FROM Asset'"],
    ['Source_Object__c', 'Asset WHERE Id != null'],
  ])('that cannot be used says so, naming itself and %s = %j', (field, value) => {
    const { source, problem } = triggerOf({ ...good, [field]: value });
    expect(source).toBeNull();
    expect(problem).toMatch(new RegExp(`Install.*${field}`));
  });
});
