import { randomInt } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { PermissionSet } from './access/permission-sets.ts';
import { ADMIN_PROFILE, API_PROFILE, PROFILES } from './access/profiles.ts';
import { recordId } from './record-id.ts';
import type { Store, StoredRow } from './rows/store.ts';
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

/** What every org has from its first day; such rows alone do not make it a company's. */
export const FOUNDED: ReadonlySet<string> = new Set(
  ['Organization', 'User', 'Profile'].concat(['PermissionSet', 'PermissionSetAssignment', 'CustomNotificationType']),
);

interface Place {
  store: Store;
  now: () => Date;
}

/**
 * Puts in place what every org has from its first day: the organisation's own row, the profiles, its first two users
 * and, if it is there, the permission set of the service, assigned as an admin would.
 */
export function foundOrg({ id, ...place }: Place & { id: string }): void {
  const { store } = place;
  if (store.get('Organization', id)) return;
  const add = (sobject: string, row: StoredRow) => store.put(sobject, { ...systemFieldsAt(place), ...row });
  add('Organization', { ...ORGANIZATION, Id: id });
  const profiles = [...PROFILES.keys()];
  for (const [index, Name] of profiles.entries()) {
    add('Profile', { Id: recordId('00e', index + 1), Name, UserType: 'Standard' });
  }
  for (const [index, { profile, ...user }] of USERS.entries()) {
    const ProfileId = recordId('00e', profiles.indexOf(profile) + 1);
    add('User', { ...USER_DEFAULTS, ...user, ProfileId, Id: recordId('005', index + 1) });
  }
  const [forTheService] = [...store.live('PermissionSet')].filter(({ Name }) => Name === 'NPS_Integration');
  if (!forTheService) return;
  const assignment = { AssigneeId: recordId('005', 2), PermissionSetId: forTheService.Id, IsActive: true };
  add('PermissionSetAssignment', { ...assignment, Id: recordId('0Pa', 1) });
}

/** The row by which a permission set is found and assigned; its id stays when the set is deployed anew. */
export function storePermissionSet(place: Place, { name, label, description }: PermissionSet): void {
  const { store } = place;
  const [known] = [...store.live('PermissionSet')].filter(({ Name }) => Name === name);
  const about = { Name: name, Label: label, Description: description, NamespacePrefix: null };
  const row = {
    ...systemFieldsAt(place),
    IsCustom: true,
    IsOwnedByProfile: false,
    Type: 'Regular',
    ...known,
    ...about,
  };
  store.put('PermissionSet', { ...row, Id: known?.Id ?? recordId('0PS', store.count('PermissionSet') + 1) });
}

export function systemFieldsAt({ now }: Place) {
  const stamp = salesforceDateTime(now());
  const by = { CreatedById: ADMIN_ID, LastModifiedById: ADMIN_ID };
  return { CreatedDate: stamp, LastModifiedDate: stamp, SystemModstamp: stamp, ...by };
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
    profile: ADMIN_PROFILE,
    Username: ADMIN,
    FirstName: 'Ada',
    LastName: 'Admin',
    Name: 'Ada Admin',
    Email: 'admin@sandbox.example',
    Alias: 'admin',
  },
  {
    profile: API_PROFILE,
    Username: INTEGRATION_USER,
    LastName: 'NPS Integration',
    Name: 'NPS Integration',
    Email: 'nps.integration@sandbox.example',
    Alias: 'npsint',
  },
];
