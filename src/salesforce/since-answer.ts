import type { AccountEvents, AnswerFacts } from '../loop/ports.ts';
import type { Settings } from '../nps/settings.ts';
import { type ActedFor, actQueries, actsOf, type MailShape } from './acts.ts';
import type { Calls, Row } from './calls.ts';
import { type ContactShape, mailedContactFields, unwelcomeAt } from './contacts.ts';
import { dateOrNull, text } from './rows.ts';
import { list } from './soql.ts';

type SinceAnswer = Pick<AnswerFacts, 'accountEvents' | 'contacts' | 'acts'>;

/** Reads what happened since answers that tells against going on with their sequences, and what was done about them; nothing costs no call. */
export async function sinceAnswer(
  calls: Calls,
  concerned: ActedFor,
  shape: ContactShape & MailShape,
  { openCaseCondition }: Settings,
): Promise<SinceAnswer> {
  const { accountIds, contactIds } = concerned;
  if (accountIds.length === 0) return { accountEvents: new Map(), contacts: new Map(), acts: [] };
  const ids = list(accountIds);
  const { hasEmailMessages } = shape;
  const rows = await calls.select({
    contacts:
      contactIds.length > 0
        ? `SELECT ${mailedContactFields(shape)} FROM Contact WHERE Id IN ${list(contactIds)}`
        : null,
    cases: openCaseCondition
      ? `SELECT AccountId, CreatedDate FROM Case WHERE AccountId IN ${ids} AND (${openCaseCondition})`
      : null,
    lost: `SELECT AccountId, CloseDate FROM Opportunity WHERE AccountId IN ${ids} AND IsClosed = true AND IsWon = false`,
    ...actQueries(concerned, hasEmailMessages),
  });
  return {
    accountEvents: new Map(accountIds.map((id) => [id, eventsOf(id, rows)])),
    contacts: new Map(rows.contacts.map((row) => [text(row.Id), unwelcomeAt(row)])),
    acts: actsOf(rows),
  };
}

function eventsOf(accountId: string, rows: { cases: Row[]; lost: Row[] }): AccountEvents {
  const last = (found: Row[], field: string) =>
    found
      .filter((row) => row.AccountId === accountId)
      .map((row) => text(row[field]))
      .toSorted()
      .at(-1) ?? null;
  return {
    caseAt: dateOrNull(last(rows.cases, 'CreatedDate')),
    lostOn: last(rows.lost, 'CloseDate'),
  };
}
