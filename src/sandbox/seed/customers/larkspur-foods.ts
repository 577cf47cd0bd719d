import type { Customer } from '../customer.ts';

/** A small customer that grew fond of the product. */
export const LARKSPUR_FOODS: Customer = {
  name: 'Larkspur Foods',
  domain: 'larkspur.example',
  industry: 'Agriculture',
  paysAYear: 9_600,
  employees: 440,
  city: 'Lyon',
  country: 'France',
  csm: 'lena',
  owner: 'lena',
  sinceDaysAgo: 400,
  people: [
    { firstName: 'Chloé', lastName: 'Marchand', title: 'Directrice Supply Chain', mailbox: 'chloe.marchand' },
    { firstName: 'Lucas', lastName: 'Girard', title: 'Contrôle qualité', mailbox: 'lucas.girard' },
  ],
  contract: { endsInDays: 175, months: 18 },
  cases: [{ subject: 'Depot tablets sign out at noon', priority: 'Medium', openedDaysAgo: 11, closedDaysAgo: 6 }],
  opportunities: [
    { name: 'Larkspur pilot', stage: 'Closed Won', amount: 6_000, closesInDays: -370, isNew: true },
    { name: 'Larkspur silo renewal', stage: 'Closed Won', amount: 3_000, closesInDays: -360 },
    { name: 'Larkspur depot renewal', stage: 'Closed Lost', amount: 1_800, closesInDays: -320 },
    { name: 'Larkspur forecasting add-on', stage: 'Closed Won', amount: 2_400, closesInDays: -40 },
  ],
  standing: { trend: 'Improving' },
  surveys: [
    {
      daysAgo: 327,
      trigger: 'First_Value',
      contact: 0,
      answer: {
        score: 7,
        verbatim: 'Useful, though the French labels are confusing.',
        themes: 'Ease of use',
        choice: 'Easier_to_Use',
      },
    },
    {
      daysAgo: 225,
      trigger: 'Usage_Milestone',
      contact: 1,
      answer: {
        score: 5,
        verbatim: 'Too slow on the tablets in our depots.',
        themes: 'Reliability',
        followedUpAfter: 12,
        did: 'A light view for tablets, tried out in two depots.',
        resolved: true,
        hasReplied: true,
      },
    },
    { daysAgo: 186, trigger: 'Recovery', contact: 1, answer: { score: 9, verbatim: 'The light view is just right.' } },
    { daysAgo: 150, trigger: 'Post_Resolution', contact: 0, suppressed: 'ACCOUNT_ASKED_RECENTLY' },
    {
      daysAgo: 86,
      trigger: 'Usage_Milestone',
      contact: 0,
      answer: { score: 9, verbatim: 'All in French now. Merci !', asked: 'AppExchange Review' },
    },
  ],
};
