import type { Calls } from './calls.ts';
import { text } from './rows.ts';
import { dateTime } from './soql.ts';

/** So many a night are ten calls. */
const ROWS_A_NIGHT = 2_000;

/**
 * Deletes suppressed surveys that nobody touched since `before`, oldest first, never one with a response; says how
 * many. @throws SalesforceError when one of them cannot be deleted, after the others were
 */
export async function deleteSuppressed(calls: Calls, before: Date): Promise<number> {
  const { surveys } = await calls.select({
    surveys: `SELECT Id FROM NPS_Survey__c WHERE Status__c = 'Suppressed' AND LastModifiedDate < ${dateTime(before)} AND Id NOT IN (SELECT Survey__c FROM NPS_Response__c WHERE Survey__c != null) ORDER BY LastModifiedDate LIMIT ${ROWS_A_NIGHT}`,
  });
  const results = await calls.remove(surveys.map((row) => text(row.Id)));
  const refused = results.find((result) => !result.written);
  if (refused && !refused.written) throw refused.error;
  return results.length;
}
