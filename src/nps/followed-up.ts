import { hasJoined, type JoinedTask } from './joined-tasks.ts';

/** Something somebody did for a customer, as it is on record. */
export interface Act {
  kind: 'task' | 'call' | 'mail';
  at: Date;
  /** The response it follows up on, where it says so. */
  responseId: string | null;
  accountId: string | null;
  /** With whom; null when it names nobody. */
  contactId: string | null;
  /** What sort of task of ours it is; null for any other. */
  taskKind: string | null;
  /** What came of a task; null for none. */
  outcome: string | null;
}

/** Whom an act must concern to follow up on an answer. */
interface Concerned {
  id: string;
  accountId: string;
  contactId: string | null;
  /** Tasks of other answers that stand for this one, too. */
  joined: readonly JoinedTask[];
}

/** The outcome of a task that nobody has to do any more. */
export const NOT_NEEDED = 'Not Needed';

/**
 * When somebody first followed up on an answer: completed a task of ours with an outcome, logged a call, or wrote a
 * mail that is on record. Opening the task or closing it empty is none (`data-model.md`). Null while nobody has.
 */
export function firstFollowUp(response: Concerned, since: Date, acts: readonly Act[]): Date | null {
  const times = acts
    .filter((act) => act.at > since && isFollowUp(act) && concerns(act, response))
    .map(({ at }) => at.getTime());
  return times.length > 0 ? new Date(Math.min(...times)) : null;
}

function isFollowUp({ kind, outcome, responseId }: Act): boolean {
  if (outcome === NOT_NEEDED) return false;
  return kind !== 'task' || (outcome !== null && responseId !== null);
}

/** A call or mail about the account counts for all of its people, one with somebody else only for them. */
function concerns(act: Act, { id, accountId, contactId, joined }: Concerned): boolean {
  const isJoined = act.accountId === accountId && hasJoined(joined, act.taskKind ?? '');
  if (act.responseId !== null) return act.responseId === id || isJoined;
  if (act.contactId !== null) return act.contactId === contactId;
  return act.accountId === accountId;
}
