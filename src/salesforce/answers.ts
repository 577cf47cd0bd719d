import type { Org, ResponseRecord, SurveyRecord } from '../loop/ports.ts';
import type { CountedAnswer } from '../nps/numbers.ts';
import { segmentOf } from '../nps/score.ts';
import type { Settings } from '../nps/settings.ts';
import { detractorTaskKey } from '../nps/task.ts';
import { counts, type Verdict } from '../nps/verdict.ts';
import { type AccountReads, scoreOrNull } from './accounts.ts';
import type { Calls, Row } from './calls.ts';
import { KEEPS_ITS_DATE_FOR_NOTHING } from './dates-back.ts';
import { userAt, userFields } from './people.ts';
import { dateOrNull, isRow, text, textOrNull } from './rows.ts';
import { dateTime, list } from './soql.ts';

type Reads = Pick<
  Org,
  | 'surveys'
  | 'queuedSurveys'
  | 'deferredMoments'
  | 'surveysToGiveBack'
  | 'provisionalResponses'
  | 'incompleteResponses'
  | 'accountsWithResponses'
>;

export interface AnswerReads extends Reads {
  answerFacts(wanted: Parameters<Org['answerFacts']>[0], settings: Settings): ReturnType<Org['answerFacts']>;
}

/** Reads surveys, responses and what counts for their accounts. */
export function answerReads(calls: Calls, accounts: AccountReads): AnswerReads {
  const accountFacts = async (ids: readonly string[], settings: Settings) => {
    const rows = await calls.select({ ...accounts.recordQueries(ids, settings), responses: responseQuery([], ids) });
    return {
      accounts: accounts.records(rows, settings),
      counted: countedByAccount(rows.responses.flatMap(responseRecord)),
    };
  };

  return {
    async surveys(keys, queuedAt = []) {
      const rows = await calls.select({ surveys: surveyQuery(keys, queuedAt) });
      return byKey(rows.surveys.map(surveyRecord));
    },

    /**
     * Asks for everything at once, guessing that an answer's account is still the one its link names; accounts that
     * were merged or moved since are read in a second call.
     */
    async answerFacts({ surveyKeys, accountIds }, settings) {
      const rows = await calls.select({
        ...accounts.recordQueries(accountIds, settings),
        surveys: surveyQuery(surveyKeys),
        responses: responseQuery(surveyKeys, accountIds),
        tasks: taskQuery(surveyKeys),
      });
      const surveys = byKey(rows.surveys.map(surveyRecord));
      const all = rows.responses.flatMap(responseRecord);
      const responses = byKey(all.filter(({ key }) => surveyKeys.includes(key)));
      const moved = [...surveys.values(), ...responses.values()]
        .map(({ accountId }) => accountId)
        .filter((id) => id !== null && !accountIds.includes(id));
      const others = await accountFacts(
        [...new Set(moved)].filter((id) => id !== null),
        settings,
      );
      return {
        surveys,
        responses,
        accounts: new Map([...accounts.records(rows, settings), ...others.accounts]),
        counted: new Map([...countedByAccount(all), ...others.counted]),
        quarantineMinutes: settings.quarantineMinutes,
        rollingWindowDays: settings.rollingWindowDays,
        taskKeys: new Set(rows.tasks.map((row) => text(row.NPS_Task_Key__c))),
      };
    },

    async queuedSurveys(before) {
      const rows = await calls.select({
        queued: `SELECT Survey_Key__c FROM NPS_Survey__c WHERE Status__c = 'Queued' AND LastModifiedDate < ${dateTime(before)} ORDER BY CreatedDate LIMIT 2000`,
      });
      return rows.queued.map((row) => text(row.Survey_Key__c));
    },

    async deferredMoments(now) {
      const rows = await calls.select({
        deferred: `SELECT CreatedDate, Trigger__c, Source_Id__c, Anchor_Date__c, Account__c, Contact__c FROM NPS_Survey__c WHERE Status__c = 'Deferred' AND Not_Before__c <= ${dateTime(now)} AND Account__c != null ORDER BY Not_Before__c LIMIT 2000`,
      });
      return rows.deferred.map((row) => ({
        moment: {
          trigger: text(row.Trigger__c),
          sourceId: text(row.Source_Id__c),
          anchorDate: text(row.Anchor_Date__c),
        },
        accountId: text(row.Account__c),
        contactId: textOrNull(row.Contact__c),
        since: new Date(text(row.CreatedDate)),
      }));
    },

    async surveysToGiveBack() {
      const rows = await calls.select({
        kept: `SELECT Survey_Key__c, Account__c FROM NPS_Survey__c WHERE ${KEEPS_ITS_DATE_FOR_NOTHING} AND Account__c != null ORDER BY LastModifiedDate LIMIT 2000`,
      });
      return rows.kept.map((row) => ({ surveyKey: text(row.Survey_Key__c), accountId: text(row.Account__c) }));
    },

    provisionalResponses: (before) =>
      responsesWhere(
        `Verdict__c = 'Provisional' AND Responded_At__c <= ${dateTime(before)} AND (Corrected_At__c = null OR Corrected_At__c <= ${dateTime(before)})`,
      ),

    incompleteResponses: () => responsesWhere('Write_Error__c != null'),

    async accountsWithResponses() {
      const rows = await calls.select({ accounts: 'SELECT Id FROM Account WHERE NPS_Score__c != null ORDER BY Id' });
      return rows.accounts.map((row) => text(row.Id));
    },
  };

  async function responsesWhere(condition: string) {
    const rows = await calls.select({
      responses: `SELECT Response_Key__c, Account__c FROM NPS_Response__c WHERE ${condition} ORDER BY Responded_At__c LIMIT 2000`,
    });
    return rows.responses.map((row) => ({ surveyKey: text(row.Response_Key__c), accountId: text(row.Account__c) }));
  }
}

