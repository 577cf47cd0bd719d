import { type CountedAnswer, newestAnswerOf } from '../nps/numbers.ts';
import { segmentOf } from '../nps/score.ts';
import { counts } from '../nps/verdict.ts';
import type { Answered } from './answered.ts';
import type { AccountChange } from './ports.ts';

/** What counts once the change is written: the account's other answers as they stand, the changed ones as they will. */
export function countedAfter(answered: readonly Answered[], stored: readonly CountedAnswer[]): CountedAnswer[] {
  const changed = new Set(answered.map(({ key }) => key));
  const now = answered
    .filter(({ response, isTest }) => counts(response.verdict) && !isTest)
    .map(({ key, response: { score, respondedAt }, contactId }) => ({ key, score, contactId, respondedAt }));
  return [...stored.filter(({ key }) => !changed.has(key)), ...now];
}

/** What the contacts of these answers show from then on. */
export function contactsAfter(
  answered: readonly Answered[],
  counted: readonly CountedAnswer[],
): AccountChange['contacts'] {
  const ids = new Set(answered.map(({ survey }) => survey?.contact?.id).filter((id) => id !== undefined));
  return [...ids].flatMap((id): AccountChange['contacts'][number][] => {
    const newest = newestAnswerOf(id, counted);
    if (newest) {
      const { score, respondedAt } = newest;
      return [{ id, score, segment: segmentOf(score), respondedAt }];
    }
    // The only answer there was counts no more.
    const wasVoided = answered.some(
      ({ survey, response }) => survey?.contact?.id === id && response.verdict === 'Void',
    );
    return wasVoided ? [{ id, score: null, segment: null, respondedAt: null }] : [];
  });
}
