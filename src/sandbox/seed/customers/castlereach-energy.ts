import type { Customer } from '../customer.ts';

/** The largest customer, and the one that speaks for the company. */
export const CASTLEREACH_ENERGY: Customer = {
  name: 'Castlereach Energy',
  domain: 'castlereach.example',
  industry: 'Energy',
  paysAYear: 1_120_000,
  employees: 5400,
  city: 'Aberdeen',
  country: 'United Kingdom',
  csm: 'priya',
  owner: 'marcus',
  sinceDaysAgo: 990,
  people: [
    { firstName: 'Fiona', lastName: 'MacLeod', title: 'Chief Data Officer', mailbox: 'fiona.macleod' },
    { firstName: 'Ewan', lastName: 'Grant', title: 'BI Manager', mailbox: 'ewan.grant' },
    { firstName: 'Isla', lastName: 'Ross', title: 'Head of Trading Analytics', mailbox: 'isla.ross' },
  ],
  contract: { endsInDays: 110, months: 36 },
  opportunities: [
    { name: 'Castlereach site licences renewal', stage: 'Closed Won', amount: 40_000, closesInDays: -530 },
    { name: 'Castlereach grid renewal', stage: 'Closed Won', amount: 620_000, closesInDays: -380 },
    { name: 'Castlereach wind pilot renewal', stage: 'Closed Lost', amount: 40_000, closesInDays: -285 },
    { name: 'Castlereach trading desk', stage: 'Closed Won', amount: 185_000, closesInDays: -150 },
    { name: 'Castlereach storage renewal', stage: 'Closed Won', amount: 180_000, closesInDays: -140 },
    { name: 'Castlereach renewal and wind farms', stage: 'Proposal/Price Quote', amount: 1_240_000, closesInDays: 105 },
  ],
  standing: { trend: 'Improving' },
  surveys: [
    { daysAgo: 940, trigger: 'First_Value', contact: 0, answer: { score: 8 } },
    { daysAgo: 520, trigger: 'Post_Resolution', contact: 0, answer: { score: 9 } },
    {
      daysAgo: 415,
      trigger: 'Pre_Renewal',
      contact: 0,
      answer: {
        score: 10,
        verbatim: 'Could not run the trading desk without it.',
        asked: 'Case Study',
        hasSpokenForUs: true,
      },
    },
    {
      daysAgo: 300,
      trigger: 'Usage_Milestone',
      contact: 1,
      answer: {
        score: 6,
        verbatim: 'Dashboards are slow when the market opens.',
        themes: 'Reliability; Reports',
        followedUpAfter: 31,
        did: 'Moved the desk to a cluster of its own.',
        resolved: true,
      },
    },
    {
      daysAgo: 262,
      trigger: 'Recovery',
      contact: 1,
      answer: { score: 9, verbatim: 'Night and day.', asked: 'Referral', hasSpokenForUs: true },
    },
    {
      daysAgo: 160,
      trigger: 'Post_Resolution',
      contact: 0,
      answer: { score: 10, verbatim: 'One call, solved.', asked: 'G2 Review', hasSpokenForUs: true },
    },
    { daysAgo: 130, trigger: 'Usage_Milestone', contact: 1, suppressed: 'ACCOUNT_ASKED_RECENTLY' },
    { daysAgo: 58, trigger: 'Usage_Milestone', contact: 2, answer: { score: 9, verbatim: 'The forecasts beat ours.' } },
  ],
};
