import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Dialect } from '../database.ts';

/** Which link a hit was on: mails have links that stand for no score. Older hits tell by their score. */
export function linkOfAHit(dialect: Dialect): Migration {
  return {
    async up(db: Kysely<unknown>) {
      if (dialect === 'postgres') {
        await sql`alter table link_hit add column if not exists link text`.execute(db);
        return;
      }
      const { rows } = await sql<{ name: string }>`select name from pragma_table_info('link_hit')`.execute(db);
      if (rows.some(({ name }) => name === 'link')) return;
      await db.schema.alterTable('link_hit').addColumn('link', 'text').execute();
    },
  };
}
