import type { Routing } from '../loop/ports.ts';
import type { RoutingRule } from '../nps/routing.ts';
import type { Settings } from '../nps/settings.ts';
import type { Calls, Row } from './calls.ts';
import { userFields, userFrom } from './people.ts';
import { text } from './rows.ts';
import { list } from './soql.ts';

/** What `ownerQueries` found. */
export interface OwnerRows {
  named: readonly Row[];
  queues: readonly Row[];
}

/** The people and queues that rules and settings name, for the reads that answers are routed by. */
export function ownerQueries(
  rules: readonly RoutingRule[],
  { executive }: Settings,
): Record<keyof OwnerRows, string | null> {
  const users = [...namesFor('User', rules), ...notifiedUsers(rules), ...(executive === null ? [] : [executive])];
  const queues = namesFor('Queue', rules);
  return {
    named: users.length > 0 ? `SELECT Username, ${userFields()} FROM User WHERE Username IN ${list(users)}` : null,
    queues:
      queues.length > 0
        ? `SELECT Id, DeveloperName FROM Group WHERE Type = 'Queue' AND DeveloperName IN ${list(queues)}`
        : null,
  };
}

export function namedOwners(
  { named, queues }: OwnerRows,
  { executive }: Settings,
): Pick<Routing['owners'], 'users' | 'queues' | 'executive'> {
  const users = new Map(
    named.flatMap((row) => userFrom(row).map((user) => [text(row.Username).toLowerCase(), user] as const)),
  );
  return {
    users,
    executive: users.get((executive ?? '').toLowerCase()) ?? null,
    queues: new Map(queues.map((row) => [text(row.DeveloperName).toLowerCase(), text(row.Id)])),
  };
}

/** Which of the rules' account conditions each account meets; asks nothing when no rule has one. */
export async function conditionsMet(
  calls: Calls,
  rules: readonly RoutingRule[],
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const conditions = [...new Set(usable(rules).flatMap(({ accountCondition }) => accountCondition ?? []))];
  if (conditions.length === 0 || accountIds.length === 0) return new Map();
  const rows = await calls.select(
    Object.fromEntries(
      conditions.map((condition, index) => [
        `condition${index}`,
        `SELECT Id FROM Account WHERE Id IN ${list(accountIds)} AND (${condition})`,
      ]),
    ),
  );
  const met = conditions.map((condition, index) => ({
    condition,
    ids: new Set(rows[`condition${index}`]?.map((row) => text(row.Id))),
  }));
  return new Map(
    accountIds.map((id) => [id, new Set(met.filter(({ ids }) => ids.has(id)).map(({ condition }) => condition))]),
  );
}

function namesFor(role: RoutingRule['ownerRole'], rules: readonly RoutingRule[]): string[] {
  return usable(rules).flatMap(({ ownerRole, ownerName }) => (ownerRole === role && ownerName ? [ownerName] : []));
}

function notifiedUsers(rules: readonly RoutingRule[]): string[] {
  return usable(rules).flatMap(({ notifyRole, notifyName }) =>
    notifyRole === 'User' && notifyName ? [notifyName] : [],
  );
}

function usable(rules: readonly RoutingRule[]): RoutingRule[] {
  return rules.filter(({ active, problem }) => active && problem === null);
}
