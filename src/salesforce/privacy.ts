import type { Privacy } from '../nps/consent.ts';
import type { Settings } from '../nps/settings.ts';
import type { Row } from './calls.ts';
import { isRow, text, textAt, valueAt } from './rows.ts';
import { list } from './soql.ts';

const OBJECTIONS = ['HasOptedOutSolicit', 'HasOptedOutProcessing', 'ShouldForget'];

export type PrivacySettings = Pick<
  Settings,
  'consentCountries' | 'countryField' | 'consentField' | 'checksIndividual' | 'checksContactPointConsent'
>;

/** Fields of Contact that say what its privacy is, by the settings. */
export function privacyFields(settings: PrivacySettings): string[] {
  const { countryField, consentField, checksIndividual, checksContactPointConsent } = settings;
  return [
    ...[countryField, consentField].filter((field) => field !== null),
    ...(checksIndividual || checksContactPointConsent ? ['IndividualId'] : []),
    ...(checksIndividual ? OBJECTIONS.map((field) => `Individual.${field}`) : []),
  ];
}

/** What the contacts of accounts agreed to or refused for their email as such; null where that is not looked at. */
export function contactPointQuery(accountIds: readonly string[], settings: PrivacySettings): string | null {
  if (!settings.checksContactPointConsent || accountIds.length === 0) return null;
  const parties = `SELECT IndividualId FROM Contact WHERE AccountId IN ${list(accountIds)}`;
  const inEffect = '(EffectiveFrom = null OR EffectiveFrom <= TODAY) AND (EffectiveTo = null OR EffectiveTo >= TODAY)';
  return `SELECT PartyId, PrivacyConsentStatus FROM ContactPointTypeConsent WHERE ContactPointType = 'Email' AND ${inEffect} AND PartyId IN (${parties})`;
}

/** One OptOut outweighs every OptIn: there may be one for each purpose of data use. */
export function privacyOf(contact: Row, contactPoints: readonly Row[], settings: PrivacySettings): Privacy {
  const { countryField, consentField, checksIndividual } = settings;
  const { IndividualId, Individual } = contact;
  const statuses = contactPoints
    .filter(({ PartyId }) => typeof PartyId === 'string' && PartyId === IndividualId)
    .map((row) => text(row.PrivacyConsentStatus));
  const individual = isRow(Individual) ? Individual : null;
  return {
    country: countryField ? textAt(contact, countryField) : null,
    consented: (consentField !== null && valueAt(contact, consentField) === true) || statuses.includes('OptIn'),
    objected: statuses.includes('OptOut') || OBJECTIONS.some((field) => individual?.[field] === true),
    hidden: checksIndividual && typeof IndividualId === 'string' && individual === null,
  };
}
