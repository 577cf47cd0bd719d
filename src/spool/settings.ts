import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** What is kept under a name, or nothing. */
export async function kept(tables: Kysely<Tables>, name: string): Promise<string | undefined> {
  const row = await tables.selectFrom('setting').select('value').where('name', '=', name).executeTakeFirst();
  return row?.value;
}

/** Keeps a value in place of the one before. */
export async function keep(tables: Kysely<Tables>, name: string, value: string): Promise<void> {
  await tables
    .insertInto('setting')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}

/** Keeps a value unless there is one already; says which one holds, for all replicas alike. */
export async function keepFirst(tables: Kysely<Tables>, name: string, value: string): Promise<string> {
  await tables
    .insertInto('setting')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  return (await kept(tables, name)) ?? value;
}

export async function forget(tables: Kysely<Tables>, name: string): Promise<void> {
  await tables.deleteFrom('setting').where('name', '=', name).execute();
}
