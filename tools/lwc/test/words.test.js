import { reasonOf, rowsOf } from 'c/npsGraph';
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

describe('what GraphQL gives', () => {
  it('is rows, with their parents', () => {
    const node = { Id: '1', Score__c: { value: 9 }, Contact__r: { Name: { value: 'Jane' } }, CSM__r: null };
    expect(rowsOf({ edges: [{ node }] })).toEqual([
      { Id: '1', Score__c: 9, Contact__r: { Name: 'Jane' }, CSM__r: null },
    ]);
    expect(rowsOf(undefined)).toEqual([]);
  });

  it.each([
    [[{ message: 'One.' }, { message: 'Two.' }], 'One. Two.'],
    [{ body: { message: 'No.' } }, 'No.'],
    [{ body: { message: 'No.', output: { errors: [{ message: 'A rule says no.' }] } } }, 'A rule says no.'],
  ])('or a reason', (errors, reason) => {
    expect(reasonOf(errors)).toBe(reason);
  });
});
