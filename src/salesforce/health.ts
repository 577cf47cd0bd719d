import type { HealthFacts } from '../loop/ports.ts';
import type { HealthRow, ShownRow } from '../nps/health.ts';
import type { Calls, Row } from './calls.ts';
import type { GraphResult, Node } from './graphs.ts';
import { dateOrNull, numberOrNull, text } from './rows.ts';
import type { SalesforceError } from './salesforce-error.ts';

const MESSAGE_LIMIT = 4096;

/** What NPS_Health__c shows, and what is to be counted for it, in one call. */
export async function healthFacts(calls: Calls): Promise<HealthFacts> {
  const { rows, incomplete } = await calls.select({
    rows: 'SELECT Key__c, Kind__c, State__c, Message__c, Count__c, Checked_At__c FROM NPS_Health__c',
    incomplete: 'SELECT COUNT(Id) total FROM NPS_Response__c WHERE Write_Error__c != null',
  });
  return {
    shown: new Map(rows.map((row) => [text(row.Key__c), shownRow(row)])),
    writeErrors: numberOrNull(incomplete[0]?.total) ?? 0,
  };
}

function shownRow(row: Row): ShownRow {
  return {
    key: text(row.Key__c),
    kind: text(row.Kind__c) as HealthRow['kind'],
    state: text(row.State__c) as HealthRow['state'],
    message: text(row.Message__c),
    count: numberOrNull(row.Count__c),
    checkedAt: dateOrNull(row.Checked_At__c) ?? new Date(0),
  };
}

/** Writes rows, each by itself, in one call. @throws SalesforceError when one is refused, after writing the others */
export async function writeHealth(calls: Calls, rows: readonly HealthRow[], at: Date): Promise<void> {
  const refused = refusals(await calls.write(rows.map((row) => [nodeFor(row, at)])));
  const clashes = rows.filter((_, index) => refused.get(index)?.code === 'DUPLICATE_VALUE');
  const others = [...refused.values()].filter(({ code }) => code !== 'DUPLICATE_VALUE');
  // Of two replicas that write a new row at once one is refused; the row is there then, and the next write changes it.
  const again = clashes.length > 0 ? refusals(await calls.write(clashes.map((row) => [nodeFor(row, at)]))) : new Map();
  const [error] = [...others, ...again.values()];
  if (error) throw error;
}

function refusals(results: readonly GraphResult[]): Map<number, SalesforceError> {
  return new Map(results.flatMap((result, index) => (result.written ? [] : [[index, result.error] as const])));
}

function nodeFor({ key, kind, state, message, count }: HealthRow, at: Date): Node {
  return {
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
  };
}
