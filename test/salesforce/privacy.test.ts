import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/nps/settings.ts';
import type { Row } from '../../src/salesforce/calls.ts';
import { privacyOf } from '../../src/salesforce/privacy.ts';

const SETTINGS = {
  ...DEFAULT_SETTINGS,
  ...{ countryField: 'Account.BillingCountry', consentField: 'Agreed__c', checksIndividual: true },
};
const INDIVIDUAL = '0PK000000000001AAA';
const free = { HasOptedOutSolicit: false, HasOptedOutProcessing: false, ShouldForget: false };

describe("a contact's privacy", () => {
  it.each<[string, Row, object]>([
    [
      'reads country and consent at the end of their paths',
      { agreed__c: true, Account: { BillingCountry: 'France' } },
      { country: 'France', consented: true },
    ],
    ['knows no country where there is none', { Agreed__c: false, Account: null }, { country: null, consented: false }],
    ['takes only a ticked box for consent', { Agreed__c: 'true' }, { consented: false }],
    ['is free without an Individual', { IndividualId: null, Individual: null }, { objected: false, hidden: false }],
    [
      'is free with one that says nothing',
      { IndividualId: INDIVIDUAL, Individual: free },
      { objected: false, hidden: false },
    ],
    [
      'is hidden where there is one that cannot be read',
      { IndividualId: INDIVIDUAL, Individual: null },
      { hidden: true },
    ],
    [
      'is an objection where one box is ticked',
      { IndividualId: INDIVIDUAL, Individual: { ...free, HasOptedOutProcessing: true } },
      { objected: true },
    ],
  ])('%s', (_, row, facts) => {
    expect(privacyOf(row, [], SETTINGS)).toMatchObject(facts);
  });

  it.each<[string, string[], object]>([
    ['OptIn is consent', ['OptIn'], { consented: true, objected: false }],
    ['one OptOut outweighs every OptIn', ['OptIn', 'OptOut', 'OptIn'], { objected: true }],
    ['Seen and NotSeen are nothing', ['Seen', 'NotSeen'], { consented: false, objected: false }],
  ])('for email as a contact point: %s', (_, statuses, facts) => {
    const rows = statuses.map((PrivacyConsentStatus) => ({ PartyId: INDIVIDUAL, PrivacyConsentStatus }));
    const strangers = [{ PartyId: '0PK000000000002AAA', PrivacyConsentStatus: 'OptOut' }];
    const contact = { IndividualId: INDIVIDUAL, Individual: free };
    expect(privacyOf(contact, [...rows, ...strangers], SETTINGS)).toMatchObject({ hidden: false, ...facts });
  });

  it('of a contact without an Individual is not told by the consent of nobody', () => {
    const nobodys = [{ PartyId: null, PrivacyConsentStatus: 'OptIn' }];
    expect(privacyOf({ IndividualId: null }, nobodys, SETTINGS)).toMatchObject({ consented: false });
  });
});
