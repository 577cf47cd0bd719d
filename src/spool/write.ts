import type { Kysely } from 'kysely';
import type { NewItemRow, NewLinkHitRow, ReplayPositionRow, Tables } from './tables.ts';

/** What one caller wants stored, all of it or nothing. */
export interface Write {
  items: readonly NewItemRow[];
  hits: readonly NewLinkHitRow[];
  positions: readonly ReplayPositionRow[];
}

/** Known keys are left as they are: the same fact put twice is one item. */
export function insertItems(db: Kysely<Tables>, rows: readonly NewItemRow[]) {
  return db
    .insertInto('item')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['lane', 'key']).doNothing());
}

export function insertHits(db: Kysely<Tables>, rows: readonly NewLinkHitRow[]) {
  return db.insertInto('link_hit').values(rows);
}

/** A topic may appear once among the rows. */
export function movePositions(db: Kysely<Tables>, rows: readonly ReplayPositionRow[]) {
  return db
    .insertInto('replay_position')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('topic').doUpdateSet(({ ref }) => ({ replay_id: ref('excluded.replay_id') })),
    );
}
