import type { Score } from './score.ts';

/** An answer, and the contact who gave it, as Salesforce has them just before a mail about it leaves. */
export interface AnswerAtHand {
  score: Score;
  /** False for an answer that was declared void, or does not count yet. */
  counts: boolean;
  paused: boolean;
  stopped: boolean;
  /** The contact's address today; null where there is none. */
  email: string | null;
  optedOut: boolean;
  bounced: boolean;
}

/** What a mail about an answer was ordered for. */
export interface OrderedFor {
  score: Score;
  email: string;
  /** A person asked for it once more: that a sequence rests does not keep it from going. */
  isAskedFor: boolean;
}

/** Why a mail about an answer must not leave as it was ordered, in a sentence; undefined when it may. */
export function whyNotMailed(order: OrderedFor, answer: AnswerAtHand | undefined): string | undefined {
  if (!answer) return 'The answer is gone.';
  if (!answer.counts) return 'The answer does not count.';
  if (answer.optedOut) return 'The contact wants no more mails.';
  if (answer.bounced) return 'Mails to the contact come back.';
  if (answer.email?.toLowerCase() !== order.email.toLowerCase()) return 'The contact has another address, or none.';
  if (answer.score !== order.score) return 'The answer was corrected.';
  if (order.isAskedFor) return undefined;
  if (answer.stopped) return 'The sequence was stopped.';
  return answer.paused ? 'The sequence is paused.' : undefined;
}
