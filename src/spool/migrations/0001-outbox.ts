import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Dialect } from '../database.ts';

/** The first shape of the spool. Every step may be repeated: SQLite keeps what a crash left of a migration. */
export function outbox(dialect: Dialect): Migration {
  const idType = dialect === 'sqlite' ? 'integer' : 'bigserial';
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('item')
        .ifNotExists()
        .addColumn('id', idType, (column) => column.primaryKey())
        .addColumn('lane', 'text', (column) => column.notNull())
        .addColumn('key', 'text', (column) => column.notNull())
        .addColumn('account_id', 'text', (column) => column.notNull())
        .addColumn('payload', 'text', (column) => column.notNull())
        .addColumn('due_at', 'bigint', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('attempts', 'integer', (column) => column.notNull().defaultTo(0))
        .addColumn('state', 'text', (column) => column.notNull().defaultTo('waiting'))
        .addColumn('claim', 'text')
        .addColumn('reason', 'text')
        .addColumn('settled_at', 'bigint')
        .addUniqueConstraint('item_lane_key', ['lane', 'key'])
        .execute();
      await db.schema
        .createIndex('item_due')
        .ifNotExists()
        .on('item')
        .columns(['state', 'lane', 'due_at', 'id'])
        .execute();
      // Partial, so that putting an item, which must be fast, does not pay for them.
      await db.schema
        .createIndex('item_claim')
        .ifNotExists()
        .on('item')
        .column('claim')
        .where('claim', 'is not', null)
        .execute();
      await db.schema
        .createIndex('item_settled')
        .ifNotExists()
        .on('item')
        .column('settled_at')
        .where('settled_at', 'is not', null)
        .execute();

      await db.schema
        .createTable('account_hold')
        .ifNotExists()
        .addColumn('account_id', 'text', (column) => column.primaryKey())
        .addColumn('claim', 'text', (column) => column.notNull())
        .addColumn('held_until', 'bigint', (column) => column.notNull())
        .execute();

      await db.schema
        .createTable('link_hit')
        .ifNotExists()
        .addColumn('id', idType, (column) => column.primaryKey())
        .addColumn('survey_key', 'text', (column) => column.notNull())
        .addColumn('score', 'integer')
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('visitor', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('link_hit_survey').ifNotExists().on('link_hit').column('survey_key').execute();
      await db.schema.createIndex('link_hit_at').ifNotExists().on('link_hit').column('at').execute();

      await db.schema
        .createTable('replay_position')
        .ifNotExists()
        .addColumn('topic', 'text', (column) => column.primaryKey())
        .addColumn('replay_id', 'text', (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('fired_tick')
        .ifNotExists()
        .addColumn('tick', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('fired_tick_once', ['tick', 'at'])
        .execute();
      await db.schema
        .createTable('setting')
        .ifNotExists()
        .addColumn('name', 'text', (column) => column.primaryKey())
        .addColumn('value', 'text', (column) => column.notNull())
        .execute();
    },
  };
}
