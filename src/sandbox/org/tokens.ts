import { type KeyObject, randomBytes } from 'node:crypto';
import { ADMIN, INTEGRATION_USER, type SandboxOrg } from './open-org.ts';

export interface Client {
  id: string;
  secret: string;
}

/** Why a sign-in is refused, in OAuth's words. */
export interface Refused {
  error: string;
  error_description: string;
}

export interface Tokens {
  /** The username a client's credentials stand for. */
  username(client: Client): { username: string } | Refused;
  /** What a client's assertions are signed with; undefined when the client is unknown or registered no certificate. */
  publicKey(clientId: string): KeyObject | undefined;
  /** Whether an admin let this user sign in by the client's assertions. */
  isApproved(username: string): boolean;
  /** A new access token of a user, `00D...!...`. */
  issue(username: string): string;
  /** The user's id while the token is valid and he is active. */
  userId(token: string): string | undefined;
  /** Ends the session of a token; false when there is none. */
  revoke(token: string): boolean;
  /** The time tokens live by, which travelling does not move. */
  wall(): Date;
}

/** Whoever runs the sandbox signs in with this. */
export const ADMIN_CLIENT: Client = { id: 'sandbox-admin', secret: 'sandbox-admin' };

const TWO_HOURS_MS = 2 * 60 * 60 * 1000;

/** Access tokens, which expire by wall time: moving the org's clock ends no session. `lifetimeMs` is 2 h unless given. */
export function openTokens(options: {
  org: SandboxOrg;
  service: Client;
  /** Of the certificate registered for both clients' assertions. */
  publicKey?: KeyObject;
  wall: () => Date;
  lifetimeMs?: number;
}): Tokens {
  const { org, service, publicKey, wall, lifetimeMs = TWO_HOURS_MS } = options;
  const clients = [
    { ...ADMIN_CLIENT, username: ADMIN },
    { ...service, username: INTEGRATION_USER },
  ];
  const sessions = new Map<string, { userId: string; until: number }>();
  return {
    username({ id, secret }) {
      const client = clients.find((each) => each.id === id);
      if (!client) return UNKNOWN_CLIENT;
      if (client.secret === secret) return { username: client.username };
      return { error: 'invalid_client', error_description: 'invalid client credentials' };
    },
    publicKey: (clientId) => (clients.some(({ id }) => id === clientId) ? publicKey : undefined),
    isApproved: (username) => clients.some((client) => client.username === username),
    issue(username) {
      const token = `${org.id.slice(0, 15)}!AQ0AQ${randomBytes(64).toString('base64url')}`;
      sessions.set(token, { userId: org.userId(username), until: wall().getTime() + lifetimeMs });
      return token;
    },
    userId(token) {
      const session = sessions.get(token);
      if (session && session.until > wall().getTime() && org.isActive(session.userId)) return session.userId;
      sessions.delete(token);
      return undefined;
    },
    revoke: (token) => sessions.delete(token),
    wall,
  };
}

export const UNKNOWN_CLIENT: Refused = { error: 'invalid_client_id', error_description: 'client identifier invalid' };
