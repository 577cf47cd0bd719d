import type { Org } from '../loop/ports.ts';
import { fullRecordId, isRecordId } from '../nps/moment.ts';
import { isRequest, REQUESTS, type Requested } from '../nps/request.ts';
import type { Calls, Row } from './calls.ts';
import { dateOrNull, text, textAt } from './rows.ts';
import { dateTime, list } from './soql.ts';

/** The fields of a response that say what somebody asks for. */
export const REQUEST_FIELDS = [
  ...['Request__c', 'Request_Note__c', 'Requested_By__r.Name', 'Requested_At__c', 'LastModifiedDate'],
];

const FOUND = 'SELECT Id, Response_Key__c, Account__c, Request__c FROM NPS_Response__c';

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

/** The answer to the request that was made then. The service only ever blanks a request; a flow keeps one that was made since. */
export function answerFields({ askedAt, result }: { askedAt: Date; result: string }): Record<string, unknown> {
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
  const rows = await calls.select({ responses: ids.length > 0 ? `${FOUND} WHERE Id IN ${list(ids)}` : null });
  return new Map(
    rows.responses.map((row) => [text(row.Id), { ...placeOf(row), isOpen: isRequest(text(row.Request__c)) }]),
  );
}

/** Responses whose request was made before a moment and is not carried out. */
export async function openRequests(calls: Calls, before: Date): ReturnType<Org['openRequests']> {
  const asked = `Request__c IN ${list(REQUESTS)} AND Requested_At__c <= ${dateTime(before)}`;
  const rows = await calls.select({ responses: `${FOUND} WHERE ${asked} ORDER BY Requested_At__c LIMIT 2000` });
  return rows.responses.map(placeOf);
}

function placeOf(row: Row): { surveyKey: string; accountId: string } {
  return { surveyKey: text(row.Response_Key__c), accountId: text(row.Account__c) };
}
