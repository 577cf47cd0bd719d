import { randomUUID } from 'node:crypto';
import type { ExpressionBuilder, Kysely } from 'kysely';
import type { Clock, Lane } from '../loop/ports.ts';
import { despiteDeadlocks } from './deadlock.ts';
import { type ClaimedItem, toClaimedItem } from './item-row.ts';
import type { ItemRow, Tables } from './tables.ts';

/** How long (machine time) a hold outlives a process that died; every settlement of its claim renews it. */
export const HOLD_MS = 120_000;

interface Wanted {
  lane: Lane;
  limit: number;
  now: number;
  wall: number;
}

/**
 * Claims up to `limit` due items of the lane, oldest first, and holds their accounts. A replica that was quicker leaves
 * nothing of what was seen here; then there is other work, or none, and it is looked for again.
 */
export async function claimItems<L extends Lane>(
  tables: Kysely<Tables>,
  clock: Clock,
  lane: L,
  limit: number,
): Promise<ClaimedItem<L>[]> {
  for (;;) {
    const wanted = { lane, limit, now: clock.now().getTime(), wall: clock.wall().getTime() };
    const accounts = await freeAccounts(tables, wanted);
    if (accounts.length === 0) return [];
    const claim = randomUUID();
    const rows = await despiteDeadlocks(() =>
      tables.transaction().execute((transaction) => claimRows(transaction, wanted, accounts, claim)),
    );
    if (rows.length > 0) return rows.map((row) => toClaimedItem(lane, claim, row));
  }
}

/**
 * The item rows are not locked here (no SKIP LOCKED): the hold alone decides. A skipped item would let a later one of
 * its account overtake it.
 */
async function freeAccounts(tables: Kysely<Tables>, wanted: Wanted): Promise<string[]> {
  const rows = await tables
    .selectFrom('item')
    .select('account_id')
    .where(isDue(wanted))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('account_hold')
            .select('account_hold.account_id')
            .whereRef('account_hold.account_id', '=', 'item.account_id')
            .where('held_until', '>=', wanted.wall),
        ),
      ),
    )
    .orderBy('due_at')
    .orderBy('id')
    .limit(wanted.limit)
    .execute();
  // Sorted: replicas that want the same accounts wait for each other in one order, and cannot block each other.
  return [...new Set(rows.map((row) => row.account_id))].sort();
}

async function claimRows(
  transaction: Kysely<Tables>,
  wanted: Wanted,
  accounts: readonly string[],
  claim: string,
): Promise<ItemRow[]> {
  const held = await holdAccounts(transaction, wanted, accounts, claim);
  if (held.length === 0) return [];
  const rows = await transaction
    .updateTable('item')
    .set({ claim })
    .where('id', 'in', (query) =>
      query
        .selectFrom('item')
        .select('id')
        .where(isDue(wanted))
        .where('account_id', 'in', held)
        .orderBy('due_at')
        .orderBy('id')
        .limit(wanted.limit),
    )
    .returningAll()
    .execute();
  await releaseAccounts(transaction, [claim]);
  return rows.sort((one, other) => one.due_at - other.due_at || one.id - other.id);
}

/** One statement takes the hold or leaves it to its holder, whoever else tries at the same moment. */
async function holdAccounts(
  transaction: Kysely<Tables>,
  { wall }: Wanted,
  accounts: readonly string[],
  claim: string,
): Promise<string[]> {
  const rows = await transaction
    .insertInto('account_hold')
    .values(accounts.map((account_id) => ({ account_id, claim, held_until: wall + HOLD_MS })))
    .onConflict((conflict) =>
      conflict
        .column('account_id')
        .doUpdateSet(({ ref }) => ({ claim: ref('excluded.claim'), held_until: ref('excluded.held_until') }))
        .where('account_hold.held_until', '<', wall),
    )
    .returning('account_id')
    .execute();
  return rows.map((row) => row.account_id);
}

/** Gives back the accounts of which these claims hold no item any more; returns how many. */
export async function releaseAccounts(transaction: Kysely<Tables>, claims: readonly string[]): Promise<number> {
  const { numDeletedRows } = await transaction
    .deleteFrom('account_hold')
    .where('claim', 'in', claims)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('item')
            .select('item.id')
            .whereRef('item.claim', '=', 'account_hold.claim')
            .whereRef('item.account_id', '=', 'account_hold.account_id'),
        ),
      ),
    )
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

function isDue({ lane, now }: Wanted) {
  return ({ and, eb }: ExpressionBuilder<Tables, 'item'>) =>
    and([eb('state', '=', 'waiting'), eb('lane', '=', lane), eb('due_at', '<=', now)]);
}
