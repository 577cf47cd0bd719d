import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';
import type { Write } from './write.ts';

export type Dialect = 'sqlite' | 'postgres';

/** An open database, as far as the two kinds differ. */
export interface Database {
  dialect: Dialect;
  tables: Kysely<Tables>;
  /** Stores the writes in one transaction, in their order. */
  store(writes: readonly Write[]): Promise<void>;
}
