import { isDeadAddress } from '../nps/delivery.ts';
import type { ContactFacts } from '../nps/eligibility.ts';
import type { Settings } from '../nps/settings.ts';
import type { Row } from './calls.ts';
import { contactPointQuery, type PrivacySettings, privacyFields, privacyOf } from './privacy.ts';
import { dateOrNull, text, textAt, textOrNull } from './rows.ts';
import { list } from './soql.ts';

/** What differs from org to org about contacts. */
export interface ContactShape {
  /** Field-level security may hide Contact.HasOptedOutOfEmail; then nobody is mailed. */
  showsEmailOptOut: boolean;
  /** AccountContactRole is there for whoever sees accounts and contacts, unless the org hides it. */
  hasContactRoles: boolean;
}

/** What keeps us from writing to a contact, wherever it is read. */
export interface Unwelcome {
  optedOut: boolean;
  /** The address takes no mail. */
  bounced: boolean;
}

/** The fields of a contact that say whether and where they can be mailed. */
export function mailedContactFields({ showsEmailOptOut }: Pick<ContactShape, 'showsEmailOptOut'>): string[] {
  const fields = ['Id', 'Email', 'IsEmailBounced', 'NPS_Bounced_Address__c', 'NPS_Survey_Opt_Out__c'];
  return showsEmailOptOut ? [...fields, 'HasOptedOutOfEmail'] : fields;
}

/** What a contact's row says to that. Where field-level security hides who opted out of mail, nobody is mailed. */
export function unwelcomeAt(row: Row): Unwelcome {
  return {
    optedOut: row.NPS_Survey_Opt_Out__c === true || row.HasOptedOutOfEmail !== false,
    bounced: isBounced(row),
  };
}

function isBounced(row: Row): boolean {
  return row.IsEmailBounced === true || isDeadAddress(textOrNull(row.Email), textOrNull(row.NPS_Bounced_Address__c));
}

/** What admins set that decides which fields are read, and how. */
type ContactSettings = Pick<Settings, 'languageField' | 'timeZoneField'> & PrivacySettings;

const FIELDS = ['Id', 'AccountId', 'Name', 'FirstName', 'Email', 'IsEmailBounced', 'LastActivityDate'].concat([
  'NPS_Survey_Opt_Out__c',
  'NPS_Bounced_Address__c',
  'NPS_Last_Survey_Date__c',
]);

/** The accounts' contacts, in the order they were entered, and their roles. */
export function contactQueries(
  accountIds: readonly string[],
  { showsEmailOptOut, hasContactRoles }: ContactShape,
  settings: ContactSettings,
) {
  if (accountIds.length === 0) return { contacts: null, roles: null, contactPoints: null };
  const fields = new Set([
    ...FIELDS,
    ...(showsEmailOptOut ? ['HasOptedOutOfEmail'] : []),
    ...[settings.languageField, settings.timeZoneField].filter((field) => field !== null),
    ...privacyFields(settings),
  ]);
  const roles = `SELECT AccountId, ContactId, Role, IsPrimary FROM AccountContactRole WHERE AccountId IN ${list(accountIds)}`;
  return {
    contacts: `SELECT ${[...fields]} FROM Contact WHERE AccountId IN ${list(accountIds)} ORDER BY CreatedDate, Id`,
    roles: hasContactRoles ? roles : null,
    contactPoints: contactPointQuery(accountIds, settings),
  };
}

/** Contacts by account, with what their roles at it say. A role at another company's account says nothing here. */
export function contactsByAccount(
  rows: { contacts: Row[]; roles: Row[]; contactPoints: Row[] },
  settings: ContactSettings,
): ReadonlyMap<string, ContactFacts[]> {
  const at = (row: Row, contactField: string) => `${text(row.AccountId)} ${text(row[contactField])}`;
  const roles = Map.groupBy(rows.roles, (row) => at(row, 'ContactId'));
  const byAccount = Map.groupBy(rows.contacts, (row) => text(row.AccountId));
  return new Map(
    [...byAccount].map(([accountId, contacts]) => [
      accountId,
      contacts.map((row) => ({
        ...contactFacts(row, roles.get(at(row, 'Id')) ?? []),
        language: settings.languageField ? textAt(row, settings.languageField) : null,
        timeZone: settings.timeZoneField ? textAt(row, settings.timeZoneField) : null,
        privacy: privacyOf(row, rows.contactPoints, settings),
      })),
    ]),
  );
}

function contactFacts(row: Row, roles: readonly Row[]): Omit<ContactFacts, 'language' | 'timeZone' | 'privacy'> {
  return {
    id: text(row.Id),
    name: text(row.Name),
    firstName: text(row.FirstName),
    email: textOrNull(row.Email),
    surveyOptOut: row.NPS_Survey_Opt_Out__c === true,
    emailOptOut: typeof row.HasOptedOutOfEmail === 'boolean' ? row.HasOptedOutOfEmail : null,
    bounced: isBounced(row),
    lastSurveyedAt: dateOrNull(row.NPS_Last_Survey_Date__c),
    roles: roles.map(({ Role }) => text(Role)),
    primary: roles.some(({ IsPrimary }) => IsPrimary === true),
    lastActiveOn: textOrNull(row.LastActivityDate),
  };
}
