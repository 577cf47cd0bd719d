import { fullRecordId } from '../nps/moment.ts';
import type { InviteParts } from './invite.ts';
import { type Topic, textIn } from './listen.ts';
import type { AnyNewItem, Item, NewItem, RequestPlace } from './ports.ts';
import { sendAgain } from './resend.ts';

/** What people ask of the service on a record. */
export const COMMANDS: Topic = {
  name: '/event/NPS_Command__e',
  itemOf({ uuid, payload }, now) {
    const command = textIn(payload.Command__c);
    const recordId = textIn(payload.Record_Id__c);
    if (!command || !recordId) return undefined;
    const id = fullRecordId(recordId);
    return {
      lane: 'command',
      key: uuid,
      accountId: id,
      payload: { eventUuid: uuid, command, recordId: id },
      dueAt: now,
    };
  },
};

/**
 * Has the records looked at on which something is asked for. What is done is what the record asks for then: an event
 * that comes twice, or after somebody took the request back, finds nothing to do.
 */
export async function followCommands(items: Item<'command'>[], parts: InviteParts): Promise<void> {
  const placed = items.filter(({ payload }) => payload.accountId !== undefined);
  const heard = items.filter(({ payload }) => payload.accountId === undefined);
  if (heard.length > 0) await passOn(heard, parts);
  for (const item of placed) await sendAgain(item, parts);
}

/** What is asked for is done while the record's account is held; whose account that is, an event does not tell. */
async function passOn(items: Item<'command'>[], { org, spool, clock, log }: InviteParts): Promise<void> {
  const found = await org.requestsOn(items.map(({ payload }) => payload.recordId));
  const work = items.flatMap(({ payload }): AnyNewItem[] => {
    const place = found.get(payload.recordId);
    if (place?.isOpen) return [requestItem(place, `command:${payload.eventUuid}`, clock.now())];
    log.warn({ ...payload }, place ? NOT_ASKED_ANY_MORE : NO_SUCH_RECORD);
    return [];
  });
  await spool.settle({ done: items, put: work });
}

/** The look at a record on which something is asked for. */
export function requestItem(place: RequestPlace, key: string, dueAt: Date): NewItem<'answer'> | NewItem<'command'> {
  const { accountId } = place;
  if ('surveyKey' in place) {
    const review = { kind: 'review' as const, accountId, surveyKey: place.surveyKey };
    return { lane: 'answer', key, accountId, payload: review, dueAt };
  }
  const payload = { eventUuid: key, command: 'Resend', recordId: place.contactId, accountId };
  return { lane: 'command', key, accountId, payload, dueAt };
}

const NOT_ASKED_ANY_MORE =
  'A command was left alone: its record asks for nothing any more, it was carried out or taken back.';
const NO_SUCH_RECORD = 'A command was left alone: Salesforce has no response and no contact with that id, or hides it.';
