import type { OutcomeMark, Outcomes } from '../loop/ports.ts';
import type { DepartureFacts, DetractorAnswer } from '../nps/departure.ts';
import type { Settings } from '../nps/settings.ts';
import type { Calls, Row, RowChange } from './calls.ts';
import { dateOrNull, numberOrNull, text, textAt, textOrNull, valueAt } from './rows.ts';
import { dateTime, list } from './soql.ts';

/** So many ids leave a query short enough for a call. */
const IDS_A_QUERY = 200;

/** Opportunities whose mark as a renewal is not what the renewal condition says, with the mark they should have. */
export async function wrongRenewals(
  calls: Calls,
  { renewalCondition }: Settings,
): ReturnType<Outcomes['wrongRenewals']> {
  const isRenewal = renewalCondition === null ? 'Id = null' : `(${renewalCondition})`;
  const { unmarked, marked } = await calls.select({
    unmarked: `SELECT Id FROM Opportunity WHERE NPS_Is_Renewal__c = false AND ${isRenewal}`,
    marked: `SELECT Id FROM Opportunity WHERE NPS_Is_Renewal__c = true AND (NOT ${isRenewal})`,
  });
  const marks = (rows: readonly Row[], isRenewal: boolean) =>
    rows.map((row): OutcomeMark => ({ of: 'opportunity', id: text(row.Id), isRenewal }));
  return [...marks(unmarked, true), ...marks(marked, false)];
}

/** Accounts that show a sign of departure, by the churn condition or a lost renewal, and bear no day of one. */
export async function departureFacts(
  calls: Calls,
  { churnCondition, lostRenewalIsChurn }: Settings,
): Promise<DepartureFacts[]> {
  const { leaving, lost } = await calls.select({
    leaving: churnCondition && `SELECT Id FROM Account WHERE NPS_Churned_On__c = null AND (${churnCondition})`,
    lost: lostRenewalIsChurn
      ? 'SELECT AccountId, CloseDate FROM Opportunity WHERE NPS_Is_Renewal__c = true AND IsClosed = true AND IsWon = false AND AccountId != null AND Account.NPS_Churned_On__c = null'
      : null,
  });
  const meeting = new Set(leaving.map((row) => text(row.Id)));
  const ids = [...new Set([...meeting, ...lost.map((row) => text(row.AccountId))])];
  const { won, contracts } = await purchases(calls, ids);
  const [lostBy, wonBy, contractsBy] = [lost, won, contracts].map((rows) =>
    Map.groupBy(rows, (row) => text(row.AccountId)),
  );
  return ids.map((accountId) => ({
    accountId,
    meetsCondition: meeting.has(accountId),
    lostRenewals: (lostBy?.get(accountId) ?? []).map((row) => text(row.CloseDate)),
    won: (wonBy?.get(accountId) ?? []).map((row) => text(row.CloseDate)),
    contractEnds: (contractsBy?.get(accountId) ?? []).map((row) => textOrNull(row.EndDate)),
  }));
}

async function purchases(calls: Calls, ids: readonly string[]): Promise<Record<'won' | 'contracts', Row[]>> {
  if (ids.length === 0) return { won: [], contracts: [] };
  const some = list(ids.slice(0, IDS_A_QUERY));
  const { won, contracts } = await calls.select({
    won: `SELECT AccountId, CloseDate FROM Opportunity WHERE IsWon = true AND AccountId IN ${some}`,
    contracts: `SELECT AccountId, EndDate FROM Contract WHERE StatusCode = 'Activated' AND AccountId IN ${some}`,
  });
  const others = await purchases(calls, ids.slice(IDS_A_QUERY));
  return { won: [...won, ...others.won], contracts: [...contracts, ...others.contracts] };
}

/** Counted answers of detractors given before `before`, and the ids of all that are marked as judged; one call. */
export async function detractorAnswers(calls: Calls, before: Date): ReturnType<Outcomes['detractorAnswers']> {
  const { answers, judged } = await calls.select({
    answers: `SELECT Id, Account__c, Responded_At__c, Account__r.NPS_Churned_On__c FROM NPS_Response__c WHERE Is_Counted__c = true AND Segment__c = 'Detractor' AND Responded_At__c < ${dateTime(before)}`,
    judged: 'SELECT Id FROM NPS_Response__c WHERE Churn_Judged__c = true',
  });
  return { answers: answers.flatMap(detractorAnswer), judged: new Set(judged.map((row) => text(row.Id))) };
}

function detractorAnswer(row: Row): DetractorAnswer[] {
  const respondedAt = dateOrNull(row.Responded_At__c);
  const churnedOn = textAt(row, 'Account__r.NPS_Churned_On__c');
  return respondedAt ? [{ id: text(row.Id), accountId: text(row.Account__c), respondedAt, churnedOn }] : [];
}

/** Responses without a revenue whose account has one: imported ones, and those written before anybody knew. */
export async function missingRevenues(
  calls: Calls,
  { revenueField }: Settings,
): ReturnType<Outcomes['missingRevenues']> {
  const path = `Account__r.${revenueField}`;
  const { blank } = await calls.select({
    blank: `SELECT Id, ${path} FROM NPS_Response__c WHERE Recurring_Revenue__c = null AND ${path} != null`,
  });
  return blank.flatMap((row): OutcomeMark[] => {
    const revenue = numberOrNull(valueAt(row, path));
    return revenue === null ? [] : [{ of: 'revenue', id: text(row.Id), revenue }];
  });
}

/** Writes marks, each by itself, 200 a call; says why some were refused. */
export async function writeOutcomes(calls: Calls, marks: readonly OutcomeMark[]): Promise<string[]> {
  const results = await calls.update(marks.map(changeOf));
  return results.flatMap((result) => (result.written ? [] : [result.error.message]));
}

function changeOf(mark: OutcomeMark): RowChange {
  const { id } = mark;
  switch (mark.of) {
    case 'opportunity':
      return { sobject: 'Opportunity', id, fields: { NPS_Is_Renewal__c: mark.isRenewal } };
    case 'account':
      return { sobject: 'Account', id, fields: { NPS_Churned_On__c: mark.leftOn } };
    case 'response':
      return { sobject: 'NPS_Response__c', id, fields: { Churn_Judged__c: mark.isJudged } };
    case 'revenue':
      return { sobject: 'NPS_Response__c', id, fields: { Recurring_Revenue__c: mark.revenue } };
  }
}
