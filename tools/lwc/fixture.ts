// What an org would give the components: an account with a history, and a programme of a year. Times are fixed.
export const NOW = Date.parse('2026-11-23T09:00:00Z');
const DAY_MS = 86_400_000;

type Row = Record<string, unknown>;

/** Fields of which GraphQL also gives what the org calls their values. */
const PICKLISTS = [
  ...['Segment__c', 'Verdict__c', 'Status__c', 'Advocacy_Ask__c', 'Request__c', 'NPS_Segment__c', 'NPS_Trend__c'],
];

/**
 * Rows as GraphQL gives them: every field in a `value`, parents and Id as they are. `called` says what the org calls
 * values of picklists in the language of the user.
 */
export function connection(
  rows: readonly Row[],
  { hasNextPage = false, endCursor = '', totalCount = rows.length, called = {} as Record<string, string> } = {},
) {
  return {
    edges: rows.map((row) => ({ node: node(row, called) })),
    totalCount,
    pageInfo: { hasNextPage, endCursor },
  };
}

function node(row: Row, called: Record<string, string>): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      if (name === 'Id') return [name, value];
      if (name.endsWith('__r')) return [name, value && node(value as Row, called)];
      return [name, PICKLISTS.includes(name) ? { value, displayValue: called[String(value)] ?? value } : { value }];
    }),
  );
}

export const ago = (days: number): string => new Date(NOW - days * DAY_MS).toISOString();
const segmentOf = (score: number) => (score >= 9 ? 'Promoter' : score >= 7 ? 'Passive' : 'Detractor');
const id = (prefix: string, number: number) => `${prefix}${`${number}`.padStart(15, '0')}`;

/** A row of NPS_Response__c, answered so many days ago by this person. */
export function answer(number: number, score: number, daysAgo: number, who: string, further: Row = {}): Row {
  const of = `${who.length}${who.charCodeAt(0)}${who.charCodeAt(1)}`;
  return {
    Id: id('a02', number),
    Response_Key__c: `${number}`.padStart(64, '0'),
    Score__c: score,
    Previous_Score__c: null,
    Segment__c: segmentOf(score),
    Verdict__c: 'Confirmed',
    Verdict_Reason__c: null,
    Verbatim__c: null,
    Responded_At__c: ago(daysAgo),
    Trigger__c: 'Post_Resolution',
    Follow_Up_Due__c: null,
    First_Follow_Up_At__c: null,
    Is_Recovery__c: false,
    Choice__c: null,
    Advocacy_Ask__c: null,
    Advocacy_Asked_At__c: null,
    Advocacy_Clicked_At__c: null,
    Advocacy_Completed__c: false,
    Resolved__c: false,
    Sequence__c: null,
    Current_Step__c: null,
    Next_Step_Due__c: null,
    Sequence_Paused__c: false,
    Sequence_Stopped__c: false,
    Sequence_Stop_Reason__c: null,
    Steps_Done__c: null,
    Request__c: null,
    Request_Result__c: null,
    Contact__c: id('003', Number(of)),
    Contact__r: { Name: who },
    Survey__c: id('a01', number),
    ...further,
  };
}

/** A row of NPS_Survey__c. */
export function invitation(number: number, status: string, daysAgo: number, further: Row = {}): Row {
  return {
    Id: id('a01', number),
    Trigger__c: 'Usage_Milestone',
    Status__c: status,
    Kind__c: 'Survey',
    Sent_At__c: ['Sent', 'Delivered', 'Responded'].includes(status) ? ago(daysAgo) : null,
    Not_Before__c: null,
    Suppression_Reason__c: null,
    CreatedDate: ago(daysAgo),
    Contact__r: { Name: 'Ines Roth' },
    ...further,
  };
}

export const ANSWERS: Row[] = [
  answer(7, 4, 0.1, 'Ines Roth', {
    Verdict__c: 'Provisional',
    Verdict_Reason__c:
      'A form arrived without a sign of a person; it counts at 11:06 unless something speaks against it.',
    Trigger__c: 'Pre_Renewal',
  }),
  answer(6, 3, 2, 'Jonas Berg', {
    Trigger__c: 'Pre_Renewal',
    Verbatim__c:
      'The case was closed before the export worked again. We now do it by hand every Friday, and nobody told us when that ends.',
    Follow_Up_Due__c: ago(0.7),
    Sequence__c: 'Detractor',
    Current_Step__c: 'Detractor_What_We_Did',
    Next_Step_Due__c: ago(-0.2),
    Steps_Done__c: `${ago(1.99)} Detractor_Acknowledgment\n${ago(0.2)} Detractor_Call`.replaceAll('.000Z', 'Z'),
  }),
  answer(5, 6, 95, 'Marta Lind', {
    Previous_Score__c: 5,
    Verbatim__c: 'Faster answers, please.',
    Follow_Up_Due__c: ago(94),
    First_Follow_Up_At__c: ago(94.4),
    Resolved__c: true,
    Sequence__c: 'Detractor',
    Sequence_Stopped__c: true,
    Sequence_Stop_Reason__c: 'The customer replied on 22 August.',
    Steps_Done__c: `${ago(94.9)} Detractor_Acknowledgment`.replaceAll('.000Z', 'Z'),
  }),
  answer(4, 9, 165, 'Jonas Berg', {
    Sequence__c: 'Promoter',
    Advocacy_Ask__c: 'G2 Review',
    Advocacy_Asked_At__c: ago(163),
    Advocacy_Clicked_At__c: ago(162),
  }),
  answer(3, 8, 258, 'Marta Lind', {
    Verbatim__c: 'Good, but the first month was hard.',
    Choice__c: 'Faster_Support',
    Sequence__c: 'Passive',
  }),
  answer(2, 1, 259, 'Marta Lind', { Verdict__c: 'Void', Verdict_Reason__c: 'A mail scanner pressed every number.' }),
  answer(1, 9, 356, 'Marta Lind', { Trigger__c: 'First_Value', Sequence__c: 'Promoter' }),
];

