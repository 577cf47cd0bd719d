import type {
  AccountAtRisk,
  BoardAccount,
  BoardAnswer,
  BoardFacts,
  ClosedRenewal,
  SegmentRevenue,
} from '../nps/board/facts.ts';
import { utcDate } from '../nps/days.ts';
import { inWords } from '../nps/developer-name.ts';
import { SCORES, type Segment } from '../nps/score.ts';
import type { Calls, Row } from './calls.ts';
import { dateOrNull, isRow, numberOrNull, text, textAt, textOrNull, valueAt } from './rows.ts';
import { dateTime } from './soql.ts';

/** Accounts of which an answer is known and that have not left. */
const CUSTOMERS = 'NPS_Segment__c != null AND NPS_Churned_On__c = null';
const OPEN_TASKS = 'SELECT COUNT(Id) total FROM Task WHERE NPS_Response__c != null AND IsClosed = false';

/** Counted answers given from `from` on and before `until`, and how things stand today, in two calls and their pages. */
export async function boardFacts(calls: Calls, from: Date, until: Date, revenueField: string): Promise<BoardFacts> {
  const rows = await calls.select({
    answers: `SELECT Response_Key__c, Account__c, Contact__c, Score__c, Responded_At__c, Theme__c, Follow_Up_Due__c, First_Follow_Up_At__c, Advocacy_Asked_At__c, Advocacy_Completed__c, Actions_Taken__c, Resolved__c, Account__r.${revenueField}, Account__r.NPS_Churned_On__c FROM NPS_Response__c WHERE Is_Counted__c = true AND Score__c != null AND Responded_At__c >= ${dateTime(from)} AND Responded_At__c < ${dateTime(until)}`,
    renewals: `SELECT CloseDate, IsWon, NPS_Segment_At_Close__c FROM Opportunity WHERE NPS_Is_Renewal__c = true AND IsClosed = true AND CloseDate >= ${utcDate(from)} AND CloseDate <= ${utcDate(until)}`,
    atRisk: `SELECT Id, Name, NPS_Risk_Reason__c, ${revenueField} FROM Account WHERE ${CUSTOMERS} AND NPS_Risk__c = true`,
    doing: `SELECT Account__c, Actions_Taken__c, Current_Step__c, Next_Step_Due__c, First_Follow_Up_At__c, Resolved__c FROM NPS_Response__c WHERE Is_Counted__c = true AND Account__r.NPS_Risk__c = true AND Account__r.NPS_Churned_On__c = null ORDER BY Responded_At__c`,
    segments: `SELECT NPS_Segment__c, COUNT(Id) total, SUM(${revenueField}) revenue FROM Account WHERE ${CUSTOMERS} GROUP BY NPS_Segment__c`,
    openTasks: OPEN_TASKS,
    overdueTasks: `${OPEN_TASKS} AND ActivityDate < TODAY`,
    running:
      'SELECT COUNT(Id) total FROM NPS_Response__c WHERE Next_Step_Due__c != null AND Sequence_Stopped__c = false',
  });
  const newest = new Map(rows.doing.map((row) => [text(row.Account__c), row]));
  return {
    answers: rows.answers.flatMap(answerOf),
    accounts: new Map(rows.answers.map((row) => [text(row.Account__c), accountOf(row, revenueField)])),
    renewals: rows.renewals.map(renewalOf),
    standing: {
      atRisk: rows.atRisk.map((row) => atRiskOf(row, newest.get(text(row.Id)), revenueField)),
      segments: rows.segments.map(segmentOf),
      openTasks: totalOf(rows.openTasks),
      overdueTasks: totalOf(rows.overdueTasks),
      sequencesRunning: totalOf(rows.running),
    },
  };
}

function answerOf(row: Row): BoardAnswer[] {
  const score = SCORES.find((one) => one === row.Score__c);
  const respondedAt = dateOrNull(row.Responded_At__c);
  if (score === undefined || !respondedAt) return [];
  return [
    {
      key: text(row.Response_Key__c),
      accountId: text(row.Account__c),
      contactId: textOrNull(row.Contact__c),
      score,
      respondedAt,
      themes: text(row.Theme__c)
        .split(';')
        .map((theme) => theme.trim())
        .filter((theme) => theme !== ''),
      followUpDue: dateOrNull(row.Follow_Up_Due__c),
      firstFollowUpAt: dateOrNull(row.First_Follow_Up_At__c),
      invited: textOrNull(row.Advocacy_Asked_At__c) !== null,
      recommended: row.Advocacy_Completed__c === true,
      hasActions: text(row.Actions_Taken__c).trim() !== '',
      resolved: row.Resolved__c === true,
    },
  ];
}

/** One that closed before anybody looked bears no segment. */
function renewalOf(row: Row): ClosedRenewal {
  const segment = (textOrNull(row.NPS_Segment_At_Close__c) ?? 'None') as ClosedRenewal['segment'];
  return { closedOn: text(row.CloseDate), won: row.IsWon === true, segment };
}

function accountOf(row: Row, revenueField: string): BoardAccount {
  const account = isRow(row.Account__r) ? row.Account__r : {};
  return { revenue: numberOrNull(valueAt(account, revenueField)), churnedOn: textAt(account, 'NPS_Churned_On__c') };
}

function atRiskOf(account: Row, newest: Row | undefined, revenueField: string): AccountAtRisk {
  return {
    name: text(account.Name),
    revenue: numberOrNull(valueAt(account, revenueField)),
    reason: text(account.NPS_Risk_Reason__c),
    doing: newest ? doingAbout(newest) : null,
  };
}

/** What was written down, else what comes next, else that somebody acted at all. */
function doingAbout(response: Row): string | null {
  const actions = text(response.Actions_Taken__c).trim();
  if (actions !== '') return actions;
  if (response.Resolved__c === true) return 'Marked as resolved.';
  const step = textOrNull(response.Current_Step__c);
  const due = textOrNull(response.Next_Step_Due__c)?.slice(0, 10);
  if (step && due) return `Next: ${inWords(step)}, ${due}.`;
  const followedUp = textOrNull(response.First_Follow_Up_At__c)?.slice(0, 10);
  return followedUp ? `Followed up on ${followedUp}.` : null;
}

function segmentOf(row: Row): SegmentRevenue {
  return {
    segment: text(row.NPS_Segment__c) as Segment,
    accounts: numberOrNull(row.total) ?? 0,
    revenue: numberOrNull(row.revenue) ?? 0,
  };
}

function totalOf([row]: readonly Row[]): number {
  return numberOrNull(row?.total) ?? 0;
}
