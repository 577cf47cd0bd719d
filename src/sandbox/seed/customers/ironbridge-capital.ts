import type { Customer } from '../customer.ts';

/** At risk: called late, asked again, disappointed again. */
export const IRONBRIDGE_CAPITAL: Customer = {
  name: 'Ironbridge Capital',
  domain: 'ironbridge.example',
  industry: 'Finance',
  paysAYear: 410_000,
  employees: 330,
  city: 'Philadelphia',
  country: 'United States',
  csm: 'daniel',
  owner: 'daniel',
  sinceDaysAgo: 700,
  people: [
    { firstName: 'Grace', lastName: 'Whitfield', title: 'COO', mailbox: 'grace.whitfield' },
    { firstName: 'Victor', lastName: 'Stone', title: 'Analyst', mailbox: 'victor.stone' },
  ],
  contract: { endsInDays: 95, months: 24 },
  cases: [{ subject: 'API limit reached at month end', priority: 'High', openedDaysAgo: 3, isEscalated: true }],
  opportunities: [
    { name: 'Ironbridge compliance renewal', stage: 'Closed Won', amount: 60_000, closesInDays: -520 },
    { name: 'Ironbridge renewal 2025', stage: 'Closed Won', amount: 90_000, closesInDays: -240 },
    { name: 'Ironbridge second desk renewal', stage: 'Closed Lost', amount: 45_000, closesInDays: -120 },
  ],
  standing: { trend: 'Stable', atRisk: 'At risk: the newest score is 2.' },
  surveys: [
    { daysAgo: 590, trigger: 'First_Value', contact: 1, answer: { score: 8 } },
    { daysAgo: 450, trigger: 'Post_Resolution', contact: 1, answer: { score: 9 } },
    {
      daysAgo: 345,
      trigger: 'Post_Resolution',
      contact: 0,
      answer: {
        score: 3,
        verbatim: 'Third outage this quarter. We are looking at alternatives.',
        themes: 'Reliability',
        followedUpAfter: 70,
        did: 'Review with engineering; a credit for the quarter.',
        resolved: true,
        hasReplied: true,
      },
    },
    {
      daysAgo: 305,
      trigger: 'Recovery',
      contact: 0,
      answer: {
        score: 4,
        verbatim: 'Fewer outages, but support still answers in copy and paste.',
        themes: 'Support; Reliability',
        followedUpAfter: 60,
      },
    },
    { daysAgo: 210, trigger: 'Usage_Milestone', contact: 0 },
    { daysAgo: 180, trigger: 'Post_Resolution', contact: 1, suppressed: 'OPEN_ESCALATION' },
    {
      daysAgo: 72,
      trigger: 'Post_Resolution',
      contact: 1,
      answer: {
        score: 2,
        verbatim: 'Support closed my ticket, and the same error came back.',
        themes: 'Support; Reliability',
      },
    },
    { daysAgo: 20, trigger: 'Post_Resolution', contact: 1, suppressed: 'ACCOUNT_ASKED_RECENTLY' },
  ],
};
