import { describe, expect, it } from 'vitest';
import { sequencesOf } from '../../src/nps/sequence-step.ts';
import { stepOf } from '../../src/salesforce/sequence-steps.ts';
import { shippedSequences } from '../support/shipped-sequences.ts';

const record = {
  ...{
    DeveloperName: 'First',
    Active__c: true,
    Segment__c: 'Detractor',
    Lowest_Score__c: null,
    Highest_Score__c: null,
  },
  ...{ Order__c: 1, Delay_Hours__c: 0, Delay_From__c: null, Action__c: 'Mail', Template__c: 'acknowledgment' },
  ...{ Condition__c: null, Delay_Percent__c: null, Recipient__c: null },
};
const detractors = (...records: object[]) =>
  sequencesOf(records.flatMap((fields) => stepOf({ ...record, ...fields }))).get('Detractor');
const problemOf = (...records: object[]) => detractors(...records)?.problem;

describe('the records of a sequence', () => {
  it('ship without a fault, for every segment', () => {
    const shipped = [...shippedSequences()];
    expect(shipped.map(([segment]) => segment).toSorted()).toEqual(['Detractor', 'Passive', 'Promoter']);
    expect(shipped.map(([, { steps, problem }]) => [steps.length > 0, problem])).toEqual(
      shipped.map(() => [true, null]),
    );
  });

  it.each([
    [{ Order__c: null }, 'Order__c must be a whole number'],
    [{ Delay_Hours__c: -1 }, 'Delay_Hours__c must not be negative'],
    [{ Action__c: 'Fax' }, 'Action__c must be one of Mail, Task, Notify, Escalate'],
    [{ Delay_Hours__c: null }, 'Delay_Hours__c or Delay_Percent__c must be set, not both'],
    [{ Delay_Percent__c: 50 }, 'Delay_Hours__c or Delay_Percent__c must be set, not both'],
    [{ Delay_Hours__c: null, Delay_Percent__c: 50 }, 'only Notify and Escalate count in percent'],
    [{ Recipient__c: 'The Board' }, 'Recipient__c must be empty or one of CSM'],
    [{ Template__c: 'poem' }, 'Template__c is "poem", but a Mail says one of acknowledgment'],
    [{ Action__c: 'Task' }, 'Template__c is "acknowledgment", but a Task says one of call'],
    [{ Highest_Score__c: 7 }, 'must be scores of a Detractor, 0 to 6'],
    [{ Lowest_Score__c: 5, Highest_Score__c: 2 }, 'Lowest_Score__c and Highest_Score__c are 5 and 2'],
    [{ Template__c: 'what-we-did' }, 'never claim what nobody did'],
    [{ Template__c: 'did-we-fix-it', Condition__c: 'Actions Taken' }, 'Condition__c must be Resolved'],
  ])('are refused with %j, by record and field', (fields, sentence) => {
    expect(problemOf(fields)).toMatch(/^The NPS Sequence Step record First cannot be used: .*\.$/);
    expect(problemOf(fields)).toContain(sentence);
  });

  const reminder = { DeveloperName: 'Remind', Action__c: 'Notify', Template__c: 'reminder', Recipient__c: 'CSM' };

  it.each([
    [{ Recipient__c: null }, 'Recipient__c is empty, but somebody must be told'],
    [{ Delay_From__c: 'Previous Step' }, 'Delay_From__c must be Answer'],
    [{ Template__c: 'call' }, 'Template__c is "call", but a Notify says one of new-detractor, reminder'],
  ])('of an escalation are refused with %j, and hold the mails of nobody', (fields, sentence) => {
    const found = detractors({}, { ...reminder, ...fields });
    expect([found?.problem, found?.escalation.problem]).toEqual([null, expect.stringContaining(sentence)]);
  });

  it('may share a place with one of an escalation', () => {
    const found = detractors({}, reminder);
    expect([found?.problem, found?.escalation.problem]).toEqual([null, null]);
    expect(found?.escalation.steps).toMatchObject([{ name: 'Remind', recipient: 'CSM' }]);
  });

  it('hold their own sequence alone', () => {
    const sequences = sequencesOf([
      ...stepOf({ ...record, Template__c: 'poem' }),
      ...stepOf({ ...record, DeveloperName: 'Thanks', Segment__c: 'Promoter', Template__c: 'thank-you' }),
    ]);
    expect(sequences.get('Promoter')?.problem).toBeNull();
  });

  it('do not share a place for the same scores, and may for others', () => {
    expect(problemOf({}, { DeveloperName: 'Second' })).toContain('Order__c is 1, as that of Second');
    expect(problemOf({ Highest_Score__c: 2 }, { DeveloperName: 'Second', Lowest_Score__c: 3 })).toBeNull();
  });

  it('count only while they are active', () => {
    expect(problemOf({ Active__c: false, Template__c: 'poem' })).toBeNull();
  });
});
