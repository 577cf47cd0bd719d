import type { Customer } from '../customer.ts';

/** Called after three days, and gone by the end of the contract. */
export const JUNIPER_AND_VALE_HOTELS: Customer = {
  name: 'Juniper & Vale Hotels',
  domain: 'junipervale.example',
  industry: 'Hospitality',
  paysAYear: 31_000,
  employees: 910,
  city: 'Salzburg',
  country: 'Austria',
  csm: 'lena',
  owner: 'tom',
  sinceDaysAgo: 525,
  hasLeft: true,
  people: [
    { firstName: 'Katharina', lastName: 'Huber', title: 'Revenue Manager', mailbox: 'katharina.huber' },
    { firstName: 'Paul', lastName: 'Steiner', title: 'Night Audit' },
  ],
  contract: { endsInDays: -120, months: 12 },
  opportunities: [
    { name: 'Juniper & Vale chalets renewal', stage: 'Closed Lost', amount: 16_000, closesInDays: -430 },
    { name: 'Juniper & Vale spa seats', stage: 'Closed Won', amount: 2_000, closesInDays: -420 },
    { name: 'Juniper & Vale renewal', stage: 'Closed Lost', amount: 31_000, closesInDays: -122 },
  ],
  standing: { trend: 'Not enough data', atRisk: 'At risk: the newest score is 4.' },
  surveys: [
    { daysAgo: 440, trigger: 'First_Value', contact: 0, answer: { score: 8 } },
    {
      daysAgo: 330,
      trigger: 'Usage_Milestone',
      contact: 0,
      answer: {
        score: 1,
        verdict: { is: 'Void', because: 'Read the scale the other way round, and said so on the phone.' },
      },
    },
    { daysAgo: 260, trigger: 'Post_Resolution', contact: 1, suppressed: 'NO_ADDRESS' },
    {
      daysAgo: 195,
      trigger: 'Pre_Renewal',
      contact: 0,
      answer: {
        score: 4,
        verbatim: 'Nobody answers, and the price went up again.',
        themes: 'Support; Price',
        followedUpAfter: 74,
      },
    },
    { daysAgo: 70, trigger: 'Post_Resolution', contact: 0, suppressed: 'CHURNED' },
  ],
};
