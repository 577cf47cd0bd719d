import { isFirstMail } from '../nps/first-mail.ts';
import type { Clock, Item, Log, Spool } from './ports.ts';
import { reasonOf } from './reason.ts';
import { retryLater } from './worker.ts';

export const isFirst = ({ payload }: Item<'mail'>): boolean => isFirstMail(payload.template);

/** Leaves mails for later because something that must be known about them cannot be read; `what` begins the log's sentence. */
export async function holdBack(
  mails: readonly Item<'mail'>[],
  what: string,
  error: unknown,
  { spool, clock, log }: { spool: Spool; clock: Clock; log: Log },
): Promise<void> {
  const reason = reasonOf(error);
  log.warn({ mails: mails.length, reason }, `${what}; they wait.`);
  await spool.settle({ retry: mails.map((item) => retryLater(item, reason, clock)) });
}
