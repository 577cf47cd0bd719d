import { isConversation } from '../nps/customer-reply.ts';
import { utcDate } from '../nps/days.ts';
import type { UserFacts } from '../nps/eligibility.ts';
import { replyTask } from '../nps/reply-task.ts';
import type { AnswerFacts, CustomerReply, Item, LoggedReply, ResponseRecord } from './ports.ts';

/** The mails of customers among what is to be written. */
export function repliesIn(items: readonly Item<'answer'>[]): CustomerReply[] {
  return items.flatMap(({ payload }) => (payload.kind === 'replied' ? [payload.reply] : []));
}

/** When the customer last wrote about an answer that stood already; null where nobody did since. */
export function lastWrittenTo(
  response: ResponseRecord | undefined,
  items: readonly Item<'answer'>[],
  key: string,
): Date | null {
  const times = repliesIn(items)
    .filter(({ surveyKey, at }) => surveyKey === key && isConversation(response, { at: new Date(at) }))
    .map(({ at }) => new Date(at).getTime());
  const before = response?.repliedAt?.getTime() ?? 0;
  return times.length === 0 ? null : new Date(Math.max(before, ...times));
}

/** The completed Task that a mail becomes on the account, for whoever looks after it. */
export function loggedReply(
  reply: CustomerReply,
  csm: UserFacts | undefined,
  { surveys, responses }: Pick<AnswerFacts, 'surveys' | 'responses'>,
): LoggedReply {
  const { surveyKey } = reply;
  return {
    ...replyTask({ ...reply, date: utcDate(new Date(reply.at)) }),
    surveyKey,
    contactId: surveys.get(surveyKey)?.contact?.id ?? responses.get(surveyKey)?.contactId ?? null,
    ownerId: csm?.id ?? null,
  };
}
