import { firstFollowUp } from '../nps/followed-up.ts';
import { joinedFrom } from '../nps/joined-tasks.ts';
import { actQueries, actsOf, type MailShape } from './acts.ts';
import type { Calls } from './calls.ts';
import { dateOrNull, text, textOrNull } from './rows.ts';
import { dateTime } from './soql.ts';

/** Ids that fit into a query with room to spare. */
const AT_ONCE = 200;

/**
 * Responses given since `since` on which somebody has acted, and that do not say so yet: one call for those that wait,
 * and one for every 200 of them.
 */
export async function unnoticedFollowUps(
  calls: Calls,
  since: Date,
  { hasEmailMessages }: MailShape,
): Promise<{ surveyKey: string; accountId: string }[]> {
  const { open } = await calls.select({
    open: `SELECT Id, Response_Key__c, Account__c, Contact__c, Responded_At__c, Joined_Tasks__c FROM NPS_Response__c WHERE Follow_Up_Due__c != null AND First_Follow_Up_At__c = null AND Verdict__c IN ('Confirmed', 'Accepted') AND Responded_At__c >= ${dateTime(since)} ORDER BY Responded_At__c DESC LIMIT 2000`,
  });
  const waiting = open.map((row) => ({
    id: text(row.Id),
    surveyKey: text(row.Response_Key__c),
    accountId: text(row.Account__c),
    contactId: textOrNull(row.Contact__c),
    joined: joinedFrom(text(row.Joined_Tasks__c)),
    respondedAt: dateOrNull(row.Responded_At__c) ?? since,
  }));
  const found: typeof waiting = [];
  for (let start = 0; start < waiting.length; start += AT_ONCE) {
    const some = waiting.slice(start, start + AT_ONCE);
    const concerned = {
      accountIds: [...new Set(some.map(({ accountId }) => accountId))],
      contactIds: [...new Set(some.flatMap(({ contactId }) => contactId ?? []))],
      since: new Date(Math.min(...some.map(({ respondedAt }) => respondedAt.getTime()))),
    };
    const acts = actsOf(await calls.select(actQueries(concerned, hasEmailMessages)));
    found.push(...some.filter((response) => firstFollowUp(response, response.respondedAt, acts) !== null));
  }
  return found.map(({ surveyKey, accountId }) => ({ surveyKey, accountId }));
}
