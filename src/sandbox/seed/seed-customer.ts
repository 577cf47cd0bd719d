import { createHash } from 'node:crypto';
import { DateTime } from 'luxon';
import type { SandboxOrg } from '../org/open-org.ts';
import { accountNumbers, type CountedAnswer, segmentOf } from './account-numbers.ts';
import type { Colleagues, Customer, PastSurvey } from './company.ts';

interface Place {
  org: SandboxOrg;
  customer: Customer;
  accountId: string;
  contactIds: string[];
  csmId: string;
  csmAddress: string;
}

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
    AnnualRevenue: customer.revenue,
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

function seedContract({ org, customer: { contract }, accountId, csmId }: Place): void {
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

function seedSurveys(place: Place): void {
  const { org, customer, accountId } = place;
  const oldestFirst = (customer.surveys ?? []).toSorted((a, b) => b.daysAgo - a.daysAgo);
  const answers = oldestFirst.flatMap((survey) => seedSurvey(place, survey));
  const last = oldestFirst.at(-1);
  if (!last) return;
  const sent = { NPS_Last_Survey_Date__c: daysFrom(org, -last.daysAgo).toISO() };
  org.update('Account', accountId, { ...sent, ...accountNumbers(answers, org.now()) });
}

/** Writes a survey and what was answered, on it and on the contact. */
function seedSurvey(
  { org, customer, accountId, contactIds, csmId, csmAddress }: Place,
  survey: PastSurvey,
): CountedAnswer[] {
  const contactId = contactIds[survey.contact];
  if (!contactId) throw new Error(`The seed has no contact ${survey.contact} for ${customer.name}.`);
  const sentAt = daysFrom(org, -survey.daysAgo);
  const key = createHash('sha256').update(`seed ${customer.name} ${survey.daysAgo}`).digest('hex');
  const people = { Account__c: accountId, Contact__c: contactId, CSM__c: csmId, Trigger__c: survey.trigger };
  const surveyId = org.insert('NPS_Survey__c', {
    ...people,
    Survey_Key__c: key,
    Source_Id__c: accountId,
    Anchor_Date__c: sentAt.toISODate(),
    Status__c: survey.answer ? 'Responded' : 'Expired',
    Sent_At__c: sentAt.toISO(),
    Sender__c: csmAddress,
    Language__c: 'en',
    CreatedDate: sentAt.toISO(),
  });
  org.update('Contact', contactId, { NPS_Last_Survey_Date__c: sentAt.toISO() });
  if (!survey.answer) return [];
  const { score, verbatim, followedUpAfter, resolved } = survey.answer;
  const respondedAt = sentAt.plus({ hours: 5, minutes: 20 });
  org.insert('NPS_Response__c', {
    ...people,
    Survey__c: surveyId,
    Response_Key__c: key,
    Score__c: score,
    Segment__c: segmentOf(score),
    Verdict__c: 'Confirmed',
    Verbatim__c: verbatim ?? null,
    Responded_At__c: respondedAt.toISO(),
    First_Follow_Up_At__c: followedUpAfter === undefined ? null : respondedAt.plus({ hours: followedUpAfter }).toISO(),
    Resolved__c: resolved ?? false,
    ...(score <= 6 && { Follow_Up_Due__c: respondedAt.plus({ hours: 24 }).toISO() }),
    CreatedDate: respondedAt.toISO(),
  });
  org.update('Contact', contactId, { NPS_Score__c: score, NPS_Segment__c: segmentOf(score) });
  return [{ contactId, score, respondedAt: respondedAt.toJSDate() }];
}

function colleagueId(colleagues: Colleagues, key: string): string {
  const id = colleagues.get(key);
  if (!id) throw new Error(`The seed knows no colleague "${key}".`);
  return id;
}

/** A moment of the org's own calendar: that many days from its now, in whole seconds as Salesforce keeps them. */
function daysFrom(org: SandboxOrg, days: number): DateTime<true> {
  const moment = DateTime.fromJSDate(org.now(), { zone: 'utc' }).startOf('second').plus({ days });
  if (!moment.isValid) throw new Error(`${days} days from now is no date.`);
  return moment;
}