function surveyQuery(keys: readonly string[], queuedAt: readonly string[] = []): string | null {
  if (keys.length === 0 && queuedAt.length === 0) return null;
  const byKey = `Survey_Key__c IN ${list(keys)}`;
  const condition =
    queuedAt.length > 0 ? `${byKey} OR (Status__c = 'Queued' AND Account__c IN ${list(queuedAt)})` : byKey;
  const contact = ['Id', 'Name', 'FirstName', 'Email'].map((field) => `Contact__r.${field}`);
  return `SELECT Id, Survey_Key__c, Status__c, Not_Before__c, Account__c, Account__r.Name, ${contact}, ${userFields('CSM__r')}, Trigger__c, Source_Id__c, Anchor_Date__c, Language__c, Is_Test__c, CreatedDate, Asked_At__c, Account_Asked_Before__c, Contact_Asked_Before__c FROM NPS_Survey__c WHERE ${condition}`;
}

function responseQuery(keys: readonly string[], accountIds: readonly string[]): string | null {
  const conditions = [
    ...(keys.length > 0 ? [`Response_Key__c IN ${list(keys)}`] : []),
    ...(accountIds.length > 0 ? [`Account__c IN ${list(accountIds)}`] : []),
  ];
  if (conditions.length === 0) return null;
  return `SELECT Id, Response_Key__c, Account__c, Contact__c, Score__c, Verdict__c, Verdict_Reason__c, Verbatim__c, Responded_At__c, Corrected_At__c, Previous_Score__c, Follow_Up_Due__c, Acknowledged_With__c, Survey__r.Is_Test__c FROM NPS_Response__c WHERE ${conditions.join(' OR ')}`;
}

function taskQuery(surveyKeys: readonly string[]): string | null {
  if (surveyKeys.length === 0) return null;
  return `SELECT NPS_Task_Key__c FROM Task WHERE NPS_Task_Key__c IN ${list(surveyKeys.map(detractorTaskKey))}`;
}

function surveyRecord(row: Row): SurveyRecord {
  const contact = row.Contact__r;
  const askedAt = dateOrNull(row.Asked_At__c);
  return {
    id: text(row.Id),
    key: text(row.Survey_Key__c),
    status: text(row.Status__c),
    notBefore: dateOrNull(row.Not_Before__c),
    accountId: textOrNull(row.Account__c),
    accountName: isRow(row.Account__r) ? text(row.Account__r.Name) : '',
    contact: isRow(contact)
      ? {
          id: text(contact.Id),
          name: text(contact.Name),
          firstName: text(contact.FirstName),
          email: text(contact.Email),
        }
      : null,
    csm: userAt(row, 'CSM__r')[0] ?? null,
    trigger: text(row.Trigger__c),
    sourceId: text(row.Source_Id__c),
    anchorDate: text(row.Anchor_Date__c),
    since: new Date(text(row.CreatedDate)),
    asked: askedAt && {
      at: askedAt,
      accountBefore: dateOrNull(row.Account_Asked_Before__c),
      contactBefore: dateOrNull(row.Contact_Asked_Before__c),
    },
    language: text(row.Language__c),
    isTest: row.Is_Test__c === true,
  };
}

/** A row somebody made by hand without score or day is no answer. */
function responseRecord(row: Row): ResponseRecord[] {
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
    followUpDue: dateOrNull(row.Follow_Up_Due__c),
    acknowledgedWith: textOrNull(row.Acknowledged_With__c),
  };
  return [record];
}

function countedByAccount(responses: readonly ResponseRecord[]): Map<string, CountedAnswer[]> {
  const counted = responses.filter(({ verdict, isTest }) => counts(verdict) && !isTest);
  return Map.groupBy(counted, ({ accountId }) => accountId);
}

function byKey<T extends { key: string }>(records: readonly T[]): Map<string, T> {
  return new Map(records.map((record) => [record.key, record]));
}
