import type { Database } from 'better-sqlite3';
import { type Flows, openFlows } from '../flows/flows.ts';
import { type Access, accessOf } from './access/access.ts';
import { type PermissionSet, readPermissionSets } from './access/permission-sets.ts';
import { formulasOf } from './formula/row-reader.ts';
import {
  ADMIN,
  FOUNDED,
  foundOrg,
  INTEGRATION_USER,
  openState,
  orgIdOf,
  prefixesOf,
  storePermissionSet,
} from './founding.ts';
import { installer } from './install.ts';
import { openInstalled } from './installed.ts';
import { storeNotificationTypes } from './notification-types.ts';
import { type Notifications, openNotifications } from './notifications.ts';
import type { EventBus, Org, PublishedEvent } from './org.ts';
import { plain } from './plain.ts';
import type { Body } from './rows/body.ts';
import { deployer, referencesLast } from './rows/deploy.ts';
import { openStore, type StoredRow } from './rows/store.ts';
import { openValidation } from './rows/validation.ts';
import { type Author, type Key, makeWriter } from './rows/writer.ts';
import type { SourceFile } from './schema/metadata-file.ts';
import { readMetadataRecords } from './schema/metadata-records.ts';
import { makeSchema, type Schema } from './schema/schema.ts';
import type { SObject } from './schema/sobject.ts';
import { sobjectsOf } from './schema/sobjects.ts';
import { makeQuery, type Selected } from './soql/query.ts';

/** The org with what the REST API and the pages need beyond rows and queries. */
export interface SandboxOrg extends Org {
  readonly schema: Schema;
  readonly flows: Flows;
  readonly notifications: Pick<Notifications, 'all'>;
  /**
   * What one user reads and writes, as far as his profile, permission sets and the sharing of records let him; he
   * becomes author and owner. `checkWritable` may refuse any write.
   */
  as(userId: string, checkWritable?: Author['checkWritable']): Session;
  /** The active user of that name; throws when there is none. */
  userId(username: string): string;
  /** Whether there is such a user, who may sign in. */
  isActive(userId: string): boolean;
  /** Publishes a platform event once the enclosing transaction has committed; validates like the REST API. */
  publish(event: string, fields: Body, publishedBy: PublishedEvent['publishedBy']): string;
  /** The metadata the org has, in source format. */
  metadata(): SourceFile[];
  /** The same with others added or replaced, as if they had been deployed. */
  metadataWith(deployed: readonly SourceFile[]): SourceFile[];
  /**
   * Adds and replaces metadata: objects, fields, grants and custom metadata records follow at once. Throws when the org
   * cannot take it; then, and with `checkOnly`, everything stays as it was. Not to be called within a transaction.
   */
  install(deployed: readonly SourceFile[], options: { checkOnly: boolean }): void;
  /** Forgets every row and all that was deployed, and founds the org anew; its id stays. */
  reset(): void;
}

export interface Session extends Pick<Access, 'userId' | 'schema' | 'may'> {
  select(soql: string): Selected;
  /** Like `select`, but what is in the recycle bin counts, too. */
  selectAll(soql: string): Selected;
  /** A live row the user sees, by id, all its fields; undefined when there is none. */
  row(sobject: string, id: string): StoredRow | undefined;
  /** Live rows with that value in a unique or external id field. */
  having(sobject: string, field: string, value: string): StoredRow[];
  isDeleted(sobject: string, id: string): boolean;
  insert(sobject: string, body: Body): string;
  update(sobject: string, id: string, body: Body): void;
  upsert(sobject: string, key: Key, body: Body): { id: string; created: boolean };
  delete(sobject: string, id: string): void;
}

export { ADMIN, INTEGRATION_USER };

