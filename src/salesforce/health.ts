import type { HealthRow } from '../nps/health.ts';
import type { Calls, Row } from './calls.ts';
import { numberOrNull, text } from './rows.ts';

const MESSAGE_LIMIT = 4096;

/** The rows of NPS_Health__c by key. */
export async function healthRows(calls: Calls): Promise<ReadonlyMap<string, HealthRow>> {
  const { rows } = await calls.select({
    rows: 'SELECT Key__c, Kind__c, State__c, Message__c, Count__c FROM NPS_Health__c',
  });
  return new Map(rows.map((row) => [text(row.Key__c), healthRow(row)]));
}

function healthRow(row: Row): HealthRow {
  return {
    key: text(row.Key__c),
    kind: text(row.Kind__c) as HealthRow['kind'],
    state: text(row.State__c) as HealthRow['state'],
    message: text(row.Message__c),
    count: numberOrNull(row.Count__c),
  };
}

/** Writes rows, each by itself, in one call. @throws SalesforceError when one is refused, after writing the others */
export async function writeHealth(calls: Calls, rows: readonly HealthRow[], at: Date): Promise<void> {
  const results = await calls.write(
    rows.map(({ key, kind, state, message, count }) => [
      {
        ref: 'health',
        method: 'PATCH',
        row: `NPS_Health__c/Key__c/${key}`,
        fields: {
          Kind__c: kind,
          State__c: state,
          Message__c: message === '' ? null : message.slice(0, MESSAGE_LIMIT),
          Count__c: count,
          Checked_At__c: at.toISOString(),
        },
      },
    ]),
  );
  const refused = results.find((result) => !result.written);
  if (refused && !refused.written) throw refused.error;
}
