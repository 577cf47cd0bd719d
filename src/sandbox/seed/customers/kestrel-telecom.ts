import type { Customer } from '../customer.ts';

/** Its CSM left the company, nobody took over, and the customer left, too. */
export const KESTREL_TELECOM: Customer = {
  name: 'Kestrel Telecom',
  domain: 'kestrel.example',
  industry: 'Telecommunications',
  paysAYear: 205_000,
  employees: 3600,
  city: 'Chicago',
  country: 'United States',
  owner: 'tom',
  sinceDaysAgo: 830,
  hasLeft: true,
  people: [
    { firstName: 'Marisol', lastName: 'Vega', title: 'Network Planning', mailbox: 'marisol.vega' },
    { firstName: 'Darnell', lastName: 'Brooks', title: 'Finance Partner', mailbox: 'darnell.brooks' },
  ],
  contract: { endsInDays: -190, months: 18 },
  opportunities: [
    { name: 'Kestrel planning renewal', stage: 'Closed Won', amount: 150_000, closesInDays: -430 },
    { name: 'Kestrel Telecom renewal', stage: 'Closed Lost', amount: 205_000, closesInDays: -195 },
  ],
  standing: { trend: 'Not enough data', atRisk: 'At risk: the newest score is 3.' },
  surveys: [
    { daysAgo: 693, trigger: 'First_Value', contact: 0, answer: { score: 9 } },
    {
      daysAgo: 440,
      trigger: 'Pre_Renewal',
      contact: 0,
      answer: { score: 9, verbatim: 'Our planners open it before their mail.' },
    },
    { daysAgo: 345, trigger: 'Usage_Milestone', contact: 0, answer: { score: 9 } },
    {
      daysAgo: 250,
      trigger: 'Pre_Renewal',
      contact: 1,
      answer: {
        score: 3,
        verbatim: 'Nobody told us who our contact is now. Support is silence.',
        themes: 'Support; People',
      },
    },
    { daysAgo: 215, trigger: 'Post_Resolution', contact: 0, suppressed: 'NO_CSM' },
    { daysAgo: 140, trigger: 'Usage_Milestone', contact: 0, suppressed: 'CHURNED' },
  ],
};
