import type { AnyNewItem, Item, Lane, LanePayloads } from '../loop/ports.ts';
import type { ItemRow, NewItemRow } from './tables.ts';

/** An item as `claim` hands it out; the token says under which hold, so that only its holder can settle it. */
export interface ClaimedItem<L extends Lane = Lane> extends Item<L> {
  claim: string;
}

/** The token under which the item was claimed; throws for an item that no claim handed out. */
export function claimOf(item: Item): string {
  if ('claim' in item && typeof item.claim === 'string') return item.claim;
  throw new Error(
    `The ${item.lane} item ${item.key} cannot be settled: it was never claimed. Settle items as claim() returned them.`,
  );
}

/** The row of an item that is put at `createdAt` (programme time). */
export function toRow(item: AnyNewItem, createdAt: Date): NewItemRow {
  return {
    lane: item.lane,
    key: item.key,
    account_id: item.accountId,
    payload: JSON.stringify(item.payload),
    due_at: item.dueAt.getTime(),
    created_at: createdAt.getTime(),
  };
}

/** The item of a row that was claimed from this lane. */
export function toClaimedItem<L extends Lane>(lane: L, claim: string, row: ItemRow): ClaimedItem<L> {
  const payload: LanePayloads[L] = JSON.parse(row.payload);
  return {
    id: row.id,
    lane,
    key: row.key,
    accountId: row.account_id,
    payload,
    dueAt: new Date(row.due_at),
    attempts: row.attempts,
    claim,
  };
}
