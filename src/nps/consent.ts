import type { SuppressionCode } from './eligibility.ts';
import type { Settings } from './settings.ts';

/** What a contact and their privacy records say about mails like ours. */
export interface Privacy {
  /** As the country field of the settings holds it; null where there is none. */
  country: string | null;
  consented: boolean;
  objected: boolean;
  /** There is a privacy record that the service may not see. */
  hidden: boolean;
}

/**
 * Why a contact's privacy forbids to ask them, if it does. Where consent is needed somewhere, it is needed from whose
 * country nobody knows, too.
 */
export function privacyRefusal(
  { country, consented, objected, hidden }: Privacy,
  { consentCountries }: Pick<Settings, 'consentCountries'>,
): { code: SuppressionCode; reason: string } | undefined {
  if (hidden) {
    const reason =
      "The service cannot read the contact's Individual record. Give its user View All on Individual, or switch the check off.";
    return { code: 'PRIVACY_HIDDEN', reason };
  }
  if (objected)
    return { code: 'PRIVACY_OPTED_OUT', reason: "The contact's privacy records say no to mails like this." };
  if (consented || consentCountries.length === 0) return undefined;
  if (country === null) {
    return { code: 'NO_CONSENT', reason: "The contact's country is not known, and they have not agreed to be asked." };
  }
  if (!consentCountries.includes(country.trim().toLowerCase())) return undefined;
  return { code: 'NO_CONSENT', reason: `In ${country.trim()} consent is needed, and the contact has not given it.` };
}
