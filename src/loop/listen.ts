import { utcDate } from '../nps/days.ts';
import { fullRecordId } from '../nps/moment.ts';
import type { Clock, LifecycleEvent, Log, NewItem, Spool } from './ports.ts';

export const LIFECYCLE_TOPIC = '/event/NPS_Lifecycle__e';

/** An event as the bus delivers it. */
export interface ReceivedEvent {
  uuid: string;
  replayId: Buffer;
  payload: Record<string, unknown>;
}

/**
 * Stores received events and the position behind the last of them in one transaction. An event without trigger,
 * account or date cannot have come through the event's required fields; it is logged and left behind, so that it does
 * not come again for ever.
 */
export async function listen(
  events: readonly ReceivedEvent[],
  { spool, clock, log }: { spool: Spool; clock: Clock; log: Log },
) {
  const last = events.at(-1);
  if (!last) return;
  const items = events.flatMap((received): NewItem<'event'>[] => {
    const event = lifecycleEvent(received);
    if (!event) {
      log.warn({ eventUuid: received.uuid }, 'A lifecycle event without trigger, account or date was left behind.');
      return [];
    }
    log.info(
      { eventUuid: event.eventUuid, trigger: event.moment.trigger, account: event.accountId },
      'A lifecycle event was taken.',
    );
    return [{ lane: 'event', key: event.eventUuid, accountId: event.accountId, payload: event, dueAt: clock.now() }];
  });
  await spool.take(items, { topic: LIFECYCLE_TOPIC, replayId: last.replayId });
}

/** Reads an event; a missing source is the account, a missing anchor the event's UTC day. */
export function lifecycleEvent({ uuid, payload }: ReceivedEvent): LifecycleEvent | undefined {
  const trigger = textIn(payload.Trigger__c);
  const accountId = textIn(payload.Account_Id__c);
  const publishedAt = new Date(Number(payload.CreatedDate));
  if (!trigger || !accountId || Number.isNaN(publishedAt.getTime())) return undefined;
  const account = fullRecordId(accountId);
  return {
    eventUuid: uuid,
    accountId: account,
    contactId: textIn(payload.Contact_Id__c) && fullRecordId(textIn(payload.Contact_Id__c) ?? ''),
    publishedAt: publishedAt.toISOString(),
    moment: {
      trigger,
      sourceId: fullRecordId(textIn(payload.Source_Id__c) ?? account),
      anchorDate: dateIn(payload.Anchor_Date__c) ?? utcDate(publishedAt),
    },
  };
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** Dates travel in events as milliseconds since 1970 or as YYYY-MM-DD. */
function dateIn(value: unknown): string | undefined {
  if (typeof value === 'number') return utcDate(new Date(value));
  return textIn(value)?.slice(0, 10);
}
