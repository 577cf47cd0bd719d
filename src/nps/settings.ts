/** Days on which nobody is asked, both included (YYYY-MM-DD). */
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
  /** Account field that looks up the CSM. */
  csmField: string;
  /** Role of the CSM in account teams, where the org has them. */
  accountTeamRole: string;
  /** Accounts that are customers no more. */
  churnCondition: string | null;
  /** Accounts that take part; all of them when null. */
  programmeCondition: string | null;
  /** Cases that keep their account from being asked. */
  openCaseCondition: string | null;
  excludedDomains: readonly string[];
  blackouts: readonly Blackout[];
}

export const DEFAULT_SETTINGS: Settings = {
  lookBackDays: 7,
  quarantineMinutes: 30,
  csmField: 'NPS_CSM__c',
  accountTeamRole: 'Customer Success Manager',
  churnCondition: null,
  programmeCondition: null,
  openCaseCondition: "IsClosed = false AND (IsEscalated = true OR Priority = 'High')",
  excludedDomains: [],
  blackouts: [],
};

/** The blackout that holds on a day (YYYY-MM-DD), if any. */
export function blackoutOn(date: string, blackouts: readonly Blackout[]): Blackout | undefined {
  return blackouts.find(({ from, to }) => date >= from && date <= to);
}

/** True for an address in an excluded domain or below one: `acme.example` excludes `eu.acme.example`, too. */
export function isExcluded(email: string, domains: readonly string[]): boolean {
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  return domains.some((excluded) => domain === excluded || domain.endsWith(`.${excluded}`));
}
