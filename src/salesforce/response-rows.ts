import type { ResponseRecord } from '../loop/ports.ts';
import { joinedFrom } from '../nps/joined-tasks.ts';
import { segmentOf } from '../nps/score.ts';
import type { Verdict } from '../nps/verdict.ts';
import { ADVOCACY_FIELDS, advocacyOf, chosenOf } from './advocacy-state.ts';
import type { Row } from './calls.ts';
import { REQUEST_FIELDS, requestOf } from './requests.ts';
import { dateOrNull, isRow, numberOrNull, scoreOrNull, text, textOrNull } from './rows.ts';
import { SEQUENCE_FIELDS, standingOf } from './sequence-state.ts';
import { list } from './soql.ts';

/** The named responses, and all of the accounts. */
export function responseQuery(keys: readonly string[], accountIds: readonly string[]): string | null {
  const conditions = [
    ...(keys.length > 0 ? [`Response_Key__c IN ${list(keys)}`] : []),
    ...(accountIds.length > 0 ? [`Account__c IN ${list(accountIds)}`] : []),
  ];
  if (conditions.length === 0) return null;
  return `SELECT Id, Response_Key__c, Account__c, Contact__c, Score__c, Verdict__c, Verdict_Reason__c, Verbatim__c, Responded_At__c, Corrected_At__c, Previous_Score__c, Recurring_Revenue__c, Follow_Up_Due__c, Joined_Tasks__c, Write_Error__c, ${SEQUENCE_FIELDS}, ${REQUEST_FIELDS}, ${ADVOCACY_FIELDS}, Survey__r.Is_Test__c FROM NPS_Response__c WHERE ${conditions.join(' OR ')}`;
}

/** A row somebody made by hand without score or day is no answer. */
export function responseRecord(row: Row): ResponseRecord[] {
  const score = scoreOrNull(row.Score__c);
  const respondedAt = dateOrNull(row.Responded_At__c);
  if (score === null || respondedAt === null) return [];
  const record: ResponseRecord = {
    id: text(row.Id),
    key: text(row.Response_Key__c),
    accountId: text(row.Account__c),
    contactId: textOrNull(row.Contact__c),
    isTest: isRow(row.Survey__r) && row.Survey__r.Is_Test__c === true,
    score,
    segment: segmentOf(score),
    verdict: text(row.Verdict__c) as Verdict,
    verdictReason: text(row.Verdict_Reason__c),
    verbatim: text(row.Verbatim__c),
    respondedAt,
    correctedAt: dateOrNull(row.Corrected_At__c),
    previousScore: scoreOrNull(row.Previous_Score__c),
    isIncomplete: textOrNull(row.Write_Error__c) !== null,
    revenue: numberOrNull(row.Recurring_Revenue__c),
    followUpDue: dateOrNull(row.Follow_Up_Due__c),
    joined: joinedFrom(text(row.Joined_Tasks__c)),
    ...standingOf(row),
    requested: requestOf(row),
    chosen: chosenOf(row),
    advocacy: advocacyOf(row),
  };
  return [record];
}
