import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { merge } from '../../src/nps/merge-fields.ts';

const facts = {
  company: 'Northwind',
  account: { name: 'Acme & Sons' },
  contact: { name: 'Ann Lee', firstName: 'Ann' },
  csm: { name: 'Cleo Sun' },
};

describe('a sentence with merge fields', () => {
  it.each([
    ['{{contact.firstName}}, how is {{ account.name }}?', 'Ann, how is Acme & Sons?'],
    ['{{contact.name}} of {{company}} and {{csm.name}}', 'Ann Lee of Northwind and Cleo Sun'],
    ['{{company}}{{company}}', 'NorthwindNorthwind'],
    ['Hello {{contact.phone}}!', 'Hello !'],
    ['{{constructor}}{{toString}}{{__proto__}}{{account}}', ''],
    ['No field, one { and }} two', 'No field, one { and }} two'],
  ])('"%s" becomes "%s"', (sentence, merged) => {
    expect(merge(sentence, facts)).toBe(merged);
  });

  it('does not look for fields inside the values', () => {
    const sly = { ...facts, account: { name: '{{csm.name}} $& $1' } };
    expect(merge('For {{account.name}}', sly)).toBe('For {{csm.name}} $& $1');
  });

  it('never throws, whatever an admin calls a field', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '}', '.', ' ', ...'acnoprstu_') }), (sentence) => {
        expect(merge(sentence, facts)).toEqual(expect.any(String));
      }),
    );
  });
});
