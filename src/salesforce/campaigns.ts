import type { Membership } from '../nps/clashes.ts';
import type { Dates } from '../nps/due-moments.ts';
import type { Calls } from './calls.ts';
import { isRow, text, textOrNull } from './rows.ts';
import { list } from './soql.ts';

/** What contacts are members of among the active campaigns that run on certain dates; one without a start never does. */
export async function memberships(
  calls: Calls,
  contactIds: readonly string[],
  { from, to }: Dates,
): Promise<Membership[]> {
  if (contactIds.length === 0) return [];
  const running = `Campaign.IsActive = true AND Campaign.StartDate <= ${to} AND (Campaign.EndDate = null OR Campaign.EndDate >= ${from})`;
  const { members } = await calls.select({
    members: `SELECT ContactId, Campaign.Name, Campaign.StartDate, Campaign.EndDate FROM CampaignMember WHERE ContactId IN ${list(contactIds)} AND ${running} ORDER BY Campaign.StartDate, Id`,
  });
  return members.flatMap(({ ContactId, Campaign }) =>
    isRow(Campaign)
      ? [
          {
            contactId: text(ContactId),
            campaign: text(Campaign.Name),
            from: text(Campaign.StartDate),
            to: textOrNull(Campaign.EndDate),
          },
        ]
      : [],
  );
}
