import type { Customer } from '../customer.ts';

/** Content again after a bad month, and about to renew. */
export const ALDERMOOR_LOGISTICS: Customer = {
  name: 'Aldermoor Logistics',
  domain: 'aldermoor.example',
  industry: 'Transportation',
  paysAYear: 134_000,
  employees: 620,
  city: 'Rotterdam',
  country: 'Netherlands',
  csm: 'lena',
  owner: 'lena',
  sinceDaysAgo: 655,
  people: [
    { firstName: 'Maaike', lastName: 'de Vries', title: 'Head of Operations', mailbox: 'maaike.devries' },
    { firstName: 'Joost', lastName: 'Bakker', title: 'Data Lead', mailbox: 'joost.bakker' },
  ],
  contract: { endsInDays: 80, months: 24 },
  opportunities: [
    { name: 'Aldermoor depot licences renewal', stage: 'Closed Won', amount: 24_000, closesInDays: -290 },
    { name: 'Aldermoor barcode add-on', stage: 'Closed Won', amount: 9_000, closesInDays: -200 },
    { name: 'Aldermoor yard module renewal', stage: 'Closed Won', amount: 38_000, closesInDays: -115 },
    { name: 'Aldermoor Logistics renewal', stage: 'Negotiation/Review', amount: 96_000, closesInDays: 78 },
  ],
  standing: { trend: 'Improving', atRisk: 'At risk: the newest score is 8 and the contract ends within 90 days.' },
  surveys: [
    { daysAgo: 605, trigger: 'First_Value', contact: 0, answer: { score: 7 } },
    { daysAgo: 470, trigger: 'Usage_Milestone', contact: 1, answer: { score: 8 } },
    {
      daysAgo: 352,
      trigger: 'Post_Resolution',
      contact: 0,
      answer: {
        score: 6,
        verbatim: 'Our routing report was wrong twice in the audit.',
        themes: 'Reports',
        followedUpAfter: 3,
        did: 'Rebuilt the report with Maaike and had the auditor sign it off.',
        resolved: true,
        hasReplied: true,
      },
    },
    {
      daysAgo: 310,
      trigger: 'Recovery',
      contact: 0,
      answer: {
        score: 9,
        verbatim: 'Lena had our routing report back within a day.',
        themes: 'Reports',
        asked: 'G2 Review',
        hasSpokenForUs: true,
      },
    },
    { daysAgo: 290, trigger: 'Usage_Milestone', contact: 1, suppressed: 'ACCOUNT_ASKED_RECENTLY' },
    {
      daysAgo: 205,
      trigger: 'Usage_Milestone',
      contact: 1,
      answer: {
        score: 8,
        verbatim: 'Solid. Exports to Excel could be faster.',
        themes: 'Reports',
        choice: 'Missing_Feature',
      },
    },
    { daysAgo: 88, trigger: 'Post_Resolution', contact: 1, answer: { score: 8, verbatim: 'Quick answer, as always.' } },
  ],
};
