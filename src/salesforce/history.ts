import type { SurveyHistory } from '../nps/forecast.ts';
import type { Calls, Row } from './calls.ts';
import { numberOrNull, text } from './rows.ts';
import { dateTime } from './soql.ts';

/** Renewal mails ask for no answer and are no surveys; rows of before there were any say nothing. */
export const IS_SURVEY = "Kind__c != 'Renewal Mail'";

/** Statuses of surveys that never reached anybody, although a mail was made. */
export const NOT_REACHED = ['Bounced', 'Failed', 'Cancelled'];

/** Counts what became of the surveys sent in a span of time, and of their answers; one call. */
export async function surveyHistory(calls: Calls, from: Date, until: Date): Promise<SurveyHistory> {
  const { surveys, answers } = await calls.select({
    surveys: `SELECT Status__c, COUNT(Id) total FROM NPS_Survey__c WHERE ${IS_SURVEY} AND Is_Test__c = false AND Sent_At__c >= ${dateTime(from)} AND Sent_At__c < ${dateTime(until)} GROUP BY Status__c`,
    answers: `SELECT Segment__c, COUNT(Id) total FROM NPS_Response__c WHERE Verdict__c IN ('Confirmed', 'Accepted') AND Survey__r.Is_Test__c = false AND Responded_At__c >= ${dateTime(from)} GROUP BY Segment__c`,
  });
  return {
    sent: total(surveys.filter((row) => !NOT_REACHED.includes(text(row.Status__c)))),
    answered: total(surveys.filter((row) => row.Status__c === 'Responded')),
    counted: total(answers),
    detractors: total(answers.filter((row) => row.Segment__c === 'Detractor')),
  };
}

function total(rows: readonly Row[]): number {
  return rows.reduce((sum, row) => sum + (numberOrNull(row.total) ?? 0), 0);
}
