import type { Database } from 'better-sqlite3';

/** How far a scheduled flow has come. */
export interface Run {
  /** Due times up to this moment are dealt with; undefined while the flow is not active. */
  until: Date | undefined;
  /** Undefined when it never ran. */
  lastRun: Date | undefined;
  /** What failed in the last run, a sentence a row; empty when all went well. */
  failures: string[];
  /** How many interviews the last run had. */
  interviews: number;
}

export interface Runs {
  get(flow: string): Run | undefined;
  /** Every flow that was ever noticed. */
  names(): string[];
  set(flow: string, run: Run): void;
  clear(): void;
  /** All or nothing, on disk when it returns. */
  together<T>(work: () => T): T;
}

interface Row {
  until: number | null;
  last_run: number | null;
  failures: string;
  interviews: number;
}

/** The runs of scheduled flows, in the org's database so that a restart repeats none. */
export function openRuns(database: Database): Runs {
  database.exec(`CREATE TABLE IF NOT EXISTS flow_run (flow TEXT PRIMARY KEY, until INTEGER, last_run INTEGER,
    failures TEXT NOT NULL, interviews INTEGER NOT NULL)`);
  const select = database.prepare<[string], Row>(
    'SELECT until, last_run, failures, interviews FROM flow_run WHERE flow = ?',
  );
  const save = database.prepare(
    'INSERT OR REPLACE INTO flow_run (flow, until, last_run, failures, interviews) VALUES (?, ?, ?, ?, ?)',
  );
  const names = database.prepare<[], { flow: string }>('SELECT flow FROM flow_run');
  return {
    names: () => names.all().map(({ flow }) => flow),
    get(flow) {
      const row = select.get(flow);
      return (
        row && {
          until: row.until === null ? undefined : new Date(row.until),
          lastRun: row.last_run === null ? undefined : new Date(row.last_run),
          failures: JSON.parse(row.failures),
          interviews: row.interviews,
        }
      );
    },
    set: (flow, { until, lastRun, failures, interviews }) =>
      void save.run(flow, until?.getTime() ?? null, lastRun?.getTime() ?? null, JSON.stringify(failures), interviews),
    clear: () => void database.exec('DELETE FROM flow_run'),
    together: (work) => database.transaction(work)(),
  };
}
