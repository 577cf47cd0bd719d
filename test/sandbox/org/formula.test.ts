import { expect, test } from 'vitest';
import { evaluated, type Known } from '../../../src/sandbox/org/formula/evaluate.ts';
import type { FieldValue } from '../../../src/sandbox/org/org.ts';
import { type FieldType, field } from '../../../src/sandbox/org/schema/field.ts';

const NOW = new Date('2026-11-22T10:00:00Z');

const known = (type: FieldType, value: FieldValue): Known => ({ field: { type, picklist: [] }, value });
const NAMES: Record<string, Known> = {
  Blank: known('double', null),
  Two: known('double', 2),
  NoDay: known('date', null),
  Day: known('date', '2026-11-20'),
  Word: known('string', 'word'),
  NoWord: known('string', null),
  NoPick: known('picklist', null),
};
const worth = (formula: string, type: FieldType) =>
  evaluated(formula, field('F__c', type, { precision: 18, scale: 2 }), (name) => NAMES[name], NOW);

test.each<[string, FieldType, FieldValue]>([
  ['IF(ISBLANK(Blank), 1, Blank + 1)', 'double', 1],
  ['IF(ISBLANK(Two), 1, Two + 1)', 'double', 3],
  ['IF(ISBLANK(NoDay), Day, NoDay - 5)', 'date', '2026-11-20'],
  ['AND(NOT(ISBLANK(Blank)), Blank + 1 > 2)', 'boolean', false],
  ['OR(ISBLANK(Blank), Blank + 1 > 2)', 'boolean', true],
  ['BLANKVALUE(Blank, 3) * Two', 'double', 6],
  ['BLANKVALUE(Blank + 1, 9)', 'double', 9],
  ['CASE(Two, 1, Blank + 1, 2, Two + 2, Blank)', 'double', 4],
  ['CASE(Two, 1, Blank + 1, Blank - 1)', 'double', null],
  ['Blank + Two', 'double', null],
  ['Day - Blank', 'date', null],
  ['Word & TEXT(Blank)', 'string', 'word'],
  ['NoPick & Word', 'string', 'word'],
  ['TODAY() - 2', 'date', '2026-11-20'],
])('%s is worked out where something is blank', (formula, type, value) => {
  expect(worth(formula, type)).toBe(value);
});

test.each(['Word - Two', 'IF(ISBLANK(Blank), Word - Two, 1)', 'Nothing + 1'])(
  '%s cannot be worked out, and says so',
  (formula) => {
    expect(() => worth(formula, 'double')).toThrow('The sandbox cannot work out the formula');
  },
);
