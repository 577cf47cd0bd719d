import type { AccountNumbers } from './numbers.ts';

/** Whether an account's renewal is at risk, as flows and reports read it. */
export interface Risk {
  atRisk: boolean;
  /** Why, in a sentence; null when it is not. */
  reason: string | null;
}

/** What makes more of a Passive than the score says. */
export interface RiskSigns {
  /** The account meets the settings' condition for falling usage. */
  usageFalls: boolean;
  /** It has a case that meets the settings' condition for a recent escalation. */
  recentlyEscalated: boolean;
  /** Days to the next end of a contract; null when none is known. */
  daysToRenewal: number | null;
}

export const NO_RISK: Risk = { atRisk: false, reason: null };

/** A renewal this near is a sign; the pre-renewal survey goes out 75 days before. */
const NEAR_RENEWAL_DAYS = 90;

/**
 * An account is at risk while its newest counted answer is a Detractor's, or a Passive's with another sign of trouble, or
 * while its trend declines. What nobody answered is no risk that answers could tell of.
 */
export function riskOf({ score, segment, trend }: AccountNumbers, signs: RiskSigns): Risk {
  const reasons = [
    segment === 'Detractor' && `the newest score is ${score}`,
    ...(segment === 'Passive' ? passiveSigns(signs).map((sign) => `the newest score is ${score} and ${sign}`) : []),
    trend === 'Declining' && 'scores decline',
  ].filter((reason) => reason !== false);
  return reasons.length === 0 ? NO_RISK : { atRisk: true, reason: `At risk: ${reasons.join('; ')}.` };
}

function passiveSigns({ usageFalls, recentlyEscalated, daysToRenewal }: RiskSigns): string[] {
  const isNear = daysToRenewal !== null && daysToRenewal <= NEAR_RENEWAL_DAYS;
  return [
    usageFalls && 'usage falls',
    recentlyEscalated && 'a case was escalated',
    isNear && `the contract ends within ${NEAR_RENEWAL_DAYS} days`,
  ].filter((sign) => sign !== false);
}
