import type { AskedDate } from './asked-date.ts';
import { givenBack } from './decide-in-turn.ts';
import { type Decision, decide, type Occasion } from './eligibility.ts';

/** An invitation that somebody wants to be sent once more. */
export interface SentBefore {
  status: string;
  contactId: string | null;
  /** The date it took, as long as it keeps it. */
  asked: AskedDate | null;
}

const WHY_NOT: Readonly<Record<string, string>> = {
  Queued: 'It waits to be sent already.',
  Responded: 'It was answered.',
};
/** It may have reached nobody, or been overlooked. */
const MAY_BE_SENT_AGAIN = ['Sent', 'Delivered', 'Failed', 'Bounced'];

/**
 * Whether an invitation is sent once more: to the contact it went to and nobody else, as if it had not been sent yet,
 * under all the rules by which it was decided then. The days between surveys count from the mail that follows.
 */
export function decideResend(
  invitation: SentBefore,
  occasion: Omit<Occasion, 'contactId'>,
): Decision | { send: false; reason: string } {
  const { status, contactId, asked } = invitation;
  if (!MAY_BE_SENT_AGAIN.includes(status))
    return { send: false, reason: WHY_NOT[status] ?? `It is ${status}, so it was never sent.` };
  const { account } = occasion;
  if (contactId === null || !account) return { send: false, reason: 'Its contact or account is gone.' };
  const alone = { ...account, contacts: account.contacts.filter(({ id }) => id === contactId) };
  if (alone.contacts.length === 0)
    return { send: false, reason: 'Whoever it went to is no contact of its account any more.' };
  const before = givenBack(alone, { contactId, ...(asked && { taken: asked }) });
  return decide({ ...occasion, contactId, account: before });
}
