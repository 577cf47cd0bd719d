import { reachedNobody } from '../nps/delivery.ts';
import { isFirstMail } from '../nps/first-mail.ts';
import type { Clock, Item, Log, Org, Receipt, Spool } from './ports.ts';
import { withoutScanners } from './proposals.ts';
import { retryLater } from './worker.ts';

/**
 * Tells Salesforce, many at once, which mails left, who opted out and what people accepted. Surveys that reached nobody give back the date
 * they took; where that cannot be done now, the sweep finds it again.
 */
export async function record(
  items: Item<'receipt'>[],
  { org, spool, clock, log }: { org: Org; spool: Spool; clock: Clock; log: Log },
): Promise<void> {
  const { people, scanners } = await withoutScanners(items, { spool, log });
  const outcomes = await org.writeReceipts(people.map(({ payload }) => payload));
  const results = people.map((item, index) => ({ item, outcome: outcomes[index] ?? { written: true as const } }));
  for (const { item, outcome } of results) {
    if (!outcome.written)
      log.error(
        { receipt: item.payload.kind, survey: item.payload.surveyKey, ...outcome },
        'A receipt could not be written.',
      );
  }
  const unsent = results
    .filter(({ item, outcome }) => outcome.written && endsUnasked(item.payload))
    .map(({ item }) => item.payload.surveyKey);
  if (unsent.length > 0) {
    for (const outcome of await org.giveDatesBack(unsent)) {
      if (!outcome.written) log.warn(outcome, 'The date of a survey that reached nobody could not be given back yet.');
    }
  }
  await spool.settle({
    done: [...scanners, ...results.filter(({ outcome }) => outcome.written).map(({ item }) => item)],
    retry: results.flatMap(({ item, outcome }) =>
      !outcome.written && outcome.transient ? [retryLater(item, outcome.reason, clock)] : [],
    ),
    dead: results.flatMap(({ item, outcome }) =>
      !outcome.written && !outcome.transient ? [{ item, reason: outcome.reason }] : [],
    ),
  });
}

/** True for what ends a survey without anybody having been asked. */
function endsUnasked(receipt: Receipt): boolean {
  if (receipt.kind === 'not-sent' || receipt.kind === 'withdrawn') return true;
  if (!('template' in receipt) || !isFirstMail(receipt.template)) return false;
  return receipt.kind === 'mail-refused' || (receipt.kind === 'mail-event' && reachedNobody(receipt.event));
}
