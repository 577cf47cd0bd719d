import type { Org, RequestPlace } from '../loop/ports.ts';
import { fullRecordId, isRecordId } from '../nps/moment.ts';
import { isRequest, REQUESTS, type Requested } from '../nps/request.ts';
import type { Calls, Row } from './calls.ts';
import { dateOrNull, text, textAt, textOrNull } from './rows.ts';
import { dateTime, list, quoted } from './soql.ts';

/** The fields of a response that say what somebody asks for. */
export const REQUEST_FIELDS = [
  ...['Request__c', 'Request_Note__c', 'Requested_By__r.Name', 'Requested_At__c', 'LastModifiedDate'],
];

const ON_RESPONSE = 'SELECT Id, Response_Key__c, Account__c, Request__c FROM NPS_Response__c';
const ON_CONTACT = 'SELECT Id, AccountId, NPS_Request__c FROM Contact';

/** What is asked for on a response; null for nothing, and for what a flow alone does. */
export function requestOf(row: Row): Requested | null {
  const request = text(row.Request__c);
  if (!isRequest(request)) return null;
  return {
    request,
    by: textAt(row, 'Requested_By__r.Name') ?? 'somebody',
    // Where the flow that stamps them is switched off, the request is as old as the row's last change.
    at: dateOrNull(row.Requested_At__c) ?? new Date(text(row.LastModifiedDate)),
    note: text(row.Request_Note__c).trim(),
  };
}

interface RequestAnswer {
  /** When the request was made. */
  askedAt: Date;
  result: string;
}

/** The answer to a request on a response. The service only ever blanks a request; a flow keeps one that was made since. */
export function answerFields({ askedAt, result }: RequestAnswer): Record<string, unknown> {
  return {
    Request__c: null,
    Request_Note__c: null,
    Request_Answered_At__c: askedAt.toISOString(),
    Request_Result__c: result,
  };
}

/** Where the records with these ids stand, by id in its long form; ids of nothing, or of no id's shape, are left out. */
export async function requestsOn(calls: Calls, recordIds: readonly string[]): ReturnType<Org['requestsOn']> {
  const ids = recordIds.filter(isRecordId).map(fullRecordId);
  const named = ids.length > 0 ? `WHERE Id IN ${list(ids)}` : null;
  const rows = await calls.select({
    responses: named && `${ON_RESPONSE} ${named}`,
    contacts: named && `${ON_CONTACT} ${named} AND AccountId != null`,
  });
  return new Map([
    ...rows.responses.map(
      (row) => [text(row.Id), { ...placeOf(row), isOpen: isRequest(text(row.Request__c)) }] as const,
    ),
    ...rows.contacts.map(
      (row) => [text(row.Id), { ...placeOf(row), isOpen: text(row.NPS_Request__c) !== '' }] as const,
    ),
  ]);
}

/** Where a request was made before a moment and is not carried out. */
export async function openRequests(calls: Calls, before: Date): ReturnType<Org['openRequests']> {
  const asked = `Request__c IN ${list(REQUESTS)} AND Requested_At__c <= ${dateTime(before)}`;
  const onContact = `NPS_Request__c != null AND NPS_Requested_At__c <= ${dateTime(before)} AND AccountId != null`;
  const rows = await calls.select({
    responses: `${ON_RESPONSE} WHERE ${asked} ORDER BY Requested_At__c LIMIT 2000`,
    contacts: `${ON_CONTACT} WHERE ${onContact} ORDER BY NPS_Requested_At__c LIMIT 2000`,
  });
  return [...rows.responses, ...rows.contacts].map(placeOf);
}

function placeOf(row: Row): RequestPlace {
  const surveyKey = textOrNull(row.Response_Key__c);
  if (surveyKey !== null) return { surveyKey, accountId: text(row.Account__c) };
  return { contactId: text(row.Id), accountId: text(row.AccountId) };
}

/** What is asked for on a contact; undefined when nothing is. */
export async function requestOnContact(calls: Calls, contactId: string): Promise<Requested | undefined> {
  const fields = ['NPS_Requested_By__r.Name', 'NPS_Requested_At__c', 'LastModifiedDate'];
  const { contacts } = await calls.select({
    contacts: `SELECT ${fields} FROM Contact WHERE Id = ${quoted(contactId)} AND NPS_Request__c = 'Resend'`,
  });
  return contacts.map((row) => ({
    request: 'Resend' as const,
    by: textAt(row, 'NPS_Requested_By__r.Name') ?? 'somebody',
    at: dateOrNull(row.NPS_Requested_At__c) ?? new Date(text(row.LastModifiedDate)),
    note: '',
  }))[0];
}

/** Answers the request on a contact, as `answerFields` does on a response. @throws SalesforceError when it is refused */
export async function answerResend(calls: Calls, id: string, { askedAt, result }: RequestAnswer): Promise<void> {
  const fields = {
    NPS_Request__c: null,
    NPS_Request_Answered_At__c: askedAt.toISOString(),
    NPS_Request_Result__c: result,
  };
  const [outcome] = await calls.update([{ sobject: 'Contact', id, fields }]);
  if (outcome && !outcome.written) throw outcome.error;
}
