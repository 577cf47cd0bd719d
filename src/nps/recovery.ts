import { utcDate } from './days.ts';
import type { TriggerRule } from './eligibility.ts';
import type { Moment } from './moment.ts';
import type { Score } from './score.ts';

/** What a re-survey asks after. */
export interface Recovery {
  /** The response that was dealt with. */
  of: string;
  /** When it was given; who was asked since then is not asked again. */
  answeredAt: Date;
  /** Why an exception is made to the 90 days, in a sentence. */
  reason: string;
}

/** What stands in Occasion__c and Trigger__c of a re-survey. */
export const RECOVERY = 'Recovery';

/** The rule a re-survey is decided by: no record of an admin, and last of all where triggers meet. */
export const RECOVERY_RULE: TriggerRule = {
  name: RECOVERY,
  active: true,
  activeFrom: null,
  priority: Number.MAX_SAFE_INTEGER,
  problem: null,
  kind: 'Survey',
  onboarding: true,
  minimumAccountAgeDays: 0,
  minimumGapDays: 0,
  waitDays: 0,
};

/** The moment of a response's re-survey: there is one, however often it falls due. */
export function recoveryMoment(responseId: string, respondedAt: Date): Moment {
  return { trigger: RECOVERY, sourceId: responseId, anchorDate: utcDate(respondedAt) };
}

/** Why a response is asked after, for those who read the invitation. */
export function recoveryReason(score: Score, respondedAt: Date, followedUpAt: Date | null): string {
  const followedUp = followedUpAt === null ? 'followed up' : `followed up on ${utcDate(followedUpAt)}`;
  return `Asked once more after the ${score} of ${utcDate(respondedAt)}, which was ${followedUp} and is resolved: an exception to the days between surveys, made once for an answer.`;
}
