import type { Customer } from '../customer.ts';

/** Customers of the last weeks, who have not answered anything yet. */
export const NEWCOMERS: Customer[] = [
  {
    name: 'Eberhardt Maschinenbau',
    domain: 'eberhardt.example',
    industry: 'Manufacturing',
    paysAYear: 64_000,
    employees: 780,
    city: 'Stuttgart',
    country: 'Germany',
    csm: 'lena',
    owner: 'lena',
    sinceDaysAgo: 60,
    people: [
      { firstName: 'Jürgen', lastName: 'Weiß', title: 'Leiter Produktion', mailbox: 'juergen.weiss' },
      { firstName: 'Sabine', lastName: 'Krämer', title: 'Controlling', mailbox: 'sabine.kraemer' },
    ],
    contract: { startsInDays: -40, months: 12 },
    cases: [{ subject: 'SSO with two tenants', priority: 'Medium', openedDaysAgo: 6 }],
    opportunities: [
      { name: 'Eberhardt first plant', stage: 'Closed Won', amount: 64_000, closesInDays: -50, isNew: true },
    ],
  },
  {
    name: 'Foxglove Retail Group',
    domain: 'foxglove.example',
    industry: 'Retail',
    paysAYear: 42_000,
    employees: 4100,
    city: 'Leeds',
    country: 'United Kingdom',
    csm: 'priya',
    owner: 'priya',
    sinceDaysAgo: 45,
    people: [
      { firstName: 'Tara', lastName: 'Whitcombe', title: 'E-commerce Director', mailbox: 'tara.whitcombe' },
      { firstName: 'Ollie', lastName: 'Shaw', title: 'Store Systems', mailbox: 'ollie.shaw' },
    ],
    contract: { startsInDays: -20, months: 12 },
    opportunities: [{ name: 'Foxglove store rollout', stage: 'Qualification', amount: 42_000, closesInDays: 60 }],
    surveys: [{ daysAgo: 18, trigger: 'Post_Resolution', contact: 1, suppressed: 'ACCOUNT_TOO_YOUNG' }],
  },
  {
    name: 'Glasshouse Media',
    domain: 'glasshouse.example',
    industry: 'Media',
    paysAYear: 18_000,
    employees: 140,
    city: 'New York',
    country: 'United States',
    csm: 'daniel',
    owner: 'daniel',
    sinceDaysAgo: 35,
    people: [{ firstName: 'Noah', lastName: 'Feldman', title: 'Audience Insights', mailbox: 'noah.feldman' }],
    contract: { startsInDays: 10, months: 12 },
  },
];
