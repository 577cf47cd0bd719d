import { MINUTE_MS } from '../nps/days.ts';
import { whyNotMailed } from '../nps/last-look.ts';
import { holdBack } from './first-mails.ts';
import type { Clock, Item, Log, Org, Spool } from './ports.ts';
import type { ReplyOrder } from './reply.ts';

interface RepliesParts {
  org: Org;
  spool: Spool;
  clock: Clock;
  log: Log;
}

export type ReplyItem = Item<'mail'> & { payload: ReplyOrder };

export const isReply = (item: Item<'mail'>): item is ReplyItem => 'answer' in item.payload;

/** What leaves so soon after it was ordered, and never had to wait, is not looked at again: the order was made from the same facts. */
const SOON_MS = MINUTE_MS;

/**
 * The mails about answers that may still leave as they were ordered. One that waited is held against its answer and
 * contact as they are now. What does not fit is taken out, so that it can be ordered again: the next look at the answer
 * finds what is due, and says why nothing is.
 */
export async function repliesWanted(items: readonly ReplyItem[], parts: RepliesParts): Promise<Item<'mail'>[]> {
  const { org, spool, clock, log } = parts;
  const waited = items.filter((item) => hasWaited(item, clock.now()));
  if (waited.length === 0) return [...items];
  try {
    const answers = await org.answersAtHand(waited.map(({ payload }) => payload.surveyKey));
    const unwanted = waited.flatMap((item) => {
      const { surveyKey, answer, to, again } = item.payload;
      const order = { score: answer.score, email: to.email, isAskedFor: again !== undefined };
      const reason = whyNotMailed(order, answers.get(surveyKey));
      return reason === undefined ? [] : [{ item, reason }];
    });
    for (const { item, reason } of unwanted)
      log.info({ survey: item.payload.surveyKey, step: item.payload.step, reason }, 'A mail is not wanted any more.');
    const dropped = unwanted.map(({ item }) => item);
    if (dropped.length > 0) await spool.settle({ dropped });
    return items.filter((item) => !dropped.includes(item));
  } catch (error) {
    await holdBack(waited, 'Whether mails about answers are still wanted cannot be read', error, parts);
    return items.filter((item) => !waited.includes(item));
  }
}

function hasWaited({ payload, dueAt }: ReplyItem, now: Date): boolean {
  return dueAt.toISOString() !== payload.orderedAt || now.getTime() - dueAt.getTime() > SOON_MS;
}