export const INVITATIONS: Row[] = [
  invitation(21, 'Deferred', 0.05, { Trigger__c: 'First_Value', Not_Before__c: ago(-1) }),
  invitation(22, 'Suppressed', 40, {
    Suppression_Reason__c: 'Marta Lind answered 55 days ago, and 90 days must lie between two surveys.',
    Contact__r: { Name: 'Marta Lind' },
  }),
  invitation(23, 'Delivered', 170),
  invitation(24, 'Sent', 300, { Kind__c: 'Renewal Mail', Trigger__c: 'Renewal', Contact__r: { Name: 'Marta Lind' } }),
  ...ANSWERS.map((_, index) => invitation(7 - index, 'Responded', index)),
];

/** An account as `getRecord` gives it. */
export const ACCOUNT = {
  fields: Object.fromEntries(
    Object.entries({
      NPS_Score__c: 3,
      NPS_Segment__c: 'Detractor',
      NPS_Rolling_Average__c: 7,
      NPS_Net_Score__c: -100,
      NPS_Trend__c: 'Declining',
      NPS_Response_Count__c: 5,
      NPS_Last_Survey_Date__c: ago(3),
      NPS_Survey_Opt_Out__c: false,
      NPS_Risk__c: true,
      NPS_Risk_Reason__c: 'Jonas Berg is a detractor (3 on 21 November), and the contract ends in 61 days.',
    }).map(([name, value]) => [name, { value, displayValue: PICKLISTS.includes(name) ? value : null }]),
  ),
};

/** What GraphQL answers about the account. */
export const history = (answers = ANSWERS, invitations = INVITATIONS, called: Record<string, string> = {}) => ({
  uiapi: {
    query: { NPS_Response__c: connection(answers, { called }), NPS_Survey__c: connection(invitations, { called }) },
  },
});

const NAMES = [
  'Jonas Berg',
  'Marta Lind',
  'Ines Roth',
  'Aylin Kaya',
  'Tom Reed',
  'Lea Sommer',
  'Ravi Nair',
  'Ana Sousa',
];
const ACCOUNTS = ['Harbour & Sons', 'Nordlicht GmbH', 'Vela Logistics', 'Brightside Clinics', 'Ostara Foods'];
const SCORES = [9, 10, 8, 9, 4, 10, 7, 9, 10, 2, 9, 8, 10, 6, 9];

/** A year of answers of a programme that grows, newest first. */
export const PROGRAMME: Row[] = Array.from({ length: 180 }, (_, index) => {
  const daysAgo = Math.round(10 * (index * index * 0.0105 + index * 0.12)) / 10;
  const score = SCORES[(index * 7) % SCORES.length] ?? 9;
  const isOpen = score <= 6 && daysAgo < 3;
  const isMended = daysAgo > 12;
  return answer(1000 + index, score, daysAgo, NAMES[index % NAMES.length] ?? '', {
    Contact__c: id('003', index % 131),
    Account__r: { Name: ACCOUNTS[index % ACCOUNTS.length] },
    Follow_Up_Due__c: score <= 6 ? ago(daysAgo - 1) : null,
    First_Follow_Up_At__c: score <= 6 && !isOpen ? ago(daysAgo - 0.6) : null,
    Resolved__c: score <= 6 && isMended,
    Advocacy_Asked_At__c: score >= 9 && daysAgo > 4 ? ago(daysAgo - 1) : null,
  });
}).filter((row) => String(row.Responded_At__c) >= ago(365));

/** What GraphQL answers about the programme. */
export const counted = (answers = PROGRAMME, page = {}) => ({
  uiapi: { query: { NPS_Response__c: connection(answers, page) } },
});

/** What GraphQL answers about the window: of the metrics of last night, if there are any. */
export const window = (days?: number) => ({
  uiapi: { query: { NPS_Metric__c: connection(days ? [{ Id: id('a03', 1), Window_Days__c: days }] : []) } },
});

/** The segments as the org calls them, as `getPicklistValues` gives them. */
export const SEGMENTS = {
  values: ['Promoter', 'Passive', 'Detractor'].map((value) => ({ value, label: value })),
};
