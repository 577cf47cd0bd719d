import { toSecond } from './days.ts';
import { type Response, withAnswer } from './response.ts';
import type { Score } from './score.ts';

/** What a customer wrote back, without what they quoted. */
export interface Reply {
  text: string;
  /** The score it begins with; null for none. */
  score: Score | null;
  at: Date;
}

const VERBATIM_LIMIT = 32_000;

/**
 * The response after a reply by mail: what was written stands below what the comment says already, once. A score makes
 * or corrects the response, as pressing the button does; without one, a survey nobody answered stays unanswered.
 */
export function withReply(response: Response | undefined, { text, score, at }: Reply): Response | undefined {
  const verbatim = withText(response?.verbatim ?? '', text);
  if (score !== null) {
    const answered = withAnswer(response, { score, verbatim, evidence: 'reply', answeredAt: at });
    return answered === response ? { ...answered, verbatim } : answered;
  }
  return response && { ...response, verbatim };
}

/** Whether the reply came after the answer, so that a conversation has begun: the reply that answers is none. */
export function isConversation(response: Response | undefined, { at }: Pick<Reply, 'at'>): boolean {
  return response !== undefined && toSecond(at) > response.respondedAt;
}

function withText(verbatim: string, text: string): string {
  if (verbatim === '' || text === '') return verbatim === '' ? text.slice(0, VERBATIM_LIMIT) : verbatim;
  const isThere = `\n\n${verbatim}\n\n`.includes(`\n\n${text}\n\n`);
  return isThere ? verbatim : `${verbatim}\n\n${text}`.slice(0, VERBATIM_LIMIT);
}
