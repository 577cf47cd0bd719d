import type { Org, SubjectHistory } from '../loop/ports.ts';
import type { SubjectVariant } from '../nps/subject.ts';
import type { SubjectRecord } from '../nps/subject-comparison.ts';
import type { Calls, Row } from './calls.ts';
import { NOT_REACHED } from './history.ts';
import { numberOrNull, text } from './rows.ts';
import { dateTime, quoted } from './soql.ts';

const UNPROVEN = ['Provisional', 'Unresolved'];

/**
 * What became of the mails with each subject, by trigger, sent from `from` on and before `until`. A trigger is counted
 * from the day on which both of its subjects were in use: what came before says more about the time than the subject.
 */
export async function subjectHistory(calls: Calls, from: Date, until: Date): ReturnType<Org['subjectHistory']> {
  const { first } = await calls.select({
    first: `SELECT Trigger__c, Subject_Variant__c, MIN(Sent_At__c) since FROM NPS_Survey__c WHERE ${sentBetween(from, until)} GROUP BY Trigger__c, Subject_Variant__c`,
  });
  const starts = [...Map.groupBy(first, (row) => text(row.Trigger__c))].map(([trigger, rows]) => ({
    trigger,
    from: new Date(Math.max(...rows.map(({ since }) => Date.parse(text(since))))),
  }));
  const rows = await calls.select(
    Object.fromEntries(
      starts.flatMap(({ trigger, from: start }, index) => {
        const mails = `Trigger__c = ${quoted(trigger)} AND ${sentBetween(start, until)}`;
        const surveys = `SELECT Subject_Variant__c, Status__c, COUNT(Id) total FROM NPS_Survey__c WHERE ${mails} GROUP BY Subject_Variant__c, Status__c`;
        const answers = `SELECT Survey__r.Subject_Variant__c, Verdict__c, COUNT(Id) total FROM NPS_Response__c WHERE Survey__r.Trigger__c = ${quoted(trigger)} AND ${sentBetween(start, until, 'Survey__r.')} GROUP BY Survey__r.Subject_Variant__c, Verdict__c`;
        return [
          [`surveys${index}`, surveys],
          [`answers${index}`, answers],
        ];
      }),
    ),
  );
  return starts.map(({ trigger, from: start }, index): SubjectHistory => {
    const of = (variant: SubjectVariant) =>
      recordOf(variant, rows[`surveys${index}`] ?? [], rows[`answers${index}`] ?? []);
    return { trigger, from: start, records: { A: of('A'), B: of('B') } };
  });
}

function sentBetween(from: Date, until: Date, survey = ''): string {
  const sentAt = `${survey}Sent_At__c`;
  return `${survey}Is_Test__c = false AND ${survey}Subject_Variant__c IN ('A', 'B') AND ${sentAt} >= ${dateTime(from)} AND ${sentAt} < ${dateTime(until)}`;
}

function recordOf(variant: SubjectVariant, surveys: readonly Row[], answers: readonly Row[]): SubjectRecord {
  const total = (rows: readonly Row[], isCounted: (row: Row) => boolean) =>
    rows
      .filter((row) => row.Subject_Variant__c === variant && isCounted(row))
      .reduce((sum, row) => sum + (numberOrNull(row.total) ?? 0), 0);
  return {
    sent: total(surveys, ({ Status__c }) => !NOT_REACHED.includes(text(Status__c))),
    answered: total(answers, ({ Verdict__c }) => ['Confirmed', 'Accepted'].includes(text(Verdict__c))),
    unproven: total(answers, ({ Verdict__c }) => UNPROVEN.includes(text(Verdict__c))),
  };
}
