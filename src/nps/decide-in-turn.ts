import { type AccountFacts, type Decision, decide, type Occasion, type TriggerRule } from './eligibility.ts';

/** A moment that waits for its decision. */
export interface Candidate {
  trigger: TriggerRule | undefined;
  triggerName: string;
  contactId: string | undefined;
  happenedAt: Date;
}

/** What a candidate came to, and the account as it is known from then on. */
export interface Turn<C extends Candidate> {
  candidate: C;
  decision: Decision;
  account: AccountFacts | undefined;
}

/**
 * Decides what meets at one account, the trigger that matters more first: whoever is asked then stops the others by
 * the gap between surveys. Equals keep their order.
 */
export function decideInTurn<C extends Candidate>(
  candidates: readonly C[],
  found: AccountFacts | undefined,
  circumstances: Pick<Occasion, 'now' | 'mayBeMailed' | 'settings'>,
): Turn<C>[] {
  let account = found;
  return candidates.toSorted(byPriority).map((candidate) => {
    const decision = decide({ ...candidate, ...circumstances, account });
    if (account && decision.send) account = asked(account, decision.contact.id, circumstances.now);
    return { candidate, decision, account };
  });
}

function byPriority(one: Candidate, other: Candidate): number {
  const [first, second] = [one, other].map(({ trigger }) => trigger?.priority ?? Number.MAX_SAFE_INTEGER);
  return Number(first) - Number(second);
}

/** The account once one of its contacts has been asked. */
function asked(account: AccountFacts, contactId: string, at: Date): AccountFacts {
  const contacts = account.contacts.map((contact) =>
    contact.id === contactId ? { ...contact, lastSurveyedAt: at } : contact,
  );
  return { ...account, contacts, lastSurveyedAt: at };
}
