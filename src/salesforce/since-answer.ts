import type { AccountEvents, AnswerFacts } from '../loop/ports.ts';
import { isDeadAddress } from '../nps/delivery.ts';
import type { Settings } from '../nps/settings.ts';
import { type ActedFor, actQueries, actsOf, type MailShape } from './acts.ts';
import type { Calls, Row } from './calls.ts';
import type { ContactShape } from './contacts.ts';
import { dateOrNull, text, textOrNull } from './rows.ts';
import { list } from './soql.ts';

type SinceAnswer = Pick<AnswerFacts, 'accountEvents' | 'contacts' | 'acts'>;

/** Reads what happened since answers that tells against going on with their sequences, and what was done about them; nothing costs no call. */
export async function sinceAnswer(
  calls: Calls,
  concerned: ActedFor,
  { showsEmailOptOut, hasEmailMessages }: ContactShape & MailShape,
  { openCaseCondition }: Settings,
): Promise<SinceAnswer> {
  const { accountIds, contactIds } = concerned;
  if (accountIds.length === 0) return { accountEvents: new Map(), contacts: new Map(), acts: [] };
  const ids = list(accountIds);
  const fields = ['Id', 'Email', 'IsEmailBounced', 'NPS_Bounced_Address__c', 'NPS_Survey_Opt_Out__c'];
  const shown = showsEmailOptOut ? [...fields, 'HasOptedOutOfEmail'] : fields;
  const rows = await calls.select({
    contacts: contactIds.length > 0 ? `SELECT ${shown} FROM Contact WHERE Id IN ${list(contactIds)}` : null,
    cases: openCaseCondition
      ? `SELECT AccountId, CreatedDate FROM Case WHERE AccountId IN ${ids} AND (${openCaseCondition})`
      : null,
    lost: `SELECT AccountId, CloseDate FROM Opportunity WHERE AccountId IN ${ids} AND IsClosed = true AND IsWon = false`,
    ...actQueries(concerned, hasEmailMessages),
  });
  return {
    accountEvents: new Map(accountIds.map((id) => [id, eventsOf(id, rows)])),
    contacts: new Map(rows.contacts.map((row) => [text(row.Id), contactOf(row)])),
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

/** Where field-level security hides who opted out of mail, nobody is mailed. */
function contactOf(row: Row) {
  return {
    optedOut: row.NPS_Survey_Opt_Out__c === true || row.HasOptedOutOfEmail !== false,
    bounced:
      row.IsEmailBounced === true || isDeadAddress(textOrNull(row.Email), textOrNull(row.NPS_Bounced_Address__c)),
  };
}
