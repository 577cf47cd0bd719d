import type { AnswerOnRecord } from '../nps/renewal.ts';
import { segmentOf } from '../nps/score.ts';
import type { Row } from './calls.ts';
import { dateOrNull, isRow, scoreOrNull, text, textOrNull } from './rows.ts';
import { list } from './soql.ts';

/** The counted answers of accounts, with where their sequences stand; those of tests are among them. */
export function answersOnRecordQuery(accountIds: readonly string[]): string | null {
  if (accountIds.length === 0) return null;
  return `SELECT Account__c, Contact__c, Score__c, Responded_At__c, Next_Step_Due__c, Sequence_Stopped__c, Sequence_Paused__c, Survey__r.Is_Test__c FROM NPS_Response__c WHERE Account__c IN ${list(accountIds)} AND Verdict__c IN ('Confirmed', 'Accepted')`;
}

export function answersByAccount(rows: readonly Row[]): ReadonlyMap<string, AnswerOnRecord[]> {
  const byAccount = Map.groupBy(rows, (row) => text(row.Account__c));
  return new Map([...byAccount].map(([accountId, answers]) => [accountId, answers.flatMap(answerOnRecord)]));
}

function answerOnRecord(row: Row): AnswerOnRecord[] {
  const score = scoreOrNull(row.Score__c);
  const respondedAt = dateOrNull(row.Responded_At__c);
  const isTest = isRow(row.Survey__r) && row.Survey__r.Is_Test__c === true;
  if (score === null || respondedAt === null || isTest) return [];
  return [{ contactId: textOrNull(row.Contact__c), segment: segmentOf(score), respondedAt, sequence: standing(row) }];
}

function standing({ Next_Step_Due__c, Sequence_Stopped__c, Sequence_Paused__c }: Row): AnswerOnRecord['sequence'] {
  if (dateOrNull(Next_Step_Due__c) === null || Sequence_Stopped__c === true) return 'is over';
  return Sequence_Paused__c === true ? 'is paused' : 'runs';
}
