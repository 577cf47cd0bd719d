import type { Connection } from 'jsforce';
import { type Score, type Segment, segmentOf } from '../../src/nps/score.ts';

/** The clock of an org whose last full quarter is 2026-Q4. */
export const NOW = new Date('2027-02-10T09:00:00Z');

/**
 * Who answered, at noon of the middle day of each quarter. Promoters and passives come from the same accounts all the
 * time, detractors in 2025 from the same and in 2026 every quarter from others, which begin at this place.
 */
const QUARTERS = [
  { date: '2025-02-14', Promoter: 14, Passive: 10, Detractor: 12, detractorsFrom: 0 },
  { date: '2025-05-15', Promoter: 16, Passive: 10, Detractor: 12, detractorsFrom: 0 },
  { date: '2025-08-14', Promoter: 18, Passive: 12, Detractor: 12, detractorsFrom: 0 },
  { date: '2025-11-14', Promoter: 20, Passive: 14, Detractor: 14, detractorsFrom: 0 },
  { date: '2026-02-14', Promoter: 24, Passive: 14, Detractor: 13, detractorsFrom: 14 },
  { date: '2026-05-15', Promoter: 28, Passive: 15, Detractor: 12, detractorsFrom: 27 },
  { date: '2026-08-14', Promoter: 30, Passive: 18, Detractor: 14, detractorsFrom: 39 },
  { date: '2026-11-14', Promoter: 48, Passive: 20, Detractor: 12, detractorsFrom: 53 },
];
const REPORTED = '2026-11-14';
const ACCOUNTS: Record<Segment, number> = { Promoter: 30, Passive: 15, Detractor: 65 };
const SEGMENTS: readonly Segment[] = ['Promoter', 'Passive', 'Detractor'];
const PEOPLE_EACH = 2;

const SCORES: Record<Segment, readonly Score[]> = {
  Promoter: [9, 10, 10, 9],
  Passive: [7, 8, 8],
  Detractor: [6, 3, 5, 2, 6, 4, 0],
};
const THEMES: Record<Segment, readonly (string | null)[]> = {
  Promoter: ['Ease of use', null, 'Support', null, 'Ease of use; Reports'],
  Passive: ['Reports', null, 'Price'],
  Detractor: ['Support', 'Support; Onboarding', 'Price', null, 'Onboarding', 'Support'],
};
const ACTIONS = [
  'Named a support lead; weekly call until March.',
  'Onboarding held again with the new team.',
  'Price review agreed for the renewal.',
];
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
const SECOND = ['Logistics', 'Energy', 'Foods', 'Media', 'Health', 'Instruments', 'Rail', 'Paper', 'Studios'].concat([
  'Freight',
  'Optics',
]);

/** Of the 39 detractors from February to August 2026: hours to the first follow-up in turn, and who left 60 days later. */
const FIRST_OF_2026 = 14;
const HOURS = [12, 60, 36, 12, 60, null];
const LEFT_SOON = [1, 4, 7, 10, 13, 16, 2, 5, 17];
const SIXTY_DAYS_LATER: Record<string, string> = {
  '2026-02-14': '2026-04-15',
  '2026-05-15': '2026-07-14',
};

interface Account {
  segment: Segment;
  /** Its place among those of its segment. */
  place: number;
}

/** What an account pays a year, by steps from a least. */
function revenueOf({ segment, place }: Account): number {
  if (segment === 'Promoter') return 40_000 + 2000 * place;
  return segment === 'Passive' ? 30_000 + 6000 * place : 30_000 + 1000 * place;
}

/** Five promoters left in December, nine detractors after their answer. */
function leftOn({ segment, place }: Account): string | null {
  if (segment === 'Promoter') return place < 5 ? '2026-12-20' : null;
  if (segment === 'Passive' || !LEFT_SOON.includes(place - FIRST_OF_2026)) return null;
  const answered = QUARTERS.findLast(({ detractorsFrom }) => detractorsFrom <= place)?.date ?? '';
  return SIXTY_DAYS_LATER[answered] ?? null;
}

/** The first eight of those who answered last. */
const isAtRisk = ({ segment, place }: Account) => segment === 'Detractor' && place >= 53 && place < 61;

