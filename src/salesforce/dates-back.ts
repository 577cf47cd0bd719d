import type { WriteOutcome } from '../loop/ports.ts';
import { afterGivingBack } from '../nps/asked-date.ts';
import type { Calls, Row } from './calls.ts';
import { dateNode, outcomeOf } from './decisions.ts';
import type { Graph } from './graphs.ts';
import { dateOrNull, isRow, text, textOrNull } from './rows.ts';
import { list } from './soql.ts';

/** One that was cancelled after its mail left has asked somebody, and keeps its date. */
export const KEEPS_ITS_DATE_FOR_NOTHING =
  "Asked_At__c != null AND (Status__c IN ('Failed', 'Bounced') OR (Status__c = 'Cancelled' AND Sent_At__c = null))";

/** Gives back the dates of those of these surveys that reached nobody: survey, account and contact in one graph each. */
export async function giveDatesBack(calls: Calls, surveyKeys: readonly string[]): Promise<WriteOutcome[]> {
  const fields = ['Id', 'Survey_Key__c', 'Asked_At__c', 'Account_Asked_Before__c', 'Contact_Asked_Before__c'];
  const current = ['Account__c', 'Account__r', 'Contact__c', 'Contact__r'].map((lookup) =>
    lookup.endsWith('__r') ? `${lookup}.NPS_Last_Survey_Date__c` : lookup,
  );
  const { surveys } = await calls.select({
    surveys: `SELECT ${[...fields, ...current]} FROM NPS_Survey__c WHERE Survey_Key__c IN ${list(surveyKeys)} AND ${KEEPS_ITS_DATE_FOR_NOTHING}`,
  });
  const results = await calls.write(surveys.map(graphOf));
  const outcomes = new Map(surveys.map((row, index) => [text(row.Survey_Key__c), results[index]]));
  return surveyKeys.map((key) => outcomeOf(outcomes.get(key) ?? { written: true }));
}

function graphOf(row: Row): Graph {
  const taken = dateOrNull(row.Asked_At__c);
  const survey = { Asked_At__c: null, Account_Asked_Before__c: null, Contact_Asked_Before__c: null };
  const dates = (['Account', 'Contact'] as const).flatMap((object) => {
    const id = textOrNull(row[`${object}__c`]);
    const there = row[`${object}__r`];
    const current = isRow(there) ? dateOrNull(there.NPS_Last_Survey_Date__c) : null;
    if (id === null || taken === null) return [];
    const after = afterGivingBack(taken, dateOrNull(row[`${object}_Asked_Before__c`]), current);
    return after?.getTime() === current?.getTime() ? [] : [dateNode(object.toLowerCase(), `${object}/${id}`, after)];
  });
  return [{ ref: 'survey', method: 'PATCH', row: `NPS_Survey__c/${text(row.Id)}`, fields: survey }, ...dates];
}
