import type { Database } from 'better-sqlite3';

/** A domain as `GET /v3/whitelabel/domains` lists it, as far as anybody reads it. */
export interface AuthenticatedDomain {
  id: number;
  domain: string;
  subdomain: string;
  username: string;
  default: boolean;
  valid: boolean;
}

export interface Domains {
  page(limit: number, offset: number): AuthenticatedDomain[];
  /** A new domain is not valid until it is validated. */
  add(domain: string): AuthenticatedDomain;
  validate(id: number): AuthenticatedDomain | undefined;
  /** Back to the one domain the account begins with. */
  reset(): void;
}

interface DomainRow {
  id: number;
  domain: string;
  valid: number;
}

/** The domains the account signs for, in the sandbox's database; `founding` is the first and valid from the start. */
export function openDomains(database: Database, founding: string): Domains {
  database.exec(
    'CREATE TABLE IF NOT EXISTS sendgrid_domain (id INTEGER PRIMARY KEY, domain TEXT NOT NULL, valid INTEGER NOT NULL)',
  );
  const insert = database.prepare<[string, number]>('INSERT INTO sendgrid_domain (domain, valid) VALUES (?, ?)');
  const some = database.prepare<[number, number], DomainRow>(
    'SELECT * FROM sendgrid_domain ORDER BY id LIMIT ? OFFSET ?',
  );
  const byId = database.prepare<[number | bigint], DomainRow>('SELECT * FROM sendgrid_domain WHERE id = ?');
  const makeValid = database.prepare<[number]>('UPDATE sendgrid_domain SET valid = 1 WHERE id = ?');
  const find = (id: number | bigint) => {
    const row = byId.get(id);
    return row && written(row);
  };
  if (some.all(1, 0).length === 0) insert.run(founding, 1);
  return {
    page: (limit, offset) => some.all(limit, offset).map(written),
    add(domain) {
      const { lastInsertRowid: id } = insert.run(domain, 0);
      return written({ id: Number(id), domain, valid: 0 });
    },
    validate(id) {
      makeValid.run(id);
      return find(id);
    },
    reset() {
      database.exec('DELETE FROM sendgrid_domain');
      insert.run(founding, 1);
    },
  };
}

function written({ id, domain, valid }: DomainRow): AuthenticatedDomain {
  return { id, domain, subdomain: `em${id}`, username: 'sandbox', default: id === 1, valid: valid === 1 };
}
