import { expect, test } from 'vitest';
import { fullId, isRecordId, recordId } from '../../../src/sandbox/org/record-id.ts';

test('a 15-character id becomes the 18-character one of the documentation', () => {
  expect(fullId('001A0000006Vm9r')).toBe('001A0000006Vm9rIAC');
});

test('ids of one kind are 18 characters long, right by checksum, and sort by age', () => {
  const ids = [1, 61, 62, 4000].map((count) => recordId('a00', count));
  expect(ids.every((id) => id.length === 18 && isRecordId(id))).toBe(true);
  expect([...ids].sort()).toEqual(ids);
});

test('a wrong checksum is no id', () => {
  expect(isRecordId('001A0000006Vm9rIAA')).toBe(false);
});
