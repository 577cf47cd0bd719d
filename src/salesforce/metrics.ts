import type { Measured } from '../loop/ports.ts';
import type { FollowedAnswer, MetricRow } from '../nps/metrics.ts';
import { segmentOf } from '../nps/score.ts';
import type { Calls, Row } from './calls.ts';
import type { Node } from './graphs.ts';
import { dateOrNull, scoreOrNull, text, textOrNull } from './rows.ts';
import { dateTime } from './soql.ts';

const FIELDS = [
  ...['Id', 'Account__c', 'Contact__c', 'Score__c', 'Responded_At__c', 'Acknowledged_At__c', 'Customer_Replied_At__c'],
  ...['First_Follow_Up_At__c', 'Resolved__c', 'Churn_Judged__c', 'Churned_Within_90_Days__c'],
  ...['Recovery_Of__c', 'Advocacy_Ask__c', 'Advocacy_Asked_At__c', 'Advocacy_Completed__c'],
];

/** Every counted answer given since `from`, with what followed. */
export async function followedAnswers(calls: Calls, from: Date): Promise<FollowedAnswer[]> {
  const { answers } = await calls.select({
    answers: `SELECT ${FIELDS} FROM NPS_Response__c WHERE Is_Counted__c = true AND Responded_At__c >= ${dateTime(from)}`,
  });
  return answers.flatMap(followedAnswer);
}

function followedAnswer(row: Row): FollowedAnswer[] {
  const [score, respondedAt] = [scoreOrNull(row.Score__c), dateOrNull(row.Responded_At__c)];
  if (score === null || respondedAt === null) return [];
  return [
    {
      id: text(row.Id),
      accountId: text(row.Account__c),
      contactId: textOrNull(row.Contact__c),
      score,
      segment: segmentOf(score),
      respondedAt,
      acknowledged: dateOrNull(row.Acknowledged_At__c) !== null,
      customerReplied: dateOrNull(row.Customer_Replied_At__c) !== null,
      followedUpAt: dateOrNull(row.First_Follow_Up_At__c),
      resolved: row.Resolved__c === true,
      churn: { judged: row.Churn_Judged__c === true, left: row.Churned_Within_90_Days__c === true },
      ask: textOrNull(row.Advocacy_Asked_At__c) && textOrNull(row.Advocacy_Ask__c),
      askDone: row.Advocacy_Completed__c === true,
      recoveryOf: textOrNull(row.Recovery_Of__c),
    },
  ];
}

/** Writes what the metrics come to, in one call. @throws SalesforceError when one is refused */
export async function writeMetrics(calls: Calls, rows: readonly MetricRow[], measured: Measured): Promise<void> {
  const results = await calls.write(rows.map((row) => [nodeFor(row, measured)]));
  for (const result of results) if (!result.written) throw result.error;
}

function nodeFor(row: MetricRow, { at, windowDays }: Measured): Node {
  const { key, name, unit, definition, value, count, target, higherIsBetter } = row;
  return {
    ref: 'metric',
    method: 'PATCH',
    row: `NPS_Metric__c/Key__c/${key}`,
    fields: {
      Name: name,
      Unit__c: unit,
      Definition__c: definition,
      Value__c: value,
      Count__c: count,
      Target__c: target,
      Higher_Is_Better__c: higherIsBetter,
      Measured_At__c: at.toISOString(),
      Window_Days__c: windowDays,
    },
  };
}
