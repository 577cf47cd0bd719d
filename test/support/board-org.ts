import type { Connection } from 'jsforce';
import type { Score, Segment } from '../../src/nps/score.ts';
import { segmentOf } from '../../src/nps/score.ts';

/** The clock of an org whose last full quarter is 2026-Q4. */
export const NOW = new Date('2027-02-10T09:00:00Z');

/** Who answered what, by quarter: everybody at noon of its middle day. */
export const ANSWERED = [
  ['2025-02-14', 14, 10, 12],
  ['2025-05-15', 16, 10, 12],
  ['2025-08-14', 18, 12, 12],
  ['2025-11-14', 20, 14, 14],
  ['2026-02-14', 24, 14, 13],
  ['2026-05-15', 28, 15, 12],
  ['2026-08-14', 30, 18, 14],
  ['2026-11-14', 48, 20, 12],
] as const;

/** Accounts of one mood: 30 always happy, 15 lukewarm, 15 unhappy, five people each. */
const MOODS = [
  ...mood('Promoter', 30, [9, 10, 10, 9]),
  ...mood('Passive', 15, [7, 8, 8]),
  ...mood('Detractor', 15, [6, 3, 5, 2, 6, 4, 0]),
];
const PEOPLE_EACH = 5;
/** These many of the first accounts of each mood left on one day after their last answer. */
export const LEFT = { on: '2026-12-20', Promoter: 5, Detractor: 6 };
const THEMES = {
  Promoter: ['Ease of use', null, 'Support', null, 'Ease of use; Reports'],
  Passive: ['Reports', null, 'Price'],
  Detractor: ['Support', 'Support; Onboarding', 'Price', null, 'Onboarding', 'Support'],
};
const FIRST = [
  'Nordwind',
  'Harbour',
  'Linden',
  'Atlas',
  'Kestrel',
  'Meridian',
  'Juniper',
  'Solent',
  'Aurora',
  'Tideway',
];
const SECOND = ['Logistics', 'Energy', 'Foods', 'Media', 'Health', 'Instruments'];

interface Account {
  segment: Segment;
  /** Its place among those of its mood. */
  place: number;
  scores: readonly Score[];
}

function mood(segment: Segment, count: number, scores: readonly Score[]): Account[] {
  return Array.from({ length: count }, (_, place) => ({ segment, place, scores }));
}

/** What an account pays a year: promoters 40,000 to 98,000, others by the same steps from 30,000. */
export const revenueOf = ({ segment, place }: Pick<Account, 'segment' | 'place'>) =>
  segment === 'Promoter' ? 40_000 + 2000 * place : 30_000 + 6000 * place;

const hasLeft = ({ segment, place }: Account) => segment !== 'Passive' && place < LEFT[segment];
const isAtRisk = (account: Account) => account.segment === 'Detractor' && account.place < 12 && !hasLeft(account);

