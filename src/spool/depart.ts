import type { Kysely } from 'kysely';
import type { Clock } from '../loop/ports.ts';
import { HOUR_MS } from '../nps/days.ts';
import { type Caps, departureTimes, type PacedMail } from '../nps/pace.ts';
import { keep } from './settings.ts';
import type { Tables } from './tables.ts';

const TURN = 'pace';

/**
 * Tells each mail when it may leave and counts those that may now, in one transaction. Replicas take turns at it, on a
 * row of their own: what one lets go counts for the next.
 */
export function depart(tables: Kysely<Tables>, clock: Clock, mails: readonly PacedMail[], caps: Caps): Promise<Date[]> {
  return tables.transaction().execute(async (transaction) => {
    await keep(transaction, TURN, '');
    const now = clock.now();
    const time = now.getTime();
    // A departure far ahead is one from before a sandbox's clock was set back.
    await transaction
      .deleteFrom('departure')
      .where(({ eb, or }) => or([eb('at', '<=', time - HOUR_MS), eb('at', '>', time + HOUR_MS)]))
      .execute();
    const left = await transaction
      .selectFrom('departure')
      .select(['sender', 'domain', 'at'])
      .where(({ eb, or }) =>
        or([
          eb('sender', 'in', [...new Set(mails.map(({ sender }) => sender))]),
          eb('domain', 'in', [...new Set(mails.map(({ domain }) => domain))]),
        ]),
      )
      .orderBy('at')
      .execute();
    const times = departureTimes(
      mails,
      left.map(({ sender, domain, at }) => ({ sender, domain, at: new Date(at) })),
      caps,
      now,
    );
    const leaving = mails.filter((_, index) => times[index]?.getTime() === time);
    if (leaving.length > 0) {
      const rows = leaving.map(({ sender, domain }) => ({ sender, domain, at: time }));
      await transaction.insertInto('departure').values(rows).execute();
    }
    return times;
  });
}
