import type { Kysely, Updateable } from 'kysely';
import type { Clock, Item, Settlement } from '../loop/ports.ts';
import { HOLD_MS, releaseAccounts } from './claim.ts';
import { claimOf, toRow } from './item-row.ts';
import type { Tables } from './tables.ts';
import { insertItems } from './write.ts';

export interface Settled {
  /** Items left as they are, because somebody else holds their account by now. */
  lost: readonly Item[];
  accountsReleased: number;
}

/** Tells what became of claimed items, in one transaction; only the claim that holds an account may. */
export function settleItems(tables: Kysely<Tables>, clock: Clock, settlement: Settlement): Promise<Settled> {
  const { done = [], retry = [], dead = [], dropped = [], put = [] } = settlement;
  const items = [...done, ...retry.map(({ item }) => item), ...dead.map(({ item }) => item), ...dropped];
  const claims = [...new Set(items.map(claimOf))];
  const settledAt = clock.now().getTime();

  return tables.transaction().execute(async (transaction) => {
    const holder = await renewHolds(transaction, claims, clock);
    const settled = new Set<number>();

    const heldOf = (items: readonly Item[]) =>
      items.filter((item) => holder.get(item.accountId) === claimOf(item)).map(({ id }) => id);
    const change = async (changed: readonly Item[], values: Updateable<Tables['item']>) => {
      const ids = heldOf(changed);
      if (ids.length === 0) return;
      const rows = await transaction
        .updateTable('item')
        .set({ ...values, claim: null })
        .where('id', 'in', ids)
        .where('claim', 'in', claims)
        .returning('id')
        .execute();
      for (const { id } of rows) settled.add(id);
    };

    // The key stays and keeps the fact from being stored again; the payload is somebody's name, address and words.
    await change(done, { state: 'done', payload: '', settled_at: settledAt });
    for (const { item, at, reason, countsAsAttempt } of retry) {
      await change([item], { due_at: at.getTime(), reason, attempts: item.attempts + (countsAsAttempt ? 1 : 0) });
    }
    for (const { item, reason } of dead) await change([item], { state: 'dead', reason, settled_at: settledAt });

    const idsToDrop = heldOf(dropped);
    if (idsToDrop.length > 0) {
      const rows = await transaction
        .deleteFrom('item')
        .where('id', 'in', idsToDrop)
        .where('claim', 'in', claims)
        .returning('id')
        .execute();
      for (const { id } of rows) settled.add(id);
    }

    if (put.length > 0)
      await insertItems(
        transaction,
        put.map((item) => toRow(item, clock.now())),
      ).execute();
    return {
      lost: items.filter(({ id }) => !settled.has(id)),
      accountsReleased: claims.length > 0 ? await releaseAccounts(transaction, claims) : 0,
    };
  });
}

/** Which claim holds which account, among these claims. The update also keeps others off until the transaction ends. */
async function renewHolds(
  transaction: Kysely<Tables>,
  claims: readonly string[],
  clock: Clock,
): Promise<Map<string, string>> {
  if (claims.length === 0) return new Map();
  const rows = await transaction
    .updateTable('account_hold')
    .set({ held_until: clock.wall().getTime() + HOLD_MS })
    .where('claim', 'in', claims)
    .returning(['account_id', 'claim'])
    .execute();
  return new Map(rows.map((row) => [row.account_id, row.claim]));
}
