import { dateOfDay, utcDay } from '../nps/days.ts';
import { dueDates, type MomentSource } from '../nps/due-moments.ts';
import { momentKey } from '../nps/moment.ts';
import type { DueMoment, NewItem, Trigger } from './ports.ts';
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
    if (!trigger.active || !trigger.source || trigger.problem) continue;
    try {
      const moments = await momentsOf(trigger, trigger.source, parts);
      found.push(...moments.map((moment) => ({ moment, priority: trigger.priority })));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
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

async function momentsOf(
  trigger: Trigger,
  source: MomentSource,
  { org, clock, log }: SweepParts,
): Promise<DueMoment[]> {
  const today = utcDay(clock.now());
  if (source.threshold !== null) {
    const crossed = await org.stampUsageCrossings(source.threshold, dateOfDay(today));
    if (crossed > 0) log.info({ trigger: trigger.name, crossed }, 'Accounts crossed the usage threshold.');
  }
  const { lookBackDays } = await org.settings();
  const dates = dueDates(source.offsetDays, trigger.activeFrom, today, lookBackDays);
  return dates ? org.dueMoments(trigger, source, dates) : [];
}

function itemOf({ moment, accountId, contactId, since }: DueMoment, { clock }: SweepParts): NewItem<'event'> {
  const key = `found:${momentKey(moment)}`;
  const payload = {
    eventUuid: key,
    moment,
    accountId,
    contactId: contactId ?? undefined,
    publishedAt: (since ?? clock.now()).toISOString(),
  };
  return { lane: 'event', key, accountId, payload, dueAt: clock.now() };
}
