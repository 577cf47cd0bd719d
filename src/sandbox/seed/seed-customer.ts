import { DateTime } from 'luxon';
import type { SandboxOrg } from '../org/open-org.ts';
import type { Colleagues } from './company.ts';
import type { Customer } from './customer.ts';
import { daysFrom, type Place } from './place.ts';
import { seedSurveys } from './seed-surveys.ts';

/** One customer with its people, contract, cases, opportunities and past answers. */
export function seedCustomer(org: SandboxOrg, customer: Customer, colleagues: Colleagues): void {
  const ownerId = colleagueId(colleagues, customer.owner);
  const csmId = colleagueId(colleagues, customer.csm ?? customer.owner);
  const created = daysFrom(org, -customer.sinceDaysAgo).toISO();
  const accountId = org.insert('Account', {
    Name: customer.name,
    OwnerId: ownerId,
    NPS_CSM__c: customer.csm ? csmId : null,
    Type: 'Customer - Direct',
    Industry: customer.industry,
    AnnualRevenue: customer.paysAYear,
    NumberOfEmployees: customer.employees,
    BillingCity: customer.city,
    BillingCountry: customer.country,
    Website: `https://${customer.domain}`,
    NPS_Survey_Opt_Out__c: customer.takesNoSurveys ?? false,
    CreatedDate: created,
  });
  const contactIds = customer.people.map((person) =>
    org.insert('Contact', {
      AccountId: accountId,
      OwnerId: ownerId,
      FirstName: person.firstName,
      LastName: person.lastName,
      Title: person.title,
      Email: person.mailbox ? `${person.mailbox}@${customer.domain}` : null,
      HasOptedOutOfEmail: person.hasOptedOut ?? false,
      CreatedDate: created,
    }),
  );
  const [csm] = org.query(`SELECT Email FROM User WHERE Id = '${csmId}'`);
  const place: Place = { org, customer, accountId, contactIds, csmId, csmAddress: String(csm?.Email) };
  seedContract(place);
  seedCases(place);
  seedSurveys(place);
  // After the answers: what closed is stamped with what had been answered by then.
  seedOpportunities(place);
}

function seedContract({ org, customer: { contract, hasLeft }, accountId, csmId }: Place): void {
  const start =
    'startsInDays' in contract
      ? daysFrom(org, contract.startsInDays)
      : daysFrom(org, contract.endsInDays + 1).minus({ months: contract.months });
  const id = org.insert('Contract', {
    AccountId: accountId,
    OwnerId: csmId,
    StartDate: start.toISODate(),
    ContractTerm: contract.months,
    Status: 'Draft',
    CreatedDate: DateTime.min(start, daysFrom(org, -5)).toISO(),
  });
  // Salesforce takes new contracts as drafts only.
  org.update('Contract', id, { Status: 'Activated' });
  if (!hasLeft) return;
  const [{ EndDate } = {}] = org.query(`SELECT EndDate FROM Contract WHERE Id = '${id}'`);
  org.update('Account', accountId, { NPS_Churned_On__c: String(EndDate) });
}

function seedCases({ org, customer, accountId, contactIds, csmId }: Place): void {
  for (const { subject, priority, openedDaysAgo, closedDaysAgo, isEscalated } of customer.cases ?? []) {
    org.insert('Case', {
      AccountId: accountId,
      ContactId: contactIds[0] ?? null,
      OwnerId: csmId,
      Subject: subject,
      Priority: priority,
      Origin: 'Email',
      Status: closedDaysAgo === undefined ? (isEscalated ? 'Escalated' : 'Working') : 'Closed',
      IsEscalated: isEscalated ?? false,
      CreatedDate: daysFrom(org, -openedDaysAgo).toISO(),
      ...(closedDaysAgo === undefined ? {} : { ClosedDate: daysFrom(org, -closedDaysAgo).toISO() }),
    });
  }
}

function seedOpportunities({ org, customer, accountId, csmId }: Place): void {
  for (const { name, stage, amount, closesInDays, isNew } of customer.opportunities ?? []) {
    org.insert('Opportunity', {
      AccountId: accountId,
      OwnerId: csmId,
      Name: name,
      StageName: stage,
      Amount: amount,
      CloseDate: daysFrom(org, closesInDays).toISODate(),
      // As the service would have marked it one of these nights.
      NPS_Is_Renewal__c: name.includes('renewal'),
      Type: isNew ? 'New Customer' : 'Existing Customer - Upgrade',
    });
  }
}

function colleagueId(colleagues: Colleagues, key: string): string {
  const id = colleagues.get(key);
  if (!id) throw new Error(`The seed knows no colleague "${key}".`);
  return id;
}
