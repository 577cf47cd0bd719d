import type { Org } from '../loop/ports.ts';
import { counts, type Verdict } from '../nps/verdict.ts';
import type { Calls } from './calls.ts';
import { type ContactShape, mailedContactFields, unwelcomeAt } from './contacts.ts';
import { isRow, scoreOrNull, text, textOrNull } from './rows.ts';
import { list } from './soql.ts';

/** Reads answers and who gave them, for mails about them that are about to leave. */
export async function answersAtHand(
  calls: Calls,
  surveyKeys: readonly string[],
  shape: ContactShape,
): ReturnType<Org['answersAtHand']> {
  const contact = mailedContactFields(shape).map((field) => `Contact__r.${field}`);
  const fields = ['Response_Key__c', 'Score__c', 'Verdict__c', 'Sequence_Paused__c', 'Sequence_Stopped__c', ...contact];
  const { answers } = await calls.select({
    answers: `SELECT ${fields} FROM NPS_Response__c WHERE Response_Key__c IN ${list(surveyKeys)}`,
  });
  return new Map(
    answers.flatMap((row) => {
      const score = scoreOrNull(row.Score__c);
      if (score === null) return [];
      const giver = isRow(row.Contact__r) ? row.Contact__r : {};
      const answer = {
        score,
        counts: counts(text(row.Verdict__c) as Verdict),
        paused: row.Sequence_Paused__c === true,
        stopped: row.Sequence_Stopped__c === true,
        email: textOrNull(giver.Email),
        ...unwelcomeAt(giver),
      };
      return [[text(row.Response_Key__c), answer] as const];
    }),
  );
}
