import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Log } from '../loop/ports.ts';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';
import { insertHits, insertItems, movePositions, type Write } from './write.ts';

/** PostgreSQL takes 65,535 parameters a statement; the widest row here has six. */
const ROWS_PER_INSERT = 5000;

/** Opens the database that several replicas may share. Nothing is asked of the server yet. */
export function openPostgres(databaseUrl: string, log: Log): Database {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 5000,
    types: { getTypeParser: numbersForBigints },
  });
  // An idle connection that breaks (a failover, a restart) is replaced by the pool; without a listener it ends the process.
  pool.on('error', (error) =>
    log.warn({ error: error.message }, 'A connection to the spool database broke while idle.'),
  );
  const tables = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return {
    dialect: 'postgres',
    tables,
    store: (writes) => tables.transaction().execute((transaction) => storeAll(transaction, writes)),
  };
}

/** Milliseconds and counts fit a JavaScript number; `pg` would hand a bigint over as text. */
const numbersForBigints: pg.CustomTypesConfig['getTypeParser'] = (type, format) =>
  type === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(type, format);

async function storeAll(transaction: Kysely<Tables>, writes: readonly Write[]): Promise<void> {
  for (const rows of slices(writes.flatMap(({ items }) => items))) await insertItems(transaction, rows).execute();
  for (const rows of slices(writes.flatMap(({ hits }) => hits))) await insertHits(transaction, rows).execute();
  // The last position of a topic counts, and PostgreSQL refuses to update a row twice in one statement.
  const positions = new Map(writes.flatMap((write) => write.positions).map((row) => [row.topic, row]));
  if (positions.size > 0) await movePositions(transaction, [...positions.values()]).execute();
}

function* slices<Row>(rows: readonly Row[]): Generator<readonly Row[]> {
  for (let start = 0; start < rows.length; start += ROWS_PER_INSERT) yield rows.slice(start, start + ROWS_PER_INSERT);
}