/** Opens the org kept in a database, founding it when it is new. Its tables are called `org_...`. */
export function openOrg(options: {
  database: Database;
  /** The metadata it comes with; what was deployed to it since is in the database. */
  shipped: readonly SourceFile[];
  now: () => Date;
  bus: EventBus;
}): SandboxOrg {
  const { database, shipped, now, bus } = options;
  const state = openState(database);
  const id = orgIdOf(state);
  const prefixOf = prefixesOf(state);
  const installed = openInstalled(database, shipped);
  const schema = makeSchema(sobjectsOf(installed.files(), prefixOf));
  const store = openStore(database, schema);
  const notifications = openNotifications(database, now);
  const formulasFor = formulasOf({ schema, store, now });
  const validation = openValidation(formulasFor, now);
  const select = makeQuery({ store, now });
  const permissionSets = new Map<string, PermissionSet>();
  const access = accessOf({ schema, store, permissionSets });
  let everything: Access | undefined;
  const flows = openFlows({
    ...{ database, bus, schema, store, formulasFor, notifications, now, organizationId: id },
    select: (soql) => admin().select(soql),
    write: () => write,
    system(by) {
      // The admin may do everything at all times, so it need not be found out for every save.
      everything ??= access(userId(ADMIN));
      const checkWritable = by?.checkWritable ?? (() => undefined);
      return { ...everything, userId: by?.userId ?? everything.userId, setsAuditFields: false, checkWritable };
    },
    zone: () => String(store.get('Organization', id)?.TimeZoneSidKey),
  });
  const write = makeWriter({ schema, store, bus, validation, triggers: flows, now });
  const deployRecord = deployer({ schema, store, now });

  const found = () =>
    store.transaction(() => {
      for (const set of permissionSets.values()) storePermissionSet({ store, now }, set);
      foundOrg({ id, store, now });
      storeNotificationTypes({ store, now }, installed.files());
      for (const { type, developerName, label, fields } of referencesLast(
        readMetadataRecords(installed.files()),
        schema,
      )) {
        const isKnown = [...store.live(schema.get(type).name)].some((row) => row.DeveloperName === developerName);
        if (!isKnown) deployRecord(type, developerName, label, fields);
      }
    });

  const loadRules = (files: readonly SourceFile[]) => {
    validation.load(files);
    permissionSets.clear();
    for (const set of readPermissionSets(files)) permissionSets.set(set.name, set);
  };
  loadRules(installed.files());
  flows.load(installed.files());
  found();

  const load = (files: readonly SourceFile[], changed: readonly SourceFile[]) => {
    const hasObjects = changed.some(({ path }) => /(^|\/)objects\//.test(path));
    if (hasObjects) {
      schema.replace(sobjectsOf(files, prefixOf));
      store.reload();
    }
    loadRules(files);
    // A flow is read together with the objects it works on.
    if (hasObjects || changed.some(({ path }) => path.endsWith('.flow-meta.xml'))) flows.load(files);
  };

  const install = installer({ installed, load, schema, store, now, deployRecord });

  const userId = (username: string): string => {
    const [user] = store.having('User', 'Username', [username]) ?? [];
    if (user?.IsActive !== true) throw new Error(`The org has no active user ${username}.`);
    return user.Id;
  };

  const as = (user: string, checkWritable: Author['checkWritable'] = () => undefined): Session => {
    const allowed = access(user);
    const by: Author = { ...allowed, checkWritable };
    const formulas = formulasFor(user);
    const known = (name: string): SObject => allowed.schema.get(name);
    const isVisible = (name: string, row: StoredRow) => row.IsDeleted !== true && allowed.sees(known(name), row);
    const view = { schema: allowed.schema, sees: allowed.sees, filled: formulas.filled };
    return {
      userId: user,
      schema: allowed.schema,
      may: allowed.may,
      select: (soql) => select(soql, { ...view, includesDeleted: false }),
      selectAll: (soql) => select(soql, { ...view, includesDeleted: true }),
      row(name, rowId) {
        const row = store.get(known(name).name, rowId);
        return row && isVisible(name, row) ? formulas.filled(row) : undefined;
      },
      having(name, field, value) {
        const rows = store.having(known(name).name, field, [value]) ?? [];
        return rows.filter((row) => isVisible(name, row)).map(formulas.filled);
      },
      isDeleted: (name, rowId) => store.get(known(name).name, rowId)?.IsDeleted === true,
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
    flows,
    notifications,
    query: (soql) =>
      admin()
        .select(soql)
        .rows.map(({ fields }) => plain(fields)),
    insert: (name, fields) => admin().insert(name, fields),
    update: (name, rowId, fields) => admin().update(name, rowId, fields),
    delete: (name, rowId) => admin().delete(name, rowId),
    transaction: store.transaction,
    deployRecord,
    isEmpty: () => schema.all().every(({ name, kind }) => !isBusiness(name, kind) || store.count(name) === 0),
    as,
    userId,
    isActive: (id) => store.get('User', id)?.IsActive === true,
    publish: write.publish,
    metadata: installed.files,
    metadataWith: installed.filesWith,
    install,
    reset() {
      const had = installed.files();
      store.clear();
      installed.clear();
      flows.forget();
      notifications.clear();
      load(installed.files(), had);
      found();
    },
  };
}

const isBusiness = (name: string, kind: string) => kind === 'custom' || (kind === 'standard' && !FOUNDED.has(name));
