import type { Kysely } from 'kysely';
import type { Lane } from '../loop/ports.ts';
import type { Tables } from './tables.ts';

/** Those of the keys whose items are in the lane and not settled. */
export async function unsettled(
  tables: Kysely<Tables>,
  lane: Lane,
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set();
  const rows = await tables
    .selectFrom('item')
    .select('key')
    .where('lane', '=', lane)
    .where('key', 'in', keys)
    .where('state', '=', 'waiting')
    .execute();
  return new Set(rows.map(({ key }) => key));
}

/** Those of the accounts that have an item in the lane which is not settled and whose key begins so. */
export async function accountsAwaiting(
  tables: Kysely<Tables>,
  lane: Lane,
  keyStart: string,
  accountIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (accountIds.length === 0) return new Set();
  const rows = await tables
    .selectFrom('item')
    .select('account_id')
    .distinct()
    .where('state', '=', 'waiting')
    .where('lane', '=', lane)
    .where('account_id', 'in', accountIds)
    .where('key', 'like', `${keyStart}%`)
    .execute();
  return new Set(rows.map(({ account_id }) => account_id));
}
