import type { Customer } from '../customer.ts';

/** Won back by a CSM who was on the phone the same morning. */
export const BRIGHTWATER_HEALTH: Customer = {
  name: 'Brightwater Health',
  domain: 'brightwater.example',
  industry: 'Healthcare',
  paysAYear: 285_000,
  employees: 1900,
  city: 'Boston',
  country: 'United States',
  csm: 'daniel',
  owner: 'daniel',
  sinceDaysAgo: 480,
  people: [
    { firstName: 'Angela', lastName: 'Moreno', title: 'VP Analytics', mailbox: 'angela.moreno' },
    { firstName: 'Sam', lastName: 'Okafor', title: 'Clinical Systems Manager', mailbox: 'sam.okafor' },
    { firstName: 'Rita', lastName: 'Chen', title: 'Procurement', mailbox: 'rita.chen', hasOptedOut: true },
  ],
  contract: { endsInDays: 250, months: 24 },
  cases: [
    { subject: 'Nightly sync stops after 2 a.m.', priority: 'High', openedDaysAgo: 12, closedDaysAgo: 4 },
    { subject: 'How do we share a dashboard with auditors?', priority: 'Low', openedDaysAgo: 60, closedDaysAgo: 58 },
  ],
  opportunities: [
    { name: 'Brightwater clinics renewal', stage: 'Closed Won', amount: 120_000, closesInDays: -280 },
    { name: 'Brightwater second hospital', stage: 'Closed Won', amount: 95_000, closesInDays: -80 },
    { name: 'Brightwater imaging renewal', stage: 'Closed Won', amount: 70_000, closesInDays: -78 },
  ],
  standing: { trend: 'Improving' },
  surveys: [
    {
      daysAgo: 435,
      trigger: 'First_Value',
      contact: 1,
      answer: { score: 8, verbatim: 'Good start. Setup took longer than promised.', themes: 'Onboarding' },
    },
    {
      daysAgo: 330,
      trigger: 'Usage_Milestone',
      contact: 0,
      answer: {
        score: 5,
        verbatim: 'The data is good, but the permissions model is confusing.',
        themes: 'Ease of use',
        followedUpAfter: 6,
        did: 'Went through every role with Angela; two templates replaced forty rules.',
        resolved: true,
        hasReplied: true,
      },
    },
    { daysAgo: 285, trigger: 'Recovery', contact: 0, answer: { score: 8, verbatim: 'Much better, thank you.' } },
    { daysAgo: 270, trigger: 'Post_Resolution', contact: 1, suppressed: 'ACCOUNT_ASKED_RECENTLY' },
    { daysAgo: 190, trigger: 'Post_Resolution', contact: 1 },
    { daysAgo: 150, trigger: 'Usage_Milestone', contact: 2, suppressed: 'EMAIL_OPTED_OUT' },
    {
      daysAgo: 84,
      trigger: 'Usage_Milestone',
      contact: 0,
      answer: { score: 9, verbatim: 'Our clinicians ask for it by name.', asked: 'Case Study' },
    },
  ],
};
