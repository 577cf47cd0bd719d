import { utcDate } from '../nps/days.ts';
import { fullRecordId } from '../nps/moment.ts';
import type { Clock, LifecycleEvent, Log, NewItem, Spool } from './ports.ts';

/** An event as the bus delivers it. */
export interface ReceivedEvent {
  uuid: string;
  replayId: Buffer;
  payload: Record<string, unknown>;
}

/** Something the service subscribes to. */
export interface Topic {
  name: string;
  /** What an event asks to be done; undefined for one that lacks what every such event has. */
  itemOf(received: ReceivedEvent, now: Date): NewItem<'event'> | NewItem<'command'> | undefined;
}

/** Moments at which a customer may be asked. */
export const LIFECYCLE: Topic = {
  name: '/event/NPS_Lifecycle__e',
  itemOf(received, now) {
    const event = lifecycleEvent(received);
    return event && { lane: 'event', key: event.eventUuid, accountId: event.accountId, payload: event, dueAt: now };
  },
};

/**
 * Stores received events and the position behind the last of them in one transaction. An event that lacks what its
 * required fields hold cannot have come through them; it is logged and left behind, so that it does not come again for
 * ever.
 */
export async function listen(
  events: readonly ReceivedEvent[],
  topic: Topic,
  { spool, clock, log }: { spool: Spool; clock: Clock; log: Log },
) {
  const last = events.at(-1);
  if (!last) return;
  const items = events.flatMap((received) => {
    const item = topic.itemOf(received, clock.now());
    if (!item) {
      log.warn(
        { topic: topic.name, eventUuid: received.uuid },
        'An event that lacks a required field was left behind.',
      );
      return [];
    }
    log.info({ topic: topic.name, ...item.payload }, 'An event was taken.');
    return [item];
  });
  await spool.take(items, { topic: topic.name, replayId: last.replayId });
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

/** The text of a field; undefined when nothing stands in it. */
export function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** Dates travel in events as milliseconds since 1970 or as YYYY-MM-DD. */
function dateIn(value: unknown): string | undefined {
  if (typeof value === 'number') return utcDate(new Date(value));
  return textIn(value)?.slice(0, 10);
}