/** Closed renewals of 2026: of so many accounts of each segment, from this place on, and so many of them won. */
const RENEWALS: Record<Segment, { from: number; closed: number; won: number }> = {
  Promoter: { from: 0, closed: 24, won: 21 },
  Passive: { from: 0, closed: 14, won: 9 },
  Detractor: { from: 39, closed: 14, won: 6 },
};

interface Answer extends Account {
  date: string;
  nth: number;
  account: string;
  contact: string;
  score: Score;
}

/** Two years of a company's answers, with everything the summary for the board is made of. */
export async function boardOrg(admin: Connection): Promise<void> {
  const create = async (sobject: string, rows: Record<string, unknown>[]) => {
    const saved = await admin.sobject(sobject).create(rows, { allowRecursive: true });
    return saved.map(({ id }) => String(id));
  };
  const accounts = SEGMENTS.flatMap((segment) =>
    Array.from({ length: ACCOUNTS[segment] }, (_, place): Account => ({ segment, place })),
  );
  const accountIds = await create('Account', accounts.map(accountRow));
  const contactIds = await create(
    'Contact',
    accountIds.flatMap((AccountId) =>
      Array.from({ length: PEOPLE_EACH }, (_, each) => ({ AccountId, LastName: `Person ${each + 1}` })),
    ),
  );
  const idsOf = ({ segment, place }: Account, person: number) => {
    const index = accounts.findIndex((one) => one.segment === segment && one.place === place);
    return { account: accountIds[index] ?? '', contact: contactIds[index * PEOPLE_EACH + person] ?? '' };
  };

  const answers = QUARTERS.flatMap(({ date, detractorsFrom, ...counts }) =>
    SEGMENTS.flatMap((segment) =>
      Array.from({ length: counts[segment] }, (_, nth): Answer => {
        const place = ((segment === 'Detractor' ? detractorsFrom : 0) + nth) % ACCOUNTS[segment];
        const score = SCORES[segment][nth % SCORES[segment].length] ?? 0;
        const person = Math.floor(nth / ACCOUNTS[segment]);
        return { date, nth, segment, place, score, ...idsOf({ segment, place }, person) };
      }),
    ),
  );
  const surveys = answers.map(({ date, account, contact }, index) =>
    surveyRow(index, 'Responded', date, { Account__c: account, Contact__c: contact }),
  );
  const surveyIds = await create('NPS_Survey__c', surveys);
  const [test = ''] = await create('NPS_Survey__c', [
    surveyRow(10_000, 'Responded', '2026-11-20', { Is_Test__c: true }),
    surveyRow(10_001, 'Delivered', '2026-11-20', { Kind__c: 'Renewal Mail' }),
    ...Object.entries({ Delivered: 140, Sent: 20, Bounced: 8, Failed: 2, Cancelled: 3 }).flatMap(
      ([status, count], kind) =>
        Array.from({ length: count }, (_, each) => surveyRow(11_000 + 1000 * kind + each, status, '2026-11-20')),
    ),
  ]);
  const responses = answers.map((answer, index) =>
    responseRow(answer, surveys[index]?.Survey_Key__c, surveyIds[index]),
  );
  const responseIds = await create('NPS_Response__c', responses);
  await create('NPS_Response__c', notCounted(accountIds[0] ?? '', test));

  const reported = answers.flatMap((answer, index) =>
    answer.date === REPORTED && answer.segment === 'Detractor' ? [{ ...answer, response: responseIds[index] }] : [],
  );
  await create(
    'Task',
    reported.map(({ nth, account, response }) => ({
      ...{ Subject: 'Call a detractor', WhatId: account, NPS_Response__c: response },
      ...{ Status: nth < 3 ? 'Completed' : 'Not Started', ActivityDate: nth < 5 ? '2027-02-01' : '2027-02-20' },
    })),
  );
  await create('Opportunity', [
    ...SEGMENTS.flatMap((segment) =>
      Array.from({ length: RENEWALS[segment].closed }, (_, nth) => {
        const { account } = idsOf({ segment, place: RENEWALS[segment].from + nth }, 0);
        return renewalRow(account, nth < RENEWALS[segment].won, '2026-11-20');
      }),
    ),
    // What these three said was more than a year old.
    ...[0, 1, 2].map((place) => renewalRow(idsOf({ segment: 'Detractor', place }, 0).account, false, '2026-11-20')),
    // Not a renewal, not of the year, not closed
    { ...renewalRow(accountIds[0] ?? '', false, '2026-11-20'), NPS_Is_Renewal__c: false },
    renewalRow(accountIds[0] ?? '', false, '2025-12-31'),
    { ...renewalRow(accountIds[0] ?? '', false, '2026-11-20'), StageName: 'Prospecting' },
  ]);
}

