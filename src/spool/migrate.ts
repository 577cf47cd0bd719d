import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Database } from './database.ts';
import { outbox } from './migrations/0001-outbox.ts';
import { departures } from './migrations/0002-departures.ts';
import { linkOfAHit } from './migrations/0003-link-of-a-hit.ts';

/**
 * Brings the tables to the shape this version needs. Replicas that start at once wait for each other (Kysely takes an
 * advisory lock on PostgreSQL; on SQLite nobody else is there).
 */
export async function migrate({ dialect, tables }: Database): Promise<void> {
  // Without its name, Kysely takes a migration table in any other schema of the same database for this spool's.
  const schema = dialect === 'postgres' ? { migrationTableSchema: await currentSchema(tables) } : {};
  const migrator = new Migrator({
    db: tables,
    provider: {
      getMigrations: async () => ({
        '0001-outbox': outbox(dialect),
        '0002-departures': departures(dialect),
        '0003-link-of-a-hit': linkOfAHit(dialect),
      }),
    },
    ...schema,
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

async function currentSchema(tables: Database['tables']): Promise<string> {
  const { rows } = await sql<{ schema: string | null }>`select current_schema() as schema`.execute(tables);
  const schema = rows[0]?.schema;
  if (schema) return schema;
  throw new Error(
    'DATABASE_URL leads to a database where the search path names no existing schema; create the schema or correct the search path.',
  );
}
