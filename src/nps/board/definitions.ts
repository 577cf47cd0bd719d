/** What a number of the summary is: its place in the JSON, what it means, what n counts, and the records it comes from. */
export interface Definition {
  number: string;
  definition: string;
  n: string;
  source: string;
}

const COUNTED = 'NPS Response: Is Counted';
const YEAR = 'in the four quarters that end with this one';

/** By their place in the JSON. docs/board.md is made from them. */
export const DEFINITIONS: Record<string, Definition> = {
  score: {
    number: 'Net Promoter Score',
    definition:
      '% promoters (9-10) less % detractors (0-6) over the newest counted answer of each person in the quarter. 95 % interval: adjusted Wald interval of a difference of two shares of one multinomial sample, variance (p + d - (p - d)²) / n with one promoter and one detractor added (Bonett and Price 2012).',
    n: 'people who answered in the quarter',
    source: `${COUNTED}; Score, Contact, Responded At`,
  },
  'score.before': {
    number: 'Against the quarter before',
    definition:
      'Difference of the two scores, its 95 % interval and p from the two adjusted estimates (Price and Bonett 2004). Told as more than chance where p is under 0.05; not told under 12 people on either side.',
    n: 'people of each quarter',
    source: 'as the score',
  },
  'score.yearAgo': {
    number: 'Against the same quarter last year',
    definition: 'As against the quarter before.',
    n: 'people of each quarter',
    source: 'as the score',
  },
  'score.benchmark': {
    number: 'Industry benchmark',
    definition: 'As the admin entered it. Left out unless its source is entered, too.',
    n: 'not known',
    source: 'NPS Setting: Industry Benchmark, Industry Benchmark Source',
  },
  response: {
    number: 'Response rate',
    definition:
      'Answered surveys over surveys that reached somebody: sent in the quarter, and neither bounced, failed nor cancelled. Tests and renewal mails are left out, and mails of the last 14 days, which may still be answered. 95 % interval: Wilson.',
    n: 'surveys that reached somebody',
    source: 'NPS Invitation: Status, Sent At',
  },
  'followUp.loopClosed': {
    number: 'Loop closed',
    definition:
      'Detractors’ answers of the quarter with a first follow-up on record and Resolved ticked. 95 % interval: Wilson.',
    n: 'detractors’ counted answers of the quarter',
    source: `${COUNTED}; First Follow Up At, Resolved`,
  },
  'followUp.slaKept': {
    number: 'Follow-up in time',
    definition:
      'First follow-up not after it was due, of the detractors’ answers of the quarter whose time has come or that were followed up.',
    n: 'detractors’ counted answers of the quarter with a follow-up due',
    source: `${COUNTED}; Follow Up Due, First Follow Up At`,
  },
  'outcomes.winRate': {
    number: 'Renewal win rate by segment',
    definition: `Renewals won of those closed ${YEAR}, by the segment the account had when they closed. Unknown: the answer was stale, or there was none. Difference: promoters less detractors, by Fisher’s exact test and Newcombe’s interval.`,
    n: 'closed renewals',
    source: 'Opportunity: NPS Is Renewal, IsClosed, IsWon, CloseDate, NPS Segment At Close',
  },
  'outcomes.churn': {
    number: '90-day churn of detractors, by when they were followed up',
    definition: `Accounts that left within 90 days (UTC) of a detractor’s answer given ${YEAR}. Each account once, with its newest such answer that is at least 90 days old and was given before it left. Hours are elapsed hours from the answer to the first follow-up. Difference: within 24 hours less after 48; never followed up is in neither.`,
    n: 'accounts',
    source: `${COUNTED}; Responded At, First Follow Up At; Account: NPS Churned On`,
  },
  'outcomes.advocacy': {
    number: 'Advocacy of promoters, invited and uninvited',
    definition: `Promoters’ answers given ${YEAR} whose advocacy is completed, by whether they were asked. Difference: invited less uninvited.`,
    n: 'promoters’ counted answers',
    source: `${COUNTED}; Advocacy Asked At, Advocacy Completed`,
  },
  lifetime: {
    number: 'Lifetime value of promoters and of detractors',
    definition:
      'Mean revenue a year times average lifetime. Lifetime: account-years observed in the segment over departures from it, within the eight quarters shown (the maximum likelihood estimate of a constant churn rate). An account is in the segment of its newest answer, for a year at most or until the next answer. 95 % interval: Poisson rate on the logarithmic scale. Gross revenue, not discounted; not told under five departures.',
    n: 'accounts in the segment at some time, departures, and accounts whose revenue is known',
    source: `${COUNTED}; Account: NPS Churned On and the revenue field of the settings`,
  },
  risk: {
    number: 'Renewals at risk',
    definition:
      'Customers with NPS Risk today, and what they pay a year, of all customers who ever answered; those who left are in neither.',
    n: 'customers who ever answered',
    source: 'Account: NPS Risk, NPS Risk Reason, NPS Segment, NPS Churned On and the revenue field of the settings',
  },
  themes: {
    number: 'Themes',
    definition:
      'Counted answers of the quarter whose comment is tagged with the theme; what detractors speak of most first.',
    n: 'answers',
    source: `${COUNTED}; Theme`,
  },
  action: {
    number: 'What is being done',
    definition:
      'Today: open Tasks about an answer, those overdue, and sequences with a step to come. Of the quarter: detractors’ answers with Actions Taken filled in, and with Resolved ticked.',
    n: 'Tasks; responses; detractors’ counted answers of the quarter',
    source: 'Task: NPS Response; NPS Response: Next Step Due, Actions Taken, Resolved',
  },
};
