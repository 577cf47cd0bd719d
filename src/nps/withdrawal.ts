import type { SuppressionCode } from './eligibility.ts';

/** Who left surveys, as far as Salesforce says it of a survey's people. */
export interface OptOuts {
  contact: boolean;
  account: boolean;
}

/** Why a survey that was to be sent is not sent after all. */
export interface Withdrawal {
  code: SuppressionCode;
  reason: string;
}

/**
 * Whether a survey that waits to be sent must be withdrawn: who opts out is heard at once, whatever was decided before.
 * A test goes to whoever ordered it.
 */
export function withdrawalOf({ optOuts, isTest }: { optOuts: OptOuts; isTest: boolean }): Withdrawal | undefined {
  if (isTest) return undefined;
  if (optOuts.contact)
    return { code: 'CONTACT_OPTED_OUT', reason: 'The contact opted out of surveys before the mail was sent.' };
  if (optOuts.account)
    return { code: 'ACCOUNT_OPTED_OUT', reason: 'The account opted out of surveys before the mail was sent.' };
  return undefined;
}
