import type { Database } from 'better-sqlite3';
import { ADMIN, foundOrg, INTEGRATION_USER, openState, orgIdOf, prefixesOf } from './founding.ts';
import type { EventBus, Org, PublishedEvent, Row } from './org.ts';
import type { Body } from './rows/body.ts';
import { deployer } from './rows/deploy.ts';
import { openStore, type StoredRow } from './rows/store.ts';
import { type Author, makeWriter } from './rows/writer.ts';
import { readDefinitions } from './schema/force-app.ts';
import { readMetadataRecords } from './schema/metadata-records.ts';
import { makeSchema, type Schema } from './schema/schema.ts';
import { sobject } from './schema/sobject.ts';
import { ANY_WITH_ACTIVITIES } from './schema/standard/work.ts';
import { makeQuery, type Selected } from './soql/query.ts';

/** The org with what the REST API and the pages need beyond rows and queries. */
export interface SandboxOrg extends Org {
  readonly schema: Schema;
  /** What one user reads and writes; he becomes author and owner. */
  as(userId: string): Session;
  /** The active user of that name; throws when there is none. */
  userId(username: string): string;
  /** Publishes a platform event once the enclosing transaction has committed; validates like the REST API. */
  publish(event: string, fields: Body, publishedBy: PublishedEvent['publishedBy']): string;
  /** Forgets every row and founds the org anew; its id stays. */
  reset(): void;
}

export interface Session {
  readonly userId: string;
  select(soql: string): Selected;
  /** A live row by id, all its fields; undefined when there is none. */
  row(sobject: string, id: string): StoredRow | undefined;
  /** Live rows with that value in a unique or external id field. */
  having(sobject: string, field: string, value: string): StoredRow[];
  isDeleted(sobject: string, id: string): boolean;
  insert(sobject: string, body: Body): string;
  update(sobject: string, id: string, body: Body): void;
  upsert(sobject: string, key: { field: string; value: string }, body: Body): { id: string; created: boolean };
  delete(sobject: string, id: string): void;
}

export { ADMIN, INTEGRATION_USER };

/** Opens the org kept in a database, founding it when it is new. Its tables are called `org_...`. */
export function openOrg(options: { database: Database; forceApp: string; now: () => Date; bus: EventBus }): SandboxOrg {
  const { database, forceApp, now, bus } = options;
  const state = openState(database);
  const id = orgIdOf(state);
  const schema = completeSchema(forceApp, prefixesOf(state));
  const store = openStore(database, schema);
  const write = makeWriter({ schema, store, bus, now });
  const select = makeQuery({ schema, store, now });
  const deployRecord = deployer({ schema, store, now });

  const found = () =>
    store.transaction(() => {
      foundOrg({ id, store, now });
      for (const { type, developerName, label, fields } of readMetadataRecords(forceApp)) {
        const isKnown = [...store.live(schema.get(type).name)].some((row) => row.DeveloperName === developerName);
        if (!isKnown) deployRecord(type, developerName, label, fields);
      }
    });
  found();

  const userId = (username: string): string => {
    const [user] = store.having('User', 'Username', [username]) ?? [];
    if (user?.IsActive !== true) throw new Error(`The org has no active user ${username}.`);
    return user.Id;
  };

  const as = (user: string): Session => {
    // Only the admin has "Set Audit Fields upon Record Creation".
    const by: Author = { userId: user, setsAuditFields: user === userId(ADMIN) };
    return {
      userId: user,
      select,
      row: (name, rowId) => visible(store.get(schema.get(name).name, rowId)),
      having: (name, field, value) => store.having(schema.get(name).name, field, [value]) ?? [],
      isDeleted: (name, rowId) => store.get(schema.get(name).name, rowId)?.IsDeleted === true,
      insert: (name, body) => write.insert(name, body, by),
      update: (name, rowId, body) => write.update(name, rowId, body, by),
      upsert: (name, key, body) => write.upsert(name, key, body, by),
      delete: (name, rowId) => write.delete(name, rowId, by),
    };
  };
  const admin = () => as(userId(ADMIN));

  return {
    id,
    schema,
    now,
    query: (soql) => select(soql).rows.map(({ fields }) => plain(fields)),
    insert: (name, fields) => admin().insert(name, fields),
    update: (name, rowId, fields) => admin().update(name, rowId, fields),
    delete: (name, rowId) => admin().delete(name, rowId),
    transaction: store.transaction,
    deployRecord,
    isEmpty: () => schema.all().every(({ name, kind }) => !isBusiness(name, kind) || store.count(name) === 0),
    as,
    userId,
    publish: write.publish,
    reset() {
      store.clear();
      found();
    },
  };
}

const isBusiness = (name: string, kind: string) =>
  kind === 'custom' || (kind === 'standard' && name !== 'User' && name !== 'Organization');

const visible = (row: StoredRow | undefined) => (row?.IsDeleted === true ? undefined : row);

function completeSchema(forceApp: string, prefixOf: (name: string) => string): Schema {
  const definitions = readDefinitions(forceApp);
  const withActivities = definitions
    .filter((each) => each.allowsActivities && each.name !== 'Contact')
    .map(({ name }) => name);
  return makeSchema(
    definitions.map((definition) => {
      const fields = definition.fields.map((each) =>
        each.referenceTo.includes(ANY_WITH_ACTIVITIES) ? { ...each, referenceTo: withActivities } : each,
      );
      return sobject({ ...definition, fields }, definition.keyPrefix ?? prefixOf(definition.name));
    }),
  );
}

function plain(fields: Selected['rows'][number]['fields']): Row {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      value !== null && typeof value === 'object' ? plain(value.fields) : value,
    ]),
  );
}
