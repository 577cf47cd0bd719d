import type { Receipt, WriteOutcome } from '../loop/ports.ts';
import { mailLogKey } from '../nps/mail-log.ts';
import { ADVOCACY_FIELDS } from './advocacy-state.ts';
import type { Calls, Row, RowChange, RowResult } from './calls.ts';
import type { GraphResult, Node } from './graphs.ts';
import { userFields } from './people.ts';
import { type Known, rowChangesFor } from './receipt-rows.ts';
import { logFor, sentMail, taskFor, taskKeyOf } from './receipt-tasks.ts';
import { text } from './rows.ts';
import { list } from './soql.ts';

/**
 * Tells Salesforce what happened to mails and who opted out. Rows are looked up first and changed by id, because an
 * upsert would bring back a survey that somebody deleted. What is about rows that are gone counts as told.
 */
export async function writeReceipts(
  calls: Calls,
  receipts: readonly Receipt[],
  { now, logsMails }: { now: Date; logsMails: boolean },
): Promise<WriteOutcome[]> {
  const { known, taskKeys } = await readKnown(calls, receipts, logsMails);
  const rows = oneARow(receipts.map((receipt) => rowChangesFor(receipt, known)));
  const tasks = newTasks(
    receipts.map((receipt) => {
      const survey = known.surveys.get(receipt.surveyKey);
      const response = known.responses.get(receipt.surveyKey);
      return taskFor(receipt, survey, now) ?? (logsMails ? logFor(receipt, survey, response) : undefined);
    }),
    taskKeys,
  );
  const changed = await resultsOf([...new Set(rows.flat())], (changes) => calls.update(changes));
  // Each in a graph of its own: a Task that is refused must not cost what the row says, nor another Task.
  const made = await resultsOf([...new Set(tasks.flat())], (nodes) => calls.write(nodes.map((node) => [node])));
  return receipts.map((_, index) =>
    outcomeOf([
      ...(rows[index] ?? []).map((change) => changed.get(change)),
      ...(tasks[index] ?? []).map((node) => made.get(node)),
    ]),
  );
}

async function readKnown(
  calls: Calls,
  receipts: readonly Receipt[],
  logsMails: boolean,
): Promise<{ known: Known; taskKeys: Set<string> }> {
  const keys = list(receipts.map(({ surveyKey }) => surveyKey));
  const people = [...userFields('CSM__r'), ...userFields('Account__r.Owner')];
  const about = ['Contact__c', 'Contact__r.Name', 'Account__c', 'Account__r.Name', 'Is_Test__c', ...people];
  const mails = logsMails ? receipts.flatMap((receipt) => sentMail(receipt) ?? []) : [];
  const wanted = [...receipts.flatMap((receipt) => taskKeyOf(receipt) ?? []), ...mails.map(mailLogKey)];
  const rows = await calls.select({
    surveys: `SELECT Id, Survey_Key__c, Status__c, Sent_At__c, ${about} FROM NPS_Survey__c WHERE Survey_Key__c IN ${keys}`,
    responses: `SELECT Id, Response_Key__c, Steps_Done__c, Acknowledged_With__c, ${ADVOCACY_FIELDS} FROM NPS_Response__c WHERE Response_Key__c IN ${keys}`,
    tasks: wanted.length === 0 ? null : `SELECT NPS_Task_Key__c FROM Task WHERE NPS_Task_Key__c IN ${list(wanted)}`,
  });
  return {
    known: {
      surveys: byKey(rows.surveys, 'Survey_Key__c'),
      responses: byKey(rows.responses, 'Response_Key__c'),
      statuses: new Map(rows.surveys.map((row) => [text(row.Survey_Key__c), text(row.Status__c)])),
    },
    taskKeys: new Set(rows.tasks.map((row) => text(row.NPS_Task_Key__c))),
  };
}

const byKey = (rows: readonly Row[], field: string) => new Map(rows.map((row) => [text(row[field]), row]));

/** A row may stand only once in a call, so whatever is said about it is said together, the last word last. */
function oneARow(changes: readonly RowChange[][]): RowChange[][] {
  const rows = new Map<string, RowChange>();
  return changes.map((ofReceipt) =>
    ofReceipt.map((change) => {
      const row = rows.get(change.id) ?? change;
      row.fields = { ...row.fields, ...change.fields };
      rows.set(change.id, row);
      return row;
    }),
  );
}

/** Tasks that are there already are left alone, whatever a CSM made of them; several receipts may want one. */
function newTasks(wanted: readonly (Node | undefined)[], existing: ReadonlySet<string>): Node[][] {
  const nodes = new Map<unknown, Node>();
  return wanted.map((node) => {
    const key = node?.fields.NPS_Task_Key__c;
    if (!node || existing.has(String(key))) return [];
    const one = nodes.get(key) ?? node;
    nodes.set(key, one);
    return [one];
  });
}

async function resultsOf<T, R>(
  all: readonly T[],
  write: (all: readonly T[]) => Promise<R[]>,
): Promise<Map<T, R | undefined>> {
  const results = all.length > 0 ? await write(all) : [];
  return new Map(all.map((one, index) => [one, results[index]]));
}

function outcomeOf(results: readonly (RowResult | GraphResult | undefined)[]): WriteOutcome {
  const failed = results.flatMap((result) => (!result || result.written ? [] : [result.error]));
  const error = failed.find(({ transient }) => transient) ?? failed[0];
  return error ? { written: false, transient: error.transient, reason: error.message } : { written: true };
}
