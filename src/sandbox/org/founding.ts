import { randomInt } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { recordId } from './record-id.ts';
import type { Store } from './rows/store.ts';
import { salesforceDateTime } from './rows/value.ts';

/** What an org decides once and keeps: its id and the key prefixes of its own objects. */
export interface State {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
  keys(): string[];
}

export function openState(database: Database): State {
  database.exec('CREATE TABLE IF NOT EXISTS org_state (key TEXT PRIMARY KEY, value TEXT NOT NULL)');
  const get = database.prepare<[string], { value: string }>('SELECT value FROM org_state WHERE key = ?');
  const set = database.prepare('INSERT OR REPLACE INTO org_state (key, value) VALUES (?, ?)');
  const keys = database.prepare<[], { key: string }>('SELECT key FROM org_state');
  return {
    get: (key) => get.get(key)?.value,
    set: (key, value) => set.run(key, value),
    keys: () => keys.all().map(({ key }) => key),
  };
}

/** The organisation's id, drawn at first and kept. */
export function orgIdOf(state: State): string {
  const kept = state.get('orgId');
  if (kept) return kept;
  const drawn = recordId('00D', randomInt(62 ** 7));
  state.set('orgId', drawn);
  return drawn;
}

/** Gives out key prefixes (a00, e00, m00, ...) in the order the objects came, the same after a restart. */
export function prefixesOf(state: State): (name: string) => string {
  return (name) => {
    const kept = state.get(`prefix:${name}`);
    if (kept) return kept;
    const ending = name.slice(name.lastIndexOf('__') + 2);
    const letter = { c: 'a', e: 'e', mdt: 'm' }[ending];
    if (!letter) throw new Error(`${name} is neither an object, an event nor a metadata type.`);
    const given = state.keys().filter((key) => key.startsWith('prefix:') && key.endsWith(`__${ending}`)).length;
    const prefix = `${letter}${String(given).padStart(2, '0')}`;
    state.set(`prefix:${name}`, prefix);
    return prefix;
  };
}

/** The usernames of the two users every org starts with: whoever runs it, and the service. */
export const ADMIN = 'admin@sandbox.example';
export const INTEGRATION_USER = 'nps.integration@sandbox.example';

const ADMIN_ID = recordId('005', 1);

/** Puts in place what every org has from its first day: the organisation's own row and its first two users. */
export function foundOrg({ id, store, now }: { id: string; store: Store; now: () => Date }): void {
  if (store.get('Organization', id)) return;
  const stamp = salesforceDateTime(now());
  const system = {
    CreatedDate: stamp,
    CreatedById: ADMIN_ID,
    LastModifiedDate: stamp,
    LastModifiedById: ADMIN_ID,
    SystemModstamp: stamp,
  };
  store.put('Organization', { ...ORGANIZATION, ...system, Id: id });
  USERS.forEach((user, index) => {
    store.put('User', { ...USER_DEFAULTS, ...user, ...system, Id: recordId('005', index + 1) });
  });
}

const ORGANIZATION = {
  Name: 'NPS Sandbox',
  IsSandbox: true,
  InstanceName: 'SBX1',
  TimeZoneSidKey: 'UTC',
  OrganizationType: 'Enterprise Edition',
  NamespacePrefix: null,
  DefaultLocaleSidKey: 'en_US',
  LanguageLocaleKey: 'en_US',
};

const USER_DEFAULTS = {
  IsActive: true,
  TimeZoneSidKey: 'UTC',
  LocaleSidKey: 'en_US',
  LanguageLocaleKey: 'en_US',
  UserType: 'Standard',
};

const USERS = [
  {
    Username: ADMIN,
    FirstName: 'Ada',
    LastName: 'Admin',
    Name: 'Ada Admin',
    Email: 'admin@sandbox.example',
    Alias: 'admin',
  },
  {
    Username: INTEGRATION_USER,
    LastName: 'NPS Integration',
    Name: 'NPS Integration',
    Email: 'nps.integration@sandbox.example',
    Alias: 'npsint',
  },
];
