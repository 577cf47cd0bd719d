import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAIL_FIELDS, merge, PAGE_FIELDS, strangeFields } from '../../src/nps/merge-fields.ts';

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

  it('of a page knows the company and no names', () => {
    expect(merge('{{company}}{{contact.name}}{{account.name}}{{csm.name}}', { company: 'Northwind' })).toBe(
      'Northwind',
    );
  });

  it.each([
    ['{{company}}, {{ csm.name }}', MAIL_FIELDS, []],
    ['{{company}}, {{ csm.name }}', PAGE_FIELDS, ['{{ csm.name }}']],
    ['{{Account.Name}} and {{constructor}}', MAIL_FIELDS, ['{{Account.Name}}', '{{constructor}}']],
    ['Dear {{first name}}', MAIL_FIELDS, ['{{']],
    ['Dear {{company}', MAIL_FIELDS, ['{{']],
    ['Dear company}}', MAIL_FIELDS, ['}}']],
  ])('"%s" would show a customer what is not filled in', (sentence, known, strangers) => {
    expect(strangeFields(sentence, known)).toEqual(strangers);
  });

  it('that has nothing strange is filled in whole', () => {
    const part = fc.constantFrom(
      '{{company}}',
      '{{csm.name}}',
      '{{ account.name }}',
      '{{phone}}',
      '{',
      '{{',
      '}}',
      ' and ',
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const sentence = parts.join('');
        fc.pre(strangeFields(sentence, MAIL_FIELDS).length === 0);
        expect(merge(sentence, facts)).not.toMatch(/\{\{|\}\}/);
      }),
    );
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
