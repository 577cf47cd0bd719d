import type { Settings } from '../nps/settings.ts';
import { UNSEEN } from '../nps/source-problems.ts';
import { relationshipOf } from './accounts.ts';
import { userFields } from './people.ts';
import { contactPointQuery, privacyFields } from './privacy.ts';

/** A query the org is asked to run for no rows at all, and what it means when the org refuses. */
export interface Probe {
  soql: string;
  wrong: (reason: string) => string;
}

/** Stands for the accounts that will be asked about. */
const NO_ACCOUNT = ['001000000000000AAA'];

/** One probe for each setting that names something of the org. */
export function settingProbes(settings: Settings): Probe[] {
  const { csmField, revenueField, languageField, timeZoneField, countryField, consentField } = settings;
  const contactPoints = contactPointQuery(NO_ACCOUNT, settings);
  return [
    {
      soql: `SELECT ${userFields(relationshipOf(csmField))} FROM Account LIMIT 0`,
      wrong: () => `CSM_Field__c names Account.${csmField}, ${UNSEEN}, and let it be a lookup to User`,
    },
    {
      soql: `SELECT Id FROM Account WHERE ${revenueField} >= 0 LIMIT 0`,
      wrong: () => `Revenue_Field__c names Account.${revenueField}, ${UNSEEN}, and let it be a number`,
    },
    ...contactField('Language_Field__c', languageField),
    ...contactField('Time_Zone_Field__c', timeZoneField),
    ...contactField('Country_Field__c', countryField),
    ...checkbox('Consent_Field__c', consentField),
    ...(settings.checksIndividual ? [individual(settings)] : []),
    ...(contactPoints === null ? [] : [contactPoint(contactPoints)]),
    ...condition('Churn_Condition__c', 'Account', settings.churnCondition),
    ...condition('Renewal_Condition__c', 'Opportunity', settings.renewalCondition),
    ...condition('Programme_Condition__c', 'Account', settings.programmeCondition),
    ...condition('Open_Case_Condition__c', 'Case', settings.openCaseCondition),
    ...condition('Escalation_Condition__c', 'Case', settings.escalationCondition),
    ...condition('Falling_Usage_Condition__c', 'Account', settings.fallingUsageCondition),
  ];
}

function condition(setting: string, object: string, soql: string | null): Probe[] {
  return soql === null ? [] : [conditionProbe(setting, object, soql)];
}

/** The probe of a condition in SOQL without WHERE, as a field of some record says it. */
export function conditionProbe(field: string, object: string, condition: string): Probe {
  return {
    // Beside another condition, as it will stand: one that closes the brackets itself is refused.
    soql: `SELECT Id FROM ${object} WHERE Id != null AND (${condition}) LIMIT 0`,
    wrong: (reason) => `${field} cannot be used: ${reason}`,
  };
}

function contactField(setting: string, field: string | null): Probe[] {
  if (field === null) return [];
  return [
    { soql: `SELECT ${field} FROM Contact LIMIT 0`, wrong: () => `${setting} names ${field} of Contact, ${UNSEEN}` },
  ];
}

/** Only a checkbox can be compared with true. */
function checkbox(setting: string, field: string | null): Probe[] {
  if (field === null) return [];
  const wrong = () => `${setting} names ${field} of Contact, ${UNSEEN}, and let it be a checkbox`;
  return [{ soql: `SELECT Id FROM Contact WHERE ${field} = true LIMIT 0`, wrong }];
}

function individual(settings: Settings): Probe {
  const fields = privacyFields({ ...settings, countryField: null, consentField: null });
  return {
    soql: `SELECT ${fields} FROM Contact LIMIT 0`,
    wrong: (reason) =>
      `Check_Individual__c is set, but the service cannot read Individual of Contact (${reason}); grant it with View All to the service's user, or clear the box`,
  };
}

function contactPoint(soql: string): Probe {
  return {
    soql: `${soql} LIMIT 0`,
    wrong: (reason) =>
      `Check_Contact_Point_Consent__c is set, but the service cannot read ContactPointTypeConsent (${reason}); grant it with View All to the service's user, or clear the box`,
  };
}
