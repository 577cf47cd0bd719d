import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Privacy, privacyRefusal } from '../../src/nps/consent.ts';

const contact = (facts: Partial<Privacy> = {}): Privacy => ({
  ...{ country: 'Germany', consented: false, objected: false, hidden: false },
  ...facts,
});
const settings = { consentCountries: ['germany', 'at'] };

describe('privacy', () => {
  it.each<[string, Privacy, string | undefined, RegExp | undefined]>([
    ['where consent is needed and was not given', contact(), 'NO_CONSENT', /^In Germany consent is needed/],
    ['however the country is written', contact({ country: ' AT ' }), 'NO_CONSENT', /^In AT consent/],
    ['where it was given', contact({ consented: true }), undefined, undefined],
    ['where none is needed', contact({ country: 'France' }), undefined, undefined],
    ['where nobody knows the country', contact({ country: null }), 'NO_CONSENT', /country is not known/],
    ['with consent where nobody knows it', contact({ country: null, consented: true }), undefined, undefined],
    [
      'of who said no, whatever they agreed to before',
      contact({ consented: true, objected: true }),
      'PRIVACY_OPTED_OUT',
      /say no/,
    ],
    ['that cannot be read', contact({ country: 'France', hidden: true }), 'PRIVACY_HIDDEN', /View All on Individual/],
  ])('%s', (_, privacy, code, reason) => {
    const refusal = privacyRefusal(privacy, settings);
    expect(refusal?.code).toBe(code);
    if (reason) expect(refusal?.reason).toMatch(reason);
  });

  it('asks nobody for consent where the settings name no country', () => {
    const country = fc.option(fc.string());
    fc.assert(
      fc.property(country, (anywhere) => {
        expect(privacyRefusal(contact({ country: anywhere }), { consentCountries: [] })).toBeUndefined();
      }),
    );
  });

  it('never lets somebody be asked who objected or whose record is hidden', () => {
    fc.assert(
      fc.property(fc.option(fc.string()), fc.boolean(), fc.boolean(), (country, consented, hidden) => {
        const privacy = { country, consented, hidden, objected: !hidden };
        expect(privacyRefusal(privacy, settings)).toBeDefined();
      }),
    );
  });
});