function accountRow(account: Account, index: number) {
  return {
    Name: `${FIRST[index % FIRST.length]} ${SECOND[Math.floor(index / FIRST.length)]}`,
    AnnualRevenue: revenueOf(account),
    NPS_Segment__c: account.segment,
    NPS_Risk__c: isAtRisk(account),
    NPS_Risk_Reason__c: isAtRisk(account)
      ? `At risk: the newest score is ${SCORES.Detractor[(account.place - 53) % SCORES.Detractor.length]}.`
      : null,
    NPS_Churned_On__c: leftOn(account),
  };
}

function surveyRow(number: number, Status__c: string, date: string, more: object = {}) {
  return { Survey_Key__c: number.toString(16).padStart(64, '0'), Status__c, Sent_At__c: `${date}T08:00:00Z`, ...more };
}

function responseRow({ date, nth, segment, place, account, contact, score }: Answer, key?: string, survey?: string) {
  return {
    ...{ Response_Key__c: key, Survey__c: survey, Account__c: account, Contact__c: contact, Score__c: score },
    ...{ Segment__c: segmentOf(score), Verdict__c: 'Confirmed', Responded_At__c: `${date}T12:00:00Z` },
    ...(date === REPORTED ? { Theme__c: THEMES[segment][nth % THEMES[segment].length] } : {}),
    ...(segment === 'Promoter' ? advocacy(date, nth) : {}),
    ...(segment === 'Detractor' && date === REPORTED ? openFollowUp(nth) : {}),
    ...(segment === 'Detractor' && date > '2026' && date < REPORTED ? pastFollowUp(date, place - FIRST_OF_2026) : {}),
  };
}

/** Four of five promoters are invited, one of those recommends; of the others one did by herself. */
function advocacy(date: string, nth: number) {
  const isInvited = nth % 5 !== 4;
  const recommends = nth % 5 === 0 || (date === REPORTED && nth === 4);
  return { Advocacy_Asked_At__c: isInvited ? `${date}T14:00:00Z` : null, Advocacy_Completed__c: recommends };
}

function pastFollowUp(date: string, turn: number) {
  const hours = HOURS[turn % HOURS.length];
  return hours == null ? {} : { First_Follow_Up_At__c: hoursAfterNoon(date, hours) };
}

/** Of the reported quarter's twelve: nine followed up in time, one late, two not at all. */
function openFollowUp(nth: number) {
  return {
    Follow_Up_Due__c: hoursAfterNoon(REPORTED, 24),
    First_Follow_Up_At__c: nth < 10 ? hoursAfterNoon(REPORTED, nth < 9 ? 20 : 30) : null,
    Resolved__c: nth < 3 || nth === 11,
    Actions_Taken__c: nth % 2 === 0 ? ACTIONS[(nth / 2) % ACTIONS.length] : null,
    ...(nth > 4 ? { Current_Step__c: 'Detractor_Call', Next_Step_Due__c: '2027-02-12T09:00:00Z' } : {}),
  };
}

function hoursAfterNoon(date: string, hours: number): string {
  return new Date(Date.parse(`${date}T12:00:00Z`) + hours * 3_600_000).toISOString();
}

function renewalRow(AccountId: string, isWon: boolean, CloseDate: string) {
  const StageName = isWon ? 'Closed Won' : 'Closed Lost';
  return { AccountId, Name: 'Renewal', StageName, CloseDate, NPS_Is_Renewal__c: true };
}

/** What never counts: no proof of a person, taken back, and of a test. */
function notCounted(account: string, testSurvey: string) {
  const row = (Verdict__c: string, index: number, more: object = {}) => ({
    ...{ Response_Key__c: `f${index}`.padStart(64, 'f'), Account__c: account, Score__c: 0, Segment__c: 'Detractor' },
    ...{ Verdict__c, Responded_At__c: '2026-11-15T12:00:00Z', ...more },
  });
  return [
    ...['Provisional', 'Unresolved', 'Void'].map((verdict, index) => row(verdict, index)),
    row('Confirmed', 9, { Survey__c: testSurvey }),
  ];
}
