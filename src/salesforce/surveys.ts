import type { Org, SurveyRecord } from '../loop/ports.ts';
import type { Recovery } from '../nps/recovery.ts';
import type { RenewalBranch } from '../nps/renewal.ts';
import type { Settings } from '../nps/settings.ts';
import type { Calls, Row } from './calls.ts';
import { KEEPS_ITS_DATE_FOR_NOTHING } from './dates-back.ts';
import { userAt, userFields } from './people.ts';
import { dateOrNull, isRow, text, textAt, textOrNull } from './rows.ts';
import { dateTime, list, quoted } from './soql.ts';

export interface SurveyReads extends Pick<Org, 'queuedSurveys' | 'deferredMoments' | 'surveysToGiveBack'> {
  surveys(
    keys: readonly string[],
    queuedAt: readonly string[] | undefined,
    settings: ContactClock,
  ): ReturnType<Org['surveys']>;
  /** The last invitation that was sent to a contact or is to be. */
  lastInvitation(contactId: string, settings: ContactClock): Promise<SurveyRecord | null>;
}

/** Where a contact's time zone stands, which decides when their mails may leave. */
type ContactClock = Pick<Settings, 'timeZoneField'>;

/** Reads surveys: what was decided, and what of it is still to be done. */
export function surveyReads(calls: Calls): SurveyReads {
  return {
    async surveys(keys, queuedAt = [], settings) {
      const rows = await calls.select({ surveys: surveyQuery(keys, settings, queuedAt) });
      const records = rows.surveys.map((row) => surveyRecord(row, settings));
      return new Map(records.map((survey) => [survey.key, survey]));
    },

    async lastInvitation(contactId, settings) {
      const sent = `Contact__c = ${quoted(contactId)} AND Is_Test__c = false AND Status__c IN ${list(EVER_QUEUED)}`;
      const rows = await calls.select({
        last: `${surveysWhere(sent, settings)} ORDER BY CreatedDate DESC, Id DESC LIMIT 1`,
      });
      return rows.last.map((row) => surveyRecord(row, settings))[0] ?? null;
    },

    async queuedSurveys(before) {
      const rows = await calls.select({
        queued: `SELECT Survey_Key__c FROM NPS_Survey__c WHERE Status__c = 'Queued' AND Is_Test__c = false AND LastModifiedDate < ${dateTime(before)} ORDER BY CreatedDate LIMIT 2000`,
      });
      return rows.queued.map((row) => text(row.Survey_Key__c));
    },

    async deferredMoments(now) {
      const rows = await calls.select({
        deferred: `SELECT CreatedDate, Trigger__c, Source_Id__c, Anchor_Date__c, Account__c, Contact__c, ${RECOVERY_FIELDS} FROM NPS_Survey__c WHERE Status__c = 'Deferred' AND Not_Before__c <= ${dateTime(now)} AND Account__c != null ORDER BY Not_Before__c LIMIT 2000`,
      });
      return rows.deferred.map((row) => ({
        moment: {
          trigger: text(row.Trigger__c),
          sourceId: text(row.Source_Id__c),
          anchorDate: text(row.Anchor_Date__c),
        },
        accountId: text(row.Account__c),
        contactId: textOrNull(row.Contact__c),
        since: new Date(text(row.CreatedDate)),
        recovery: recoveryOn(row),
      }));
    },

    async surveysToGiveBack() {
      const rows = await calls.select({
        kept: `SELECT Survey_Key__c, Account__c FROM NPS_Survey__c WHERE ${KEEPS_ITS_DATE_FOR_NOTHING} AND Account__c != null ORDER BY LastModifiedDate LIMIT 2000`,
      });
      return rows.kept.map((row) => ({ surveyKey: text(row.Survey_Key__c), accountId: text(row.Account__c) }));
    },
  };
}

const EVER_QUEUED = ['Queued', 'Sent', 'Delivered', 'Failed', 'Bounced', 'Responded', 'Expired'];

const RECOVERY_FIELDS = ['Recovery_Of__c', 'Recovery_Of__r.Responded_At__c', 'Occasion_Reason__c'];

