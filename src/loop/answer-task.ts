import type { CountedAnswer } from '../nps/numbers.ts';
import { type FollowUp, followUpTask } from '../nps/task.ts';
import type { Answered } from './answered.ts';
import type { ResponseChange } from './ports.ts';

const EARLIER_SCORES = 5;

/** What a Task about an answer is for, whatever the answer was. */
type Purpose = Pick<FollowUp, 'kind' | 'label' | 'priority' | 'dueAt' | 'zone' | 'because'>;

/** The Task about an answer, with what its owner must know of the customer; `counted` is all that counts for the account. */
export function answerTask(
  { key, response, trigger, survey, account }: Answered,
  counted: readonly CountedAnswer[],
  ownerId: string | null,
  purpose: Purpose,
): ResponseChange['tasks'][number] {
  const earlierScores = newestFirst(counted.filter((answer) => answer.key !== key)).map(({ score }) => score);
  const task = followUpTask({
    ...purpose,
    responseKey: key,
    trigger,
    accountName: account.name,
    accountUrl: account.url,
    contactName: survey?.contact?.name ?? null,
    score: response.score,
    verbatim: response.verbatim,
    earlierScores: earlierScores.slice(0, EARLIER_SCORES),
  });
  return { ...task, ownerId };
}

export function newestFirst(answers: readonly CountedAnswer[]): CountedAnswer[] {
  return answers.toSorted((one, other) => other.respondedAt.getTime() - one.respondedAt.getTime());
}
