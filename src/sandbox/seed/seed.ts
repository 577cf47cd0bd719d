import { DateTime } from 'luxon';
import type { SandboxOrg } from '../org/open-org.ts';
import { readMetadataRecords } from '../org/schema/metadata-records.ts';
import { seedCampaign } from './campaign.ts';
import { COLLEAGUES, COMPANY, type Colleague, type Colleagues } from './company.ts';
import { CUSTOMERS } from './customers.ts';
import { seedCustomer } from './seed-customer.ts';

/** `company` is a whole B2B company with a past; `empty-company` has its people and settings, but no customer. */
export type Seed = 'company' | 'empty-company';

/** Fills a new org; every date counts from its clock. All or nothing. */
export function seedOrg(org: SandboxOrg, seed: Seed): void {
  org.transaction(() => {
    const colleagues = seedColleagues(org);
    seedWorkingHours(org);
    activateTriggers(org);
    nameExecutive(org);
    if (seed === 'company') {
      for (const customer of CUSTOMERS) seedCustomer(org, customer, colleagues);
      seedCampaign(org, colleagues);
    }
    // Only now, because nothing can be given to somebody who has left.
    for (const { key, hasLeft } of COLLEAGUES) {
      const id = colleagues.get(key);
      if (hasLeft && id) org.update('User', id, { IsActive: false });
    }
  });
}

function seedColleagues(org: SandboxOrg): Colleagues {
  org.update('Organization', org.id, { Name: COMPANY.name, TimeZoneSidKey: 'Europe/Berlin' });
  const ids = new Map<string, string>();
  const roles = new Map<string, string>();
  for (const colleague of COLLEAGUES) {
    const { key, firstName, lastName, title, timeZone, phone, reportsTo } = colleague;
    const address = addressOf(colleague);
    const id = org.insert('User', {
      Username: address,
      Email: address,
      FirstName: firstName,
      LastName: lastName,
      Title: title,
      TimeZoneSidKey: timeZone,
      Phone: phone ?? null,
      ManagerId: (reportsTo && ids.get(reportsTo)) ?? null,
      UserRoleId: roleOf(org, roles, title, reportsTo),
    });
    ids.set(key, id);
  }
  return ids;
}

/** Whoever has the same title shares a role, which stands below that of the one he reports to. */
function roleOf(org: SandboxOrg, roles: Map<string, string>, title: string, reportsTo: string | undefined): string {
  const above = COLLEAGUES.find(({ key }) => key === reportsTo)?.title;
  const known = roles.get(title);
  if (known) return known;
  const id = org.insert('UserRole', { Name: title, ParentRoleId: (above && roles.get(above)) ?? null });
  roles.set(title, id);
  return id;
}

function seedWorkingHours(org: SandboxOrg): void {
  const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];
  const hours = days.flatMap((day) => [
    [`${day}StartTime`, '09:00:00.000Z'],
    [`${day}EndTime`, '17:00:00.000Z'],
  ]);
  const zone = 'Europe/Berlin';
  org.insert('BusinessHours', {
    Name: 'Default',
    IsActive: true,
    IsDefault: true,
    TimeZoneSidKey: zone,
    ...Object.fromEntries(hours),
  });
  const today = DateTime.fromJSDate(org.now(), { zone: 'utc' });
  for (const [name, month, day] of [
    ['New Year', 1, 1],
    ['Christmas Day', 12, 25],
  ] as const) {
    const thisYear = today.set({ month, day });
    const next = thisYear < today ? thisYear.plus({ years: 1 }) : thisYear;
    org.insert('Holiday', { Name: name, ActivityDate: next.toISODate(), IsAllDay: true });
  }
}

/** Triggers ship inactive; here they ask about everything of the past year, as after a year in use. */
function activateTriggers(org: SandboxOrg): void {
  const from = DateTime.fromJSDate(org.now(), { zone: 'utc' }).minus({ years: 1 }).toISODate();
  for (const { type, developerName, label, fields } of readMetadataRecords(org.metadata())) {
    if (type !== 'NPS_Trigger__mdt') continue;
    org.deployRecord(type, developerName, label, { ...fields, Active__c: true, Active_From__c: from });
  }
}

/** The last escalation goes to whoever nobody stands above. */
function nameExecutive(org: SandboxOrg): void {
  const highest = COLLEAGUES.find(({ reportsTo }) => reportsTo === undefined);
  for (const { type, developerName, label, fields } of readMetadataRecords(org.metadata())) {
    if (type !== 'NPS_Setting__mdt' || !highest) continue;
    org.deployRecord(type, developerName, label, { ...fields, Executive__c: addressOf(highest) });
  }
}

function addressOf({ firstName, lastName }: Colleague): string {
  return `${firstName}.${lastName}@${COMPANY.domain}`.toLowerCase();
}
