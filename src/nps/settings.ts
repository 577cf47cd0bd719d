import type { Benchmark } from './board/score-card.ts';
import { ENGLISH } from './language.ts';
import type { MetricKey } from './metrics.ts';
import type { SendWindow } from './send-window.ts';
import type { SentimentWords } from './sentiment.ts';
import type { Theme } from './themes.ts';

/** Days on which nobody is asked, both included: once (YYYY-MM-DD) or every year (MM-DD, also over New Year). */
export interface Blackout {
  from: string;
  to: string;
  /** What for, in the admin's words. */
  reason: string;
}

/** What an admin sets for the whole programme; conditions are SOQL without WHERE. */
export interface Settings {
  /** How many days a moment that was missed is still asked about. */
  lookBackDays: number;
  /** How long an answer without proof of a person waits. */
  quarantineMinutes: number;
  /** Days between surveys; triggers may ask for more, and it is never fewer than 90. */
  minimumGapDays: number;
  /** How many days back answers count for averages, net score and trend. */
  rollingWindowDays: number;
  /** After how many days the record of a survey that was suppressed is deleted. */
  suppressedRetentionDays: number;
  /** Role at the account whose holder is asked before all but the contact of the case. */
  contactRole: string | null;
  /** Account field that looks up the CSM. */
  csmField: string;
  /** Account field that holds what the account pays a year. */
  revenueField: string;
  /** Role of the CSM in account teams, where the org has them. */
  accountTeamRole: string;
  /** Username of whoever asks and acts where nobody else looks after an account. */
  fallbackOwner: string | null;
  /** Username of who gets the last escalation when nobody acts. */
  executive: string | null;
  /** Accounts that are customers no more. */
  churnCondition: string | null;
  /** Opportunities that are renewals; none of them when null. */
  renewalCondition: string | null;
  /** Whether a customer who lost a renewal, bought nothing since and has no contract that runs on has left. */
  lostRenewalIsChurn: boolean;
  /** Accounts that take part; all of them when null. */
  programmeCondition: string | null;
  /** Cases that keep their account from being asked. */
  openCaseCondition: string | null;
  /** Cases that are a recent escalation, which puts a Passive's account at risk. */
  escalationCondition: string | null;
  /** What comments are tagged with. */
  themes: readonly Theme[];
  /** What comments sound like by, besides a lexicon. */
  sentimentWords: SentimentWords;
  /** Accounts whose usage falls, which puts those of a Passive at risk. */
  fallingUsageCondition: string | null;
  /** What others in the industry have; null when nobody says, or not whose it is. */
  benchmark: Benchmark | null;
  /** When invitations are sent; at any time when null. */
  sendWindow: SendWindow | null;
  /** Mails an hour from one address, and to one domain; as many as there are when null. */
  mailsAnHourPerSender: number | null;
  mailsAnHourPerDomain: number | null;
  /** Field with a contact's language, seen from Contact; null: everybody is written to in the default language. */
  languageField: string | null;
  /** Language of contacts that have none, as a tag. */
  defaultLanguage: string;
  /** Field with a contact's time zone, seen from Contact; null: their CSM's is taken. */
  timeZoneField: string | null;
  /** Countries whose contacts are asked only with their consent, in lower case. */
  consentCountries: readonly string[];
  /** Field with a contact's country, and the checkbox that says they agreed, seen from Contact. */
  countryField: string | null;
  consentField: string | null;
  /** Whether a contact's Individual record may say no. */
  checksIndividual: boolean;
  /** Whether consent for email as a contact point counts, for and against. */
  checksContactPointConsent: boolean;
  excludedDomains: readonly string[];
  /** What the follow-up metrics are to reach; null: nothing is asked of one. */
  targets: Readonly<Record<MetricKey, number | null>>;
  blackouts: readonly Blackout[];
  /** Whether each mail that left becomes a completed activity of its contact. */
  logsMails: boolean;
}

export const DEFAULT_SETTINGS: Settings = {
  lookBackDays: 7,
  quarantineMinutes: 30,
  minimumGapDays: 90,
  rollingWindowDays: 365,
  suppressedRetentionDays: 365,
  contactRole: null,
  csmField: 'NPS_CSM__c',
  revenueField: 'AnnualRevenue',
  accountTeamRole: 'Customer Success Manager',
  fallbackOwner: null,
  executive: null,
  churnCondition: 'NPS_Churned_On__c != null',
  renewalCondition: "Type LIKE '%Renewal%' OR Name LIKE '%renewal%'",
  lostRenewalIsChurn: true,
  programmeCondition: null,
  openCaseCondition: "IsClosed = false AND (IsEscalated = true OR Priority = 'High')",
  escalationCondition: 'IsEscalated = true AND CreatedDate = LAST_N_DAYS:30',
  fallingUsageCondition: null,
  themes: [],
  sentimentWords: { positive: [], negative: [] },
  benchmark: null,
  sendWindow: null,
  mailsAnHourPerSender: null,
  mailsAnHourPerDomain: null,
  languageField: null,
  defaultLanguage: ENGLISH,
  timeZoneField: null,
  consentCountries: [],
  countryField: null,
  consentField: null,
  checksIndividual: false,
  checksContactPointConsent: false,
  excludedDomains: [],
  targets: {
    'detractor-replies': 40,
    retention: 60,
    reviews: 25,
    referrals: 15,
    'passive-to-promoter': 20,
    'score-change': 2,
    'loop-closure': 80,
    'escalated-again': 10,
  },
  blackouts: [],
  logsMails: false,
};

/** A setting that cannot be used. Nothing is decided until it is mended: a wrong mail cannot be taken back. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(problems: readonly string[]) {
    super(
      `The NPS Setting record Default cannot be used, and nobody is asked until it is mended: ${problems.join('; ')}.`,
    );
  }
}

/** The blackout that holds on a day (YYYY-MM-DD), if any, with its last day as a date; of several the one that ends last. */
export function blackoutOn(
  date: string,
  blackouts: readonly Blackout[],
): { until: string; reason: string } | undefined {
  const year = Number(date.slice(0, 4));
  const [longest] = blackouts
    .flatMap((blackout) => [occurrence(blackout, year - 1), occurrence(blackout, year)])
    .filter(({ from, until }) => date >= from && date <= until)
    .toSorted((one, other) => other.until.localeCompare(one.until));
  return longest && { until: longest.until, reason: longest.reason };
}

/** A blackout as it begins in a year; one that is not yearly is the same in all. */
function occurrence({ from, to, reason }: Blackout, year: number) {
  const isYearly = from.length === 'MM-DD'.length;
  if (!isYearly) return { from, until: to, reason };
  return { from: `${year}-${from}`, until: dateIn(to < from ? year + 1 : year, to), reason };
}

/** A day of the year (MM-DD) as a date; 29 February is the last of February. */
function dateIn(year: number, day: string): string {
  const isLeap = new Date(Date.UTC(year, 1, 29)).getUTCDate() === 29;
  return `${year}-${day === '02-29' && !isLeap ? '02-28' : day}`;
}

/** True for an address in an excluded domain or below one: `acme.example` excludes `eu.acme.example`, too. */
export function isExcluded(email: string, domains: readonly string[]): boolean {
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  return domains.some((excluded) => domain === excluded || domain.endsWith(`.${excluded}`));
}
