import type { Clock, Item, Log, Org, Spool } from './ports.ts';
import { retryLater } from './worker.ts';

/**
 * The mails that are still to be sent. An invitation whose survey is queued no more was cancelled by an admin, or gave
 * way to a trigger that matters more: it is taken out, so that it can come again if the survey does.
 */
export async function stillWanted(
  items: readonly Item<'mail'>[],
  { org, spool, clock, log }: { org: Org; spool: Spool; clock: Clock; log: Log },
): Promise<Item<'mail'>[]> {
  const isInvitation = ({ payload }: Item<'mail'>) => payload.template === 'invitation';
  const invitations = items.filter(isInvitation);
  if (invitations.length === 0) return [...items];
  try {
    const surveys = await org.surveys(invitations.map(({ payload }) => payload.surveyKey));
    const isQueued = ({ payload }: Item<'mail'>) => surveys.get(payload.surveyKey)?.status === 'Queued';
    const withdrawn = invitations.filter((item) => !isQueued(item));
    if (withdrawn.length > 0) {
      log.info({ surveys: withdrawn.map(({ payload }) => payload.surveyKey) }, 'Invitations are not wanted any more.');
      await spool.settle({ dropped: withdrawn, put: withdrawn.map((item) => notSent(item, clock)) });
    }
    return items.filter((item) => !isInvitation(item) || isQueued(item));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    log.warn({ mails: invitations.length, reason }, 'Whether invitations are still wanted cannot be read; they wait.');
    await spool.settle({ retry: invitations.map((item) => retryLater(item, reason, clock)) });
    return items.filter((item) => !isInvitation(item));
  }
}

function notSent({ payload: { surveyKey }, accountId }: Item<'mail'>, clock: Clock) {
  const now = clock.now();
  const key = `not-sent:${surveyKey}:${now.getTime()}`;
  return { lane: 'receipt' as const, key, accountId, payload: { kind: 'not-sent' as const, surveyKey }, dueAt: now };
}
