import { readdirSync } from 'node:fs';
import { reasonOf, rowsOf } from 'c/npsGraph';
import { choiceName, stepName, triggerName } from 'c/npsNames';
import { filled, readable } from 'c/npsWords';

describe('words', () => {
  it('fill the places of a label', () => {
    expect(filled('{0} of {1}, {0}', 1, 2)).toBe('1 of 2, 1');
  });

  it('read a name as people do', () => {
    expect(readable('Pre_Renewal')).toBe('Pre Renewal');
    expect(readable(null)).toBe('');
  });
});

describe('names', () => {
  const folder = 'force-app/defaults/main/default/customMetadata';
  const shipped = readdirSync(folder).map((file) => file.split('.'));
  const labels = { NPS_Trigger: triggerName, NPS_Sequence_Step: stepName, NPS_Choice: choiceName };

  it.each(Object.keys(labels))('of every %s that ships are labels, which can be translated', (type) => {
    const names = shipped.flatMap(([of, name]) => (of === type ? [name] : []));
    expect(names.length).toBeGreaterThan(4);
    expect(names.filter((name) => !labels[type](name).startsWith('c.NPS_'))).toEqual([]);
  });

  it('of records that admins add are read as they are written', () => {
    expect(triggerName('Anniversary_Call')).toBe('Anniversary Call');
    expect(stepName(null)).toBe('');
  });
});

describe('what GraphQL gives', () => {
  it('is rows, with their parents', () => {
    const node = { Id: '1', Score__c: { value: 9 }, Contact__r: { Name: { value: 'Jane' } }, CSM__r: null };
    expect(rowsOf({ edges: [{ node }] })).toEqual([
      { Id: '1', Score__c: 9, Contact__r: { Name: 'Jane' }, CSM__r: null, labels: {} },
    ]);
    expect(rowsOf(undefined)).toEqual([]);
  });

  it('tells what the org calls the values of picklists, the value itself where it says nothing', () => {
    const node = {
      Segment__c: { value: 'Passive', displayValue: 'Neutral' },
      Status__c: { value: 'Sent', displayValue: null },
    };
    const [row] = rowsOf({ edges: [{ node }] });
    expect(row).toEqual({
      Segment__c: 'Passive',
      Status__c: 'Sent',
      labels: { Segment__c: 'Neutral', Status__c: 'Sent' },
    });
  });

  it.each([
    [[{ message: 'One.' }, { message: 'Two.' }], 'One. Two.'],
    [{ body: { message: 'No.' } }, 'No.'],
    [{ body: { message: 'No.', output: { errors: [{ message: 'A rule says no.' }] } } }, 'A rule says no.'],
  ])('or a reason', (errors, reason) => {
    expect(reasonOf(errors)).toBe(reason);
  });
});
