import { fullRecordId } from '../nps/moment.ts';
import { type Topic, textIn } from './listen.ts';
import type { Clock, Item, Log, NewItem, Org, Spool } from './ports.ts';

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
 * Has the responses looked at on which something is asked for. What is done is what the record asks for then: an event
 * that comes twice, or after somebody took the request back, finds nothing to do.
 */
export async function followCommands(
  items: Item<'command'>[],
  { org, spool, clock, log }: { org: Org; spool: Spool; clock: Clock; log: Log },
): Promise<void> {
  const found = await org.requestsOn(items.map(({ payload }) => payload.recordId));
  const reviews = items.flatMap(({ payload }): NewItem<'answer'>[] => {
    const response = found.get(payload.recordId);
    if (!response?.isOpen) {
      log.warn({ ...payload }, response ? NOT_ASKED_ANY_MORE : NO_SUCH_RESPONSE);
      return [];
    }
    const { accountId, surveyKey } = response;
    const review = { kind: 'review' as const, accountId, surveyKey };
    return [{ lane: 'answer', key: `command:${payload.eventUuid}`, accountId, payload: review, dueAt: clock.now() }];
  });
  await spool.settle({ done: items, put: reviews });
}

const NOT_ASKED_ANY_MORE =
  'A command was left alone: its response asks for nothing any more, it was carried out or taken back.';
const NO_SUCH_RESPONSE = 'A command was left alone: Salesforce has no response with that id, or hides it.';