function recoveryOn(row: Row): Recovery | null {
  const of = textOrNull(row.Recovery_Of__c);
  const answeredAt = isRow(row.Recovery_Of__r) ? dateOrNull(row.Recovery_Of__r.Responded_At__c) : null;
  return of !== null && answeredAt !== null ? { of, answeredAt, reason: text(row.Occasion_Reason__c) } : null;
}

/** Surveys by key, and those queued at accounts. */
export function surveyQuery(
  keys: readonly string[],
  settings: ContactClock,
  queuedAt: readonly string[] = [],
): string | null {
  if (keys.length === 0 && queuedAt.length === 0) return null;
  const byKey = `Survey_Key__c IN ${list(keys)}`;
  return surveysWhere(
    queuedAt.length > 0 ? `${byKey} OR (Status__c = 'Queued' AND Account__c IN ${list(queuedAt)})` : byKey,
    settings,
  );
}

/** Surveys by key, and those that ask after their answers once more. */
export function surveysOfAnswers(keys: readonly string[], settings: ContactClock): string | null {
  if (keys.length === 0) return null;
  return surveysWhere(`Survey_Key__c IN ${list(keys)} OR Recovery_Of__r.Response_Key__c IN ${list(keys)}`, settings);
}

const CONTACT_FIELDS = ['Id', 'Name', 'FirstName', 'Email', 'NPS_Survey_Opt_Out__c'];

function surveysWhere(condition: string, { timeZoneField }: ContactClock): string {
  const fields = new Set([...CONTACT_FIELDS, ...(timeZoneField ? [timeZoneField] : [])]);
  const contact = [...fields].map((field) => `Contact__r.${field}`);
  return `SELECT Id, Survey_Key__c, Status__c, Not_Before__c, Resend_Asked_At__c, Account__c, Account__r.Name, Account__r.NPS_Survey_Opt_Out__c, ${contact}, ${userFields('CSM__r')}, Trigger__c, Source_Id__c, Anchor_Date__c, Language__c, Renewal_Branch__c, Is_Test__c, CreatedDate, Asked_At__c, Account_Asked_Before__c, Contact_Asked_Before__c, ${RECOVERY_FIELDS} FROM NPS_Survey__c WHERE ${condition}`;
}

export function surveyRecord(row: Row, { timeZoneField }: ContactClock): SurveyRecord {
  const contact = row.Contact__r;
  const askedAt = dateOrNull(row.Asked_At__c);
  return {
    id: text(row.Id),
    key: text(row.Survey_Key__c),
    status: text(row.Status__c),
    branch: textOrNull(row.Renewal_Branch__c) as RenewalBranch | null,
    notBefore: dateOrNull(row.Not_Before__c),
    resendAskedAt: dateOrNull(row.Resend_Asked_At__c),
    accountId: textOrNull(row.Account__c),
    accountName: isRow(row.Account__r) ? text(row.Account__r.Name) : '',
    contact: isRow(contact)
      ? {
          id: text(contact.Id),
          name: text(contact.Name),
          firstName: text(contact.FirstName),
          email: text(contact.Email),
          timeZone: timeZoneField ? textAt(contact, timeZoneField) : null,
        }
      : null,
    csm: userAt(row, 'CSM__r')[0] ?? null,
    trigger: text(row.Trigger__c),
    sourceId: text(row.Source_Id__c),
    anchorDate: text(row.Anchor_Date__c),
    since: new Date(text(row.CreatedDate)),
    asked: askedAt && {
      at: askedAt,
      accountBefore: dateOrNull(row.Account_Asked_Before__c),
      contactBefore: dateOrNull(row.Contact_Asked_Before__c),
    },
    recovery: recoveryOn(row),
    optOuts: { contact: hasOptedOut(contact), account: hasOptedOut(row.Account__r) },
    language: text(row.Language__c),
    isTest: row.Is_Test__c === true,
  };
}

function hasOptedOut(person: Row[string]): boolean {
  return isRow(person) && person.NPS_Survey_Opt_Out__c === true;
}
