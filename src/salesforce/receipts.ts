import type { MailTemplate, Receipt, WriteOutcome } from '../loop/ports.ts';
import type { Calls, Row, RowChange } from './calls.ts';
import { text, textOrNull } from './rows.ts';
import { list } from './soql.ts';

interface Known {
  surveys: ReadonlyMap<string, Row>;
  responses: ReadonlyMap<string, Row>;
}

/**
 * Tells Salesforce what happened to mails and who opted out. Rows are looked up first and changed by id, because an
 * upsert would bring back a survey that somebody deleted.
 */
export async function writeReceipts(calls: Calls, receipts: readonly Receipt[]): Promise<WriteOutcome[]> {
  const known = await readKnown(calls, receipts);
  const changes = oneARow(receipts.map((receipt) => changeFor(receipt, known)));
  const present = [...new Set(changes)].filter((change) => change !== undefined);
  const results = await calls.update(present);
  const resultOf = new Map(present.map((change, index) => [change, results[index]]));
  return changes.map((change) => {
    const result = change && resultOf.get(change);
    if (!result || result.written) return { written: true };
    return { written: false, transient: result.error.transient, reason: result.error.message };
  });
}

async function readKnown(calls: Calls, receipts: readonly Receipt[]): Promise<Known> {
  const keys = list(receipts.map(({ surveyKey }) => surveyKey));
  const rows = await calls.select({
    surveys: `SELECT Id, Survey_Key__c, Status__c, Contact__c FROM NPS_Survey__c WHERE Survey_Key__c IN ${keys}`,
    responses: `SELECT Id, Response_Key__c FROM NPS_Response__c WHERE Response_Key__c IN ${keys}`,
  });
  return {
    surveys: new Map(rows.surveys.map((row) => [text(row.Survey_Key__c), row])),
    responses: new Map(rows.responses.map((row) => [text(row.Response_Key__c), row])),
  };
}

/** Nothing when what the receipt is about is gone from the org. */
function changeFor(receipt: Receipt, { surveys, responses }: Known): RowChange | undefined {
  if (receipt.kind === 'not-sent') return undefined;
  const survey = surveys.get(receipt.surveyKey);
  if (receipt.kind === 'opt-out')
    return change('Contact', textOrNull(survey?.Contact__c), { NPS_Survey_Opt_Out__c: true });
  if (receipt.template === 'invitation')
    return change('NPS_Survey__c', textOrNull(survey?.Id), invitationFields(receipt, text(survey?.Status__c)));
  if (receipt.kind === 'mail-refused') return undefined;
  return change(
    'NPS_Response__c',
    textOrNull(responses.get(receipt.surveyKey)?.Id),
    acknowledgedFields(receipt.template, receipt.sentAt),
  );
}

/** An answer can be faster than the receipt of its own invitation; the survey then stays Responded. */
function invitationFields(receipt: Extract<Receipt, { kind: 'mail-sent' | 'mail-refused' }>, status: string) {
  if (receipt.kind === 'mail-refused')
    return {
      Status__c: 'Failed',
      Suppression_Code__c: 'MAIL_REFUSED',
      Suppression_Reason__c: receipt.reason.slice(0, 255),
    };
  const { sentAt, from, subjectVariant } = receipt;
  return {
    Sent_At__c: sentAt,
    Sender__c: from,
    ...(subjectVariant && { Subject_Variant__c: subjectVariant }),
    ...(status === 'Queued' && { Status__c: 'Sent' }),
  };
}

function acknowledgedFields(template: MailTemplate, sentAt: string) {
  return { Acknowledged_With__c: template, Acknowledged_At__c: sentAt };
}

function change(sobject: string, id: string | null, fields: Record<string, unknown>): RowChange | undefined {
  return id === null ? undefined : { sobject, id, fields };
}

/** A row may stand only once in a call, so whatever is said about it is said together. */
function oneARow(changes: readonly (RowChange | undefined)[]): (RowChange | undefined)[] {
  const rows = new Map<string, RowChange>();
  return changes.map((change) => {
    if (!change) return undefined;
    const row = rows.get(change.id) ?? change;
    Object.assign(row.fields, change.fields);
    rows.set(change.id, row);
    return row;
  });
}
