import type { Risk, RiskSigns } from '../nps/risk.ts';
import type { Settings } from '../nps/settings.ts';
import type { Row } from './calls.ts';
import { text, textOrNull } from './rows.ts';
import { list } from './soql.ts';

/** The fields of Account in which its risk stands. */
export const RISK_FIELDS = ['NPS_Risk__c', 'NPS_Risk_Reason__c'];

/** What `riskQueries` found. */
export interface RiskRows {
  falling: readonly Row[];
  escalations: readonly Row[];
}

export function riskQueries(
  accountIds: readonly string[],
  { fallingUsageCondition, escalationCondition }: Settings,
): Record<keyof RiskRows, string | null> {
  const asks = (condition: string | null) => condition !== null && accountIds.length > 0;
  return {
    falling: asks(fallingUsageCondition)
      ? `SELECT Id FROM Account WHERE Id IN ${list(accountIds)} AND (${fallingUsageCondition})`
      : null,
    escalations: asks(escalationCondition)
      ? `SELECT AccountId FROM Case WHERE AccountId IN ${list(accountIds)} AND (${escalationCondition})`
      : null,
  };
}

export function riskSignsOf(accountId: string, { falling, escalations }: RiskRows): Omit<RiskSigns, 'daysToRenewal'> {
  return {
    usageFalls: falling.some((row) => text(row.Id) === accountId),
    recentlyEscalated: escalations.some((row) => text(row.AccountId) === accountId),
  };
}

/** The risk as it stands on an account. */
export function riskOn(account: Row): Risk {
  return { atRisk: account.NPS_Risk__c === true, reason: textOrNull(account.NPS_Risk_Reason__c) };
}

/** A risk in Salesforce's field names. */
export function riskFields({ atRisk, reason }: Risk): Record<string, boolean | string | null> {
  return { NPS_Risk__c: atRisk, NPS_Risk_Reason__c: reason };
}
