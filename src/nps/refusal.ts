import { dateOfDay, utcDate, utcDay } from './days.ts';
import {
  type AccountFacts,
  type ContactFacts,
  MINIMUM_GAP_DAYS,
  type Occasion,
  type Refusal,
  type SuppressionCode,
  type TriggerRule,
} from './eligibility.ts';

/** Why nobody at the account is asked or written to, if something about the account itself speaks against it. */
export function accountRefusal(account: AccountFacts, trigger: TriggerRule, occasion: Occasion): Refusal | undefined {
  const { now } = occasion;
  if (account.churned) return no('CHURNED', 'The account is a customer no more.');
  if (!account.inProgramme) return no('OUTSIDE_PROGRAMME', "The account does not meet the programme's condition.");
  const unasked = trigger.kind === 'Survey' ? askingRefusal(account, trigger, occasion) : undefined;
  if (unasked) return unasked;
  const age = utcDay(now) - utcDay(account.createdAt);
  if (!trigger.onboarding && age < trigger.minimumAccountAgeDays) {
    const { name, minimumAccountAgeDays: from } = trigger;
    return no('ACCOUNT_TOO_YOUNG', `The account is ${age} days old; ${name} asks from ${from} days on.`);
  }
  if (account.escalated) return no('OPEN_ESCALATION', 'The account has an open case that is escalated or urgent.');
  return undefined;
}

/** Why the account is not asked, though it could be written to. */
function askingRefusal(account: AccountFacts, trigger: TriggerRule, occasion: Occasion): Refusal | undefined {
  if (account.surveyOptOut) return no('ACCOUNT_OPTED_OUT', 'The account opted out of surveys.');
  const who = account.lastSurveyedFor
    ? `For ${account.lastSurveyedFor}, which comes first, the account`
    : 'The account';
  const asked = askedRecently(account.lastSurveyedAt, trigger, occasion, who);
  return asked && { ...no('ACCOUNT_ASKED_RECENTLY', asked.reason), ...waiting(asked.freeOn, trigger, occasion) };
}

/** The longest of what the trigger, the settings and the 90 days ask for, in days. */
function gapOf(trigger: TriggerRule, { settings }: Occasion): number {
  return Math.max(trigger.minimumGapDays, settings.minimumGapDays, MINIMUM_GAP_DAYS);
}

/**
 * That somebody was asked too recently, and the first UTC day (since 1970-01-01) on which they were not. A re-survey
 * comes within the days between surveys on purpose, but not where anybody asked since the answer it is about.
 */
export function askedRecently(
  last: Date | null,
  trigger: TriggerRule,
  occasion: Occasion,
  who: string,
): { reason: string; freeOn?: number } | undefined {
  const { now, recovery } = occasion;
  if (recovery) {
    if (last === null || last <= recovery.answeredAt) return undefined;
    return { reason: `${who} was asked on ${utcDate(last)}, after the answer this would ask about once more.` };
  }
  const gap = gapOf(trigger, occasion);
  if (last === null || utcDay(now) - utcDay(last) >= gap) return undefined;
  const reason = `${who} was asked on ${utcDate(last)}; ${gap} days must lie between surveys.`;
  return { reason, freeOn: utcDay(last) + gap };
}

/** Where the trigger lets its moments wait long enough, the first day (YYYY-MM-DD) on which nothing is too soon. */
export function waiting(freeOn: number | undefined, { waitDays }: TriggerRule, { happenedAt }: Occasion) {
  if (freeOn === undefined || freeOn - utcDay(happenedAt) > waitDays) return {};
  return { notBefore: dateOfDay(freeOn) };
}

/** A decision against it. */
export function no(code: SuppressionCode, reason: string, contact?: ContactFacts): Refusal {
  return { send: false, code, reason, ...(contact && { contact }) };
}
