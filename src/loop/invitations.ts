import type { Clock, Item, Log, Spool } from './ports.ts';
import { reasonOf } from './reason.ts';
import { retryLater } from './worker.ts';

export const isInvitation = ({ payload }: Item<'mail'>) => payload.template === 'invitation';

/** Leaves invitations for later because something that must be known about them cannot be read; `what` begins the log's sentence. */
export async function holdBack(
  invitations: readonly Item<'mail'>[],
  what: string,
  error: unknown,
  { spool, clock, log }: { spool: Spool; clock: Clock; log: Log },
): Promise<void> {
  const reason = reasonOf(error);
  log.warn({ mails: invitations.length, reason }, `${what}; they wait.`);
  await spool.settle({ retry: invitations.map((item) => retryLater(item, reason, clock)) });
}
