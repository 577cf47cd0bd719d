import { type AskedDate, afterGivingBack } from './asked-date.ts';
import { type AccountFacts, type Decision, decide, type Occasion, type TriggerRule } from './eligibility.ts';
import type { Recovery } from './recovery.ts';

/** A moment that waits for its decision. */
export interface Candidate {
  trigger: TriggerRule | undefined;
  triggerName: string;
  contactId: string | undefined;
  happenedAt: Date;
  /** What a re-survey asks after. */
  recovery?: Recovery | undefined;
  /** What it took already: it was decided to be sent, and its mail has not left. */
  taken?: AskedDate;
}

/** What a candidate came to, and the account as it was then and as it is known from then on. */
export interface Turn<C extends Candidate> {
  candidate: C;
  decision: Decision;
  before: AccountFacts | undefined;
  account: AccountFacts | undefined;
}

/**
 * Decides what meets at one account, the trigger that matters more first: whoever is asked then stops the others by
 * the gap between surveys; a renewal mail asks nobody and stops nothing. Equals keep their order. A survey whose mail has not left is decided among them as if it had
 * asked nobody yet; it stays as it is, without a turn, unless something that matters more is asked about.
 */
export function decideInTurn<C extends Candidate>(
  candidates: readonly C[],
  found: AccountFacts | undefined,
  circumstances: Pick<Occasion, 'now' | 'mayBeMailed' | 'settings'>,
): Turn<C>[] {
  let account = candidates.reduce(givenBack, found);
  let isAsked = false;
  return candidates.toSorted(byPriority).flatMap((candidate) => {
    const { taken, contactId, triggerName } = candidate;
    if (account && taken && !isAsked) {
      account = asked(account, contactId, { at: taken.at, triggerName });
      isAsked = true;
      return [];
    }
    const before = account;
    const decision = decide({ ...candidate, ...circumstances, account });
    if (account && decision.send && candidate.trigger?.kind === 'Survey') {
      account = asked(account, decision.contact.id, { at: circumstances.now, triggerName });
      isAsked = true;
    }
    return [{ candidate, decision, before, account }];
  });
}

/** The account as it would be if the candidate had not been decided yet. */
export function givenBack<A extends AccountFacts | undefined>(
  account: A,
  { taken, contactId }: Pick<Candidate, 'taken' | 'contactId'>,
): A {
  if (!account || !taken) return account;
  const contacts = account.contacts.map((contact) =>
    contact.id === contactId
      ? { ...contact, lastSurveyedAt: afterGivingBack(taken.at, taken.contactBefore, contact.lastSurveyedAt) }
      : contact,
  );
  const lastSurveyedAt = afterGivingBack(taken.at, taken.accountBefore, account.lastSurveyedAt);
  return { ...account, contacts, lastSurveyedAt };
}

/** Of two that matter alike, what was decided already stays decided. */
function byPriority(one: Candidate, other: Candidate): number {
  const [first, second] = [one, other].map(({ trigger }) => trigger?.priority ?? Number.MAX_SAFE_INTEGER);
  return Number(first) - Number(second) || Number(other.taken !== undefined) - Number(one.taken !== undefined);
}

/** The account once one of its contacts has been asked. */
function asked(
  account: AccountFacts,
  contactId: string | undefined,
  { at, triggerName }: { at: Date; triggerName: string },
): AccountFacts {
  const contacts = account.contacts.map((contact) =>
    contact.id === contactId ? { ...contact, lastSurveyedAt: at } : contact,
  );
  return { ...account, contacts, lastSurveyedAt: at, lastSurveyedFor: triggerName };
}
