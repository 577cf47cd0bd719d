import { type Row, tested } from './row.ts';

/** Who may do what, signing in, events and limits. */
export const USERS: Record<string, Row[]> = {
  'Who may do what': [
    tested(
      'Permission sets: objects, fields, user permissions',
      'org/grants.test.ts',
      'the service’s permission set is assigned at founding; taken away, nothing is left; given back, all is',
      'permission set groups and licences are not known; three profiles are built in',
    ),
    tested(
      'Field-level security',
      'org/grants.test.ts',
      'a field that is only read is refused by name when it is written',
    ),
    tested('Custom metadata types', 'org/grants.test.ts', 'custom metadata is read only with its own grant'),
    tested(
      'Sharing: owners, roles, defaults, parents',
      'org/sharing.test.ts',
      'by their owner and by those above, not by colleagues of the same role',
      'no sharing rules, teams, manual shares or groups',
    ),
    tested('View All and Modify All', 'org/grants.test.ts', 'with View All, but not Modify All, they are read-only'),
    tested(
      'Private activities',
      'org/sharing.test.ts',
      'a Task is read with its account, but edited only by its owner and those above',
    ),
  ],
  'Signing in': [
    tested(
      'Client credentials',
      'org/session.test.ts',
      'client credentials give a token of the org, for the user behind them',
    ),
    tested(
      'JWT bearer',
      'org/sign-in.test.ts',
      'jsforce signs in with an assertion, as the user it is about',
      'an admin approved two users; assertions may be used again until they expire',
    ),
    tested(
      'Expired and revoked tokens',
      'org/sign-in.test.ts',
      'a revoked token is over at once; nobody can revoke it twice',
    ),
    {
      what: 'Web server, refresh token and SOAP sign-in',
      support: 'no',
      note: 'refused: unsupported_grant_type',
      probe: { test: 'a token request with %o is refused', in: 'test/sandbox/org/session.test.ts' },
    },
  ],
  Events: [
    tested(
      'Publishing by REST, after the commit',
      'org/events.test.ts',
      'an event of a graph that fails is never heard of',
    ),
    tested(
      'Pub/Sub API: subscribe, publish, replay',
      'bus/pubsub.test.ts',
      'a subscription never gets more events than it asked for',
      'no managed subscriptions',
    ),
    tested(
      'Read to subscribe, Create to publish',
      'bus/pubsub.test.ts',
      'without Read on the event there is no such topic, without Create nothing to publish on',
    ),
  ],
  Limits: [
    tested(
      'Sforce-Limit-Info and the daily limit',
      'org/rules.test.ts',
      'when the day’s calls are used up, every call is refused until the limit is lifted',
      'counted from the start or the last reset, not over 24 hours',
    ),
    {
      what: 'Limits',
      support: 'partly',
      note: 'DailyApiRequests only',
      probe: { method: 'GET', path: '/limits', answers: 200 },
    },
  ],
};
