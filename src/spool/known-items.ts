import type { Kysely } from 'kysely';
import type { Fate, Lane } from '../loop/ports.ts';
import type { Tables } from './tables.ts';

/** What became of the items of a lane with these keys, as far as they are known. */
export async function fates(
  tables: Kysely<Tables>,
  lane: Lane,
  keys: readonly string[],
): Promise<ReadonlyMap<string, Fate>> {
  if (keys.length === 0) return new Map();
  const rows = await tables
    .selectFrom('item')
    .select(['key', 'state'])
    .where('lane', '=', lane)
    .where('key', 'in', keys)
    .execute();
  return new Map(rows.map(({ key, state }) => [key, state]));
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
