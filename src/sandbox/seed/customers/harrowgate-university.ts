import type { Customer } from '../customer.ts';

/** Pays what a framework agreement says, which stands nowhere; wants no more surveys since last month. */
export const HARROWGATE_UNIVERSITY: Customer = {
  name: 'Harrowgate University',
  domain: 'harrowgate.example',
  industry: 'Education',
  paysAYear: null,
  employees: 1250,
  city: 'Harrowgate',
  country: 'United Kingdom',
  csm: 'priya',
  owner: 'priya',
  sinceDaysAgo: 545,
  takesNoSurveys: true,
  people: [
    { firstName: 'Edith', lastName: 'Lang', title: 'Registrar', mailbox: 'edith.lang' },
    { firstName: 'Owen', lastName: 'Price', title: 'IT Services', mailbox: 'owen.price' },
  ],
  contract: { endsInDays: 190, months: 24 },
  opportunities: [
    { name: 'Harrowgate library renewal', stage: 'Closed Lost', amount: 12_000, closesInDays: -450 },
    { name: 'Harrowgate admissions renewal', stage: 'Closed Lost', amount: 9_000, closesInDays: -240 },
    { name: 'Harrowgate timetable renewal', stage: 'Closed Won', amount: 27_000, closesInDays: -120 },
  ],
  standing: { trend: 'Improving' },
  surveys: [
    { daysAgo: 495, trigger: 'First_Value', contact: 0, answer: { score: 9 } },
    { daysAgo: 364, trigger: 'Usage_Milestone', contact: 1 },
    {
      daysAgo: 272,
      trigger: 'Post_Resolution',
      contact: 1,
      answer: {
        score: 4,
        verbatim: 'Logins end in an error at the start of every term.',
        themes: 'Reliability',
        followedUpAfter: 40,
        did: 'Load test before the next term, with Owen on the call.',
        resolved: true,
      },
    },
    {
      daysAgo: 232,
      trigger: 'Recovery',
      contact: 1,
      answer: {
        score: 0,
        verdict: { is: 'Unresolved', because: 'Every link was opened within a second, and nobody was seen since.' },
      },
    },
    {
      daysAgo: 142,
      trigger: 'Usage_Milestone',
      contact: 0,
      answer: { score: 9, verbatim: 'Told two other registrars about it.', hasSpokenForUs: true },
    },
    {
      daysAgo: 48,
      trigger: 'Post_Resolution',
      contact: 0,
      answer: { score: 8, verbatim: 'Good. But please, no more questions.' },
    },
    { daysAgo: 12, trigger: 'Post_Resolution', contact: 1, suppressed: 'ACCOUNT_OPTED_OUT' },
  ],
};
