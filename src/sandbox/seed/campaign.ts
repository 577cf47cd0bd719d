import { DateTime } from 'luxon';
import type { SandboxOrg } from '../org/open-org.ts';
import type { Colleagues } from './company.ts';

/** Another team's mails to some of the same people: a webinar that is announced from last week until in three weeks. */
export function seedCampaign(org: SandboxOrg, colleagues: Colleagues): void {
  const today = DateTime.fromJSDate(org.now(), { zone: 'utc' });
  const campaign = org.insert('Campaign', {
    Name: 'Webinar: forecasting in practice',
    IsActive: true,
    Type: 'Webinar',
    Status: 'In Progress',
    StartDate: today.minus({ days: 7 }).toISODate(),
    EndDate: today.plus({ days: 21 }).toISODate(),
    OwnerId: colleagues.get('marcus') ?? null,
  });
  const titles = "'Head of Operations', 'VP Analytics', 'Night Audit'";
  for (const { Id } of org.query(`SELECT Id FROM Contact WHERE Title IN (${titles}) ORDER BY Name`)) {
    org.insert('CampaignMember', { CampaignId: campaign, ContactId: String(Id) });
  }
}