/** Two years of a company's answers, with everything the summary for the board is made of. */
export async function boardOrg(admin: Connection): Promise<void> {
  const create = async (sobject: string, rows: Record<string, unknown>[]) => {
    const saved = await admin.sobject(sobject).create(rows, { allowRecursive: true });
    return saved.map(({ id }) => String(id));
  };
  const accountIds = await create(
    'Account',
    MOODS.map((account, index) => ({
      Name: `${FIRST[index % FIRST.length]} ${SECOND[Math.floor(index / FIRST.length)]}`,
      AnnualRevenue: revenueOf(account),
      NPS_Segment__c: account.segment,
      NPS_Risk__c: isAtRisk(account),
      NPS_Risk_Reason__c: isAtRisk(account) ? `At risk: the newest score is ${account.place % 7}.` : null,
      NPS_Churned_On__c: hasLeft(account) ? LEFT.on : null,
    })),
  );
  const contactIds = await create(
    'Contact',
    accountIds.flatMap((AccountId, index) =>
      Array.from({ length: PEOPLE_EACH }, (_, each) => ({
        ...{ AccountId, LastName: `Person ${each}`, Email: `p${each}.${index}@board.example` },
      })),
    ),
  );

  /** Of one mood everybody's first person answers, then everybody's second. */
  const answers = ANSWERED.flatMap(([date, promoters, passives, detractors]) =>
    (
      [
        ['Promoter', promoters],
        ['Passive', passives],
        ['Detractor', detractors],
      ] as const
    ).flatMap(([segment, count]) => {
      const accounts = MOODS.flatMap((account, index) => (account.segment === segment ? [{ ...account, index }] : []));
      return Array.from({ length: count }, (_, nth) => {
        const { index, scores, place } = accounts[nth % accounts.length] ?? { index: 0, scores: [], place: 0 };
        const contact = contactIds[index * PEOPLE_EACH + Math.floor(nth / accounts.length)];
        const theme = THEMES[segment][nth % THEMES[segment].length];
        return {
          date,
          nth,
          segment,
          account: accountIds[index],
          contact,
          place,
          score: scores[nth % scores.length] ?? 0,
          theme,
        };
      });
    }),
  );
  let key = 0;
  const survey = (Status__c: string, date: string, more: object = {}) => {
    key += 1;
    return { Survey_Key__c: key.toString(16).padStart(64, '0'), Status__c, Sent_At__c: `${date}T08:00:00Z`, ...more };
  };
  const surveys = answers.map(({ date, account, contact }) =>
    survey('Responded', date, { Account__c: account, Contact__c: contact }),
  );
  const surveyIds = await create('NPS_Survey__c', surveys);
  const unanswered = { Delivered: 140, Sent: 20, Bounced: 8, Failed: 2, Cancelled: 3 };
  await create('NPS_Survey__c', [
    ...Object.entries(unanswered).flatMap(([status, count]) =>
      Array.from({ length: count }, () => survey(status, '2026-11-20')),
    ),
    survey('Responded', '2026-11-20', { Is_Test__c: true }),
  ]);

  const isLastQuarter = (date: string) => date === '2026-11-14';
  const responses = answers.map(({ date, nth, segment, account, contact, score, theme }, index) => {
    const isReported = isLastQuarter(date) && segment === 'Detractor';
    return {
      ...{ Response_Key__c: surveys[index]?.Survey_Key__c, Survey__c: surveyIds[index], Account__c: account },
      ...{ Contact__c: contact, Score__c: score, Segment__c: segmentOf(score), Verdict__c: 'Confirmed' },
      ...{ Responded_At__c: `${date}T12:00:00Z`, Theme__c: isLastQuarter(date) ? theme : null },
      ...(isReported && nth % 2 === 0 ? { Actions_Taken__c: ACTIONS[(nth / 2) % ACTIONS.length] } : {}),
      ...(isReported && nth < 3 ? { Resolved__c: true } : {}),
      ...(isReported && nth > 4 ? { Current_Step__c: 'Detractor_Call', Next_Step_Due__c: '2027-02-12T09:00:00Z' } : {}),
    };
  });
  const responseIds = await create('NPS_Response__c', responses);
  await create('NPS_Response__c', notCounted(accountIds[0]));

  const detractors = responses
    .map(({ Segment__c, Account__c }, index) => ({
      Segment__c,
      WhatId: Account__c,
      NPS_Response__c: responseIds[index],
    }))
    .filter(({ Segment__c }) => Segment__c === 'Detractor')
    .slice(-12);
  await create(
    'Task',
    detractors.map(({ WhatId, NPS_Response__c }, nth) => ({
      ...{ Subject: 'Call a detractor', WhatId, NPS_Response__c, Status: nth < 3 ? 'Completed' : 'Not Started' },
      ActivityDate: nth < 5 ? '2027-02-01' : '2027-02-20',
    })),
  );
}

const ACTIONS = [
  'Named a support lead; weekly call until March.',
  'Onboarding held again with the new team.',
  'Price review agreed for the renewal.',
];

/** What never counts: no proof of a person, and taken back. */
function notCounted(account: string | undefined) {
  return ['Provisional', 'Unresolved', 'Void'].map((Verdict__c, index) => ({
    ...{ Response_Key__c: `f${index}`.padStart(64, 'f'), Account__c: account, Score__c: 0, Segment__c: 'Detractor' },
    ...{ Verdict__c, Responded_At__c: '2026-11-15T12:00:00Z' },
  }));
}
