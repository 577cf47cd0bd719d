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
  Condition__c: null,
};
const problemOf = (...records: object[]) =>
  sequencesOf(records.flatMap((fields) => stepOf({ ...record, ...fields }))).get('Detractor')?.problem;

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
    [{ Action__c: 'Fax' }, 'Action__c must be one of Mail, Task'],
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
