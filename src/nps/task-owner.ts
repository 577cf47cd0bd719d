import type { UserFacts } from './eligibility.ts';

/** Whom a rule gives its Task to; a User or a Queue is named by the rule. */
export type OwnerRole = 'CSM' | 'CSM Manager' | 'Account Owner' | 'User' | 'Queue';

/** Everybody a Task about one account could go to. */
export interface Owners {
  /** The CSM who asked, if one did. */
  asker: UserFacts | null;
  /** Who looks after the account today, first choice first. */
  csmCandidates: readonly UserFacts[];
  accountOwner: UserFacts | null;
  fallback: UserFacts | null;
  /** Whom the settings name for the last escalation. */
  executive: UserFacts | null;
  /** Users that rules name, by lower-case username. */
  users: ReadonlyMap<string, UserFacts>;
  /** Ids of queues that rules name, by lower-case DeveloperName. */
  queues: ReadonlyMap<string, string>;
}

export interface TaskOwner {
  /** Null when nobody at all is active: Salesforce gives the Task to the service's own user then. */
  id: string | null;
  /** The owner's time zone (IANA). */
  zone: string;
  /** Why it is not whom the rule named, in a sentence; null when it is. */
  reason: string | null;
}

/**
 * Who gets a Task. Where whoever the rule names is not active it goes to their manager, then to the fallback of the
 * settings, then to whoever looks after the account, and says so.
 */
export function taskOwner(role: OwnerRole | 'Executive', name: string | null, owners: Owners): TaskOwner {
  const csms = csmChain(owners);
  const csm = csms.find(({ active }) => active) ?? csms[0];
  const lastResort = [...(owners.fallback ? [owners.fallback] : []), ...csms];
  const named = (name ?? '').toLowerCase();
  switch (role) {
    case 'CSM':
      return firstActive(csms, 'Nobody looks after the account', lastResort);
    case 'CSM Manager':
      return firstActive(withManager(csm?.manager), `${csm?.name ?? 'The CSM'} has no manager`, lastResort);
    case 'Account Owner':
      return firstActive(withManager(owners.accountOwner), 'The account has no owner', lastResort);
    case 'Executive': {
      const above = [...(owners.fallback ? [owners.fallback] : []), ...withManager(csm?.manager), ...lastResort];
      return firstActive(withManager(owners.executive), 'The settings name no executive', above);
    }
    case 'User':
      return firstActive(withManager(owners.users.get(named)), `There is no user ${name}`, lastResort);
    case 'Queue': {
      const id = owners.queues.get(named);
      if (id === undefined) return firstActive([], `There is no queue ${name}`, lastResort);
      return { id, zone: csm?.timeZone ?? 'UTC', reason: null };
    }
  }
}

/** The CSM who asked, then those of the account, each before their manager: somebody new at the account comes first. */
function csmChain({ asker, csmCandidates }: Owners): UserFacts[] {
  const ofAccount = csmCandidates.flatMap(withManager);
  return asker === null ? ofAccount : [asker, ...ofAccount];
}

function withManager(user: UserFacts | null | undefined): UserFacts[] {
  return user ? [user, ...(user.manager ? [user.manager] : [])] : [];
}

/** @param wanted whom the rule names, and those above them; @param missing what to say when there is nobody of the kind */
function firstActive(wanted: readonly UserFacts[], missing: string, lastResort: readonly UserFacts[]): TaskOwner {
  const [named] = wanted;
  const owner = [...wanted, ...lastResort].find(({ active }) => active);
  const why = named ? `${named.name} is not active` : missing;
  if (!owner) return { id: null, zone: 'UTC', reason: `${why}, and nobody else is there to do this.` };
  const reason = owner === named ? null : `${why}, so this Task comes to ${owner.name}.`;
  return { id: owner.id, zone: owner.timeZone, reason };
}
