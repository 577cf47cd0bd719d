import { randomBytes } from 'node:crypto';
import { ADMIN, INTEGRATION_USER, type SandboxOrg } from './open-org.ts';

export interface Client {
  id: string;
  secret: string;
}

export interface Tokens {
  /** The username a client's credentials stand for or, when they are wrong, Salesforce's error code. */
  username(client: Client): { username: string } | 'invalid_client_id' | 'invalid_client';
  /** A new access token of a user, `00D...!...`. */
  issue(username: string): string;
  /** The user's id while the token is valid. */
  userId(token: string): string | undefined;
  /** The time tokens live by, which travelling does not move. */
  wall(): Date;
  /** Ends every session at once, as a revoked token would. */
  expireAll(): void;
}

/** Whoever runs the sandbox signs in with this. */
export const ADMIN_CLIENT: Client = { id: 'sandbox-admin', secret: 'sandbox-admin' };

const TWO_HOURS_MS = 2 * 60 * 60 * 1000;

/** Access tokens, which expire by wall time: moving the org's clock ends no session. `lifetimeMs` is 2 h unless given. */
export function openTokens(options: {
  org: SandboxOrg;
  service: Client;
  wall: () => Date;
  lifetimeMs?: number;
}): Tokens {
  const { org, service, wall, lifetimeMs = TWO_HOURS_MS } = options;
  const clients = [
    { ...ADMIN_CLIENT, username: ADMIN },
    { ...service, username: INTEGRATION_USER },
  ];
  const sessions = new Map<string, { username: string; until: number }>();
  return {
    username({ id, secret }) {
      const client = clients.find((each) => each.id === id);
      if (!client) return 'invalid_client_id';
      return client.secret === secret ? { username: client.username } : 'invalid_client';
    },
    issue(username) {
      const token = `${org.id.slice(0, 15)}!AQ0AQ${randomBytes(64).toString('base64url')}`;
      sessions.set(token, { username, until: wall().getTime() + lifetimeMs });
      return token;
    },
    userId(token) {
      const session = sessions.get(token);
      if (!session) return undefined;
      if (session.until > wall().getTime()) return org.userId(session.username);
      sessions.delete(token);
      return undefined;
    },
    wall,
    expireAll: () => sessions.clear(),
  };
}
