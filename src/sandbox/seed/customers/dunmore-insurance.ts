import type { Customer } from '../customer.ts';

/** A bad start that was put right. */
export const DUNMORE_INSURANCE: Customer = {
  name: 'Dunmore Insurance',
  domain: 'dunmore.example',
  industry: 'Insurance',
  paysAYear: 96_000,
  employees: 2300,
  city: 'Dublin',
  country: 'Ireland',
  csm: 'priya',
  owner: 'priya',
  sinceDaysAgo: 300,
  people: [
    { firstName: 'Niamh', lastName: 'Kelleher', title: 'Head of Claims Analytics', mailbox: 'niamh.kelleher' },
    { firstName: 'Conor', lastName: 'Walsh', title: 'Actuary', mailbox: 'conor.walsh' },
  ],
  contract: { endsInDays: 150, months: 12 },
  cases: [
    { subject: 'Wrong currency in the quarterly export', priority: 'Medium', openedDaysAgo: 15, closedDaysAgo: 9 },
  ],
  opportunities: [
    { name: 'Dunmore motor archive renewal', stage: 'Closed Won', amount: 18_000, closesInDays: -160 },
    { name: 'Dunmore underwriting seats', stage: 'Closed Won', amount: 8_000, closesInDays: -140 },
    { name: 'Dunmore claims renewal', stage: 'Closed Won', amount: 54_000, closesInDays: -105 },
  ],
  standing: { trend: 'Not enough data' },
  surveys: [
    {
      daysAgo: 169,
      trigger: 'First_Value',
      contact: 0,
      answer: {
        score: 5,
        verbatim: 'Three weeks of setup before we saw a number.',
        themes: 'Onboarding',
        followedUpAfter: 20,
        did: 'Sent a data engineer for two days; the first claims view stood that week.',
        resolved: true,
        hasReplied: true,
      },
    },
    {
      daysAgo: 125,
      trigger: 'Recovery',
      contact: 0,
      answer: { score: 9, verbatim: 'You kept your word.', asked: 'Referral' },
    },
    { daysAgo: 110, trigger: 'Usage_Milestone', contact: 0, suppressed: 'ACCOUNT_ASKED_RECENTLY' },
    { daysAgo: 34, trigger: 'Usage_Milestone', contact: 1, hasBounced: true },
  ],
};
