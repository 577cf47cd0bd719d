import type { Database } from 'better-sqlite3';
import type { FieldValue } from '../org.ts';
import { ordinalOf } from '../record-id.ts';
import type { Schema } from '../schema/schema.ts';
import type { SObject } from '../schema/sobject.ts';

/** A row as it is kept: every field of its object that has a value. Never changed in place. */
export type StoredRow = Readonly<Record<string, FieldValue>> & { readonly Id: string };

export interface Store {
  /** A row whether deleted or not. */
  get(sobject: string, id: string): StoredRow | undefined;
  put(sobject: string, row: StoredRow): void;
  /** Removes a row for good, as if it had never been. */
  forget(sobject: string, id: string): void;
  /** Rows that are not in the recycle bin, oldest first. */
  live(sobject: string): Iterable<StoredRow>;
  /** Every row, those in the recycle bin included. */
  all(sobject: string): Iterable<StoredRow>;
  /** Live rows with one of these values in an indexed field; undefined when the field has no index. */
  having(sobject: string, field: string, values: readonly string[]): StoredRow[] | undefined;
  /** How many rows of a kind ever were: the number of the newest one. Deleted ones count. */
  count(sobject: string): number;
  /** All or nothing, nested as deep as you like; everything is on disk when the outermost one returns. */
  transaction<T>(work: () => T): T;
  /** Runs once the outermost transaction has committed; never when the enclosing one is undone. */
  afterCommit(act: () => void): void;
  clear(): void;
  /** Takes up a changed schema: rows of new objects, indexes of new fields. */
  reload(): void;
}

/** Rows in memory, written through to one SQLite table so that a restart finds them all. */
export function openStore(database: Database, schema: Schema): Store {
  database.exec('CREATE TABLE IF NOT EXISTS org_row (id TEXT PRIMARY KEY, sobject TEXT NOT NULL, json TEXT NOT NULL)');
  const save = database.prepare('INSERT OR REPLACE INTO org_row (id, sobject, json) VALUES (?, ?, ?)');
  const forget = database.prepare('DELETE FROM org_row WHERE id = ?');
  const stored = database.prepare<[], { sobject: string; json: string }>(
    'SELECT sobject, json FROM org_row ORDER BY id',
  );

  const tables = new Map<string, Table>();
  const dirty = new Map<string, string>();
  let undo: (() => void)[] = [];
  let later: (() => void)[] = [];
  let depth = 0;

  const table = (name: string): Table => {
    const known = tables.get(name);
    if (known) return known;
    const empty = new Table(schema.get(name));
    tables.set(name, empty);
    return empty;
  };

  const flush = database.transaction(() => {
    for (const [id, sobject] of dirty) {
      const row = table(sobject).rows.get(id);
      if (row) save.run(id, sobject, JSON.stringify(row));
      else forget.run(id);
    }
  });

  const set = (sobject: string, id: string, row: StoredRow | undefined): void => {
    table(sobject).set(id, row);
    dirty.set(id, sobject);
  };

  const change = (sobject: string, id: string, row: StoredRow | undefined): void => {
    store.transaction(() => {
      const before = table(sobject).rows.get(id);
      undo.push(() => set(sobject, id, before));
      set(sobject, id, row);
    });
  };

  const store: Store = {
    get: (sobject, id) => table(sobject).rows.get(id),
    put: (sobject, row) => change(sobject, row.Id, row),
    forget: (sobject, id) => change(sobject, id, undefined),
    *live(sobject) {
      for (const row of table(sobject).rows.values()) if (row.IsDeleted !== true) yield row;
    },
    all: (sobject) => table(sobject).rows.values(),
    having: (sobject, field, values) => table(sobject).having(field, values),
    count: (sobject) => table(sobject).newest,
    transaction(work) {
      const [undoFrom, laterFrom] = [undo.length, later.length];
      depth++;
      try {
        const result = work();
        if (depth === 1) flush();
        return result;
      } catch (error) {
        for (const step of undo.splice(undoFrom).reverse()) step();
        later.length = laterFrom;
        throw error;
      } finally {
        depth--;
        if (depth === 0) {
          const acts = later;
          [undo, later] = [[], []];
          dirty.clear();
          for (const act of acts) act();
        }
      }
    },
    afterCommit(act) {
      if (depth === 0) act();
      else later.push(act);
    },
    clear() {
      database.exec('DELETE FROM org_row');
      tables.clear();
    },
    reload() {
      tables.clear();
      for (const { sobject, json } of stored.iterate()) {
        // An object that the org no longer has is out of sight, as after a destructive deploy.
        const known = schema.find(sobject);
        if (!known) continue;
        const row: StoredRow = JSON.parse(json);
        table(sobject).set(row.Id, { ...unchecked(known), ...row });
      }
    },
  };

  store.reload();
  return store;
}

/** A checkbox has a value in every row, those included that were there before it. */
function unchecked({ fields }: SObject): Record<string, FieldValue> {
  const checkboxes = fields.filter(({ type, custom }) => type === 'boolean' && custom);
  return Object.fromEntries(checkboxes.map(({ name, defaultValue }) => [name, defaultValue]));
}

/** The rows of one object with an index for each field that tells few rows apart. */
class Table {
  readonly rows = new Map<string, StoredRow>();
  newest = 0;
  readonly #indexes: Map<string, Map<string, Set<string>>>;

  constructor(sobject: SObject) {
    const indexed = sobject.fields.filter((each) => each.unique || each.externalId || each.type === 'reference');
    this.#indexes = new Map(indexed.map(({ name }) => [name, new Map()]));
  }

  set(id: string, row: StoredRow | undefined): void {
    const before = this.rows.get(id);
    for (const [field, index] of this.#indexes) {
      const [from, to] = [indexKey(before, field), indexKey(row, field)];
      if (from === to) continue;
      if (from !== undefined) index.get(from)?.delete(id);
      if (to !== undefined) {
        const ids = index.get(to);
        if (ids) ids.add(id);
        else index.set(to, new Set([id]));
      }
    }
    if (row) {
      this.rows.set(id, row);
      this.newest = Math.max(this.newest, ordinalOf(id));
    } else this.rows.delete(id);
  }

  having(field: string, values: readonly string[]): StoredRow[] | undefined {
    const index = field === 'Id' ? undefined : this.#indexes.get(field);
    if (!index && field !== 'Id') return undefined;
    const ids = index
      ? new Set(values.flatMap((value) => [...(index.get(value.toLowerCase()) ?? [])]))
      : new Set(values);
    return [...ids].flatMap((id) => {
      const row = this.rows.get(id);
      return row && row.IsDeleted !== true ? [row] : [];
    });
  }
}

// Unique external ids ignore case. Ids differ by case only when their check digits do, so they share the rule.
function indexKey(row: StoredRow | undefined, field: string): string | undefined {
  const value = row && row.IsDeleted !== true ? row[field] : undefined;
  return value === undefined || value === null ? undefined : String(value).toLowerCase();
}
