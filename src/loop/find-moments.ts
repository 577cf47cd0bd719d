import { dateOfDay, utcDay } from '../nps/days.ts';
import { dueDates, type MomentSource } from '../nps/due-moments.ts';
import { momentKey } from '../nps/moment.ts';
import type { DueMoment, NewItem, Trigger } from './ports.ts';
import { reasonOf } from './reason.ts';
import type { SweepParts } from './sweep.ts';

/**
 * Finds in the org's records every moment that is due by now, whether an event told of it or not, and treats it like
 * one: both make the same key, and a key is decided once. A trigger that cannot be searched stops no other. All are put
 * at once, those of an account side by side, so that what meets there is decided together, by priority.
 */
export async function findMoments(parts: SweepParts): Promise<void> {
  const { org, spool, log } = parts;
  const found: { moment: DueMoment; priority: number }[] = [];
  for (const trigger of (await org.triggers()).values()) {
    if (trigger.problem) log.error({ trigger: trigger.name }, trigger.problem);
    if (!trigger.source || trigger.problem) continue;
    try {
      await stampCrossings(trigger, trigger.source, parts);
      if (!trigger.active) continue;
      const moments = await momentsOf(trigger, trigger.source, parts);
      found.push(...moments.map((moment) => ({ moment, priority: trigger.priority })));
    } catch (error) {
      const reason = reasonOf(error);
      log.error(
        { trigger: trigger.name, reason },
        'The moments of a trigger cannot be searched. Check its record and what NPS Integration may read.',
      );
    }
  }
  const sideBySide = found.toSorted(
    (one, other) => one.moment.accountId.localeCompare(other.moment.accountId) || one.priority - other.priority,
  );
  await spool.put(sideBySide.map(({ moment }) => itemOf(moment, parts)));
}

/** Takes up what was deferred until now; it is decided like anything that falls due today. */
export async function takeUpDeferred(firedAt: Date, parts: SweepParts): Promise<void> {
  const { org, spool, clock } = parts;
  const deferred = await org.deferredMoments(clock.now());
  const again = ({ moment }: DueMoment) => `again:${momentKey(moment)}:${firedAt.getTime()}`;
  await spool.put(deferred.map((due) => ({ ...itemOf(due, parts), key: again(due) })));
}

/**
 * Done for a trigger that is not active yet, too: whoever is over the threshold before its first day has crossed it
 * before, and is not asked about on the day it is activated.
 */
async function stampCrossings(trigger: Trigger, { threshold }: MomentSource, { org, clock, log }: SweepParts) {
  if (threshold === null) return;
  const crossed = await org.stampUsageCrossings(threshold, dateOfDay(utcDay(clock.now())));
  if (crossed > 0) log.info({ trigger: trigger.name, crossed }, 'Accounts crossed the usage threshold.');
}

async function momentsOf(trigger: Trigger, source: MomentSource, { org, clock }: SweepParts): Promise<DueMoment[]> {
  const today = utcDay(clock.now());
  const { lookBackDays } = await org.settings();
  const dates = dueDates(source.offsetDays, trigger.activeFrom, today, lookBackDays);
  return dates ? org.dueMoments(trigger, source, dates) : [];
}

function itemOf({ moment, accountId, contactId, since, recovery }: DueMoment, { clock }: SweepParts): NewItem<'event'> {
  const key = `found:${momentKey(moment)}`;
  const payload = {
    eventUuid: key,
    moment,
    accountId,
    contactId: contactId ?? undefined,
    publishedAt: (since ?? clock.now()).toISOString(),
    ...(recovery && { recovery: { ...recovery, answeredAt: recovery.answeredAt.toISOString() } }),
  };
  return { lane: 'event', key, accountId, payload, dueAt: clock.now() };
}
