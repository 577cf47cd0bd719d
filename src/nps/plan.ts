import { DAY_MS, dateOfDay, dayOfDate, utcDay } from './days.ts';
import { type Candidate, decideInTurn } from './decide-in-turn.ts';
import type { AccountFacts, Decision, Occasion, SuppressionCode, TriggerKind, TriggerRule } from './eligibility.ts';
import { type Moment, momentKey } from './moment.ts';

/** A moment that has not been decided yet, or was deferred. */
export interface AwaitedMoment {
  moment: Moment;
  /** The rule it is decided by; undefined when no record has its name. */
  trigger: TriggerRule | undefined;
  accountId: string;
  contactId: string | null;
  /** The UTC day, counted from 1970-01-01, from which on it can be decided. */
  dueDay: number;
  /** When it was first decided, for one that was deferred then. */
  since?: Date;
}

export type PlannedOutcome =
  | { status: 'Sent' }
  | { status: 'Suppressed'; code: SuppressionCode; reason: string }
  /** Still waiting when the plan ends; `notBefore` is YYYY-MM-DD. */
  | { status: 'Deferred'; code: SuppressionCode; reason: string; notBefore: string };

/** What would become of one moment, be it a survey or a renewal mail. Dates are YYYY-MM-DD. */
export interface PlannedSurvey {
  key: string;
  kind: TriggerKind;
  trigger: string;
  sourceId: string;
  anchorDate: string;
  dueOn: string;
  /** The day of the survey or of the last word against it. */
  decidedOn: string;
  account: { id: string; name: string };
  contact: { id: string; name: string } | null;
  csm: { id: string; name: string } | null;
  outcome: PlannedOutcome;
  /** The survey of this very plan that is sent in its place, because there must be days between surveys. */
  insteadOf: { trigger: string; on: string } | null;
}

export interface PlanFacts extends Pick<Occasion, 'mayBeMailed' | 'settings' | 'now'> {
  moments: readonly AwaitedMoment[];
  accounts: ReadonlyMap<string, AccountFacts>;
  /** How many days after today the plan reaches. */
  days: number;
}

/**
 * What the coming days would send if nothing changed: every moment is decided on its day by the service's own rules,
 * with the surveys of the days before counted in; deferred ones are taken up again on theirs.
 */
export function planAhead({ moments, accounts, now, days, ...circumstances }: PlanFacts): PlannedSurvey[] {
  const today = utcDay(now);
  const startOf = (day: number) => (day === today ? now : new Date(day * DAY_MS));
  const known = new Map(accounts);
  const sent = new Map<string, PlannedSurvey>();
  const planned: PlannedSurvey[] = [];
  let waiting = moments.map(
    (awaited): Waiting => ({ ...awaited, happenedAt: awaited.since ?? startOf(Math.max(awaited.dueDay, today)) }),
  );

  for (let day = today; day <= today + days; day += 1) {
    const [due = [], later = []] = [true, false].map((isDue) =>
      waiting.filter(({ dueDay }) => dueDay <= day === isDue),
    );
    waiting = later;
    for (const [accountId, meeting] of Map.groupBy(due, (one) => one.accountId)) {
      const candidates = meeting.map(candidateOf);
      for (const turn of decideInTurn(candidates, known.get(accountId), { ...circumstances, now: startOf(day) })) {
        const { candidate, decision, account } = turn;
        const again = decision.send || !decision.notBefore ? undefined : dayOfDate(decision.notBefore);
        if (again !== undefined && again > day && again <= today + days) {
          waiting.push({ ...candidate.awaited, dueDay: again });
          continue;
        }
        const survey = plannedSurvey(candidate.awaited, { decision, account, day, rival: sent.get(accountId) });
        planned.push(survey);
        if (account) known.set(accountId, account);
        if (decision.send && survey.kind === 'Survey') sent.set(accountId, survey);
      }
    }
  }
  return planned;
}

interface Waiting extends AwaitedMoment {
  happenedAt: Date;
}

function candidateOf(awaited: Waiting): Candidate & { awaited: Waiting } {
  const { trigger, moment, contactId, happenedAt } = awaited;
  return { awaited, trigger, triggerName: moment.trigger, contactId: contactId ?? undefined, happenedAt };
}

interface Came {
  decision: Decision;
  account: AccountFacts | undefined;
  day: number;
  rival: PlannedSurvey | undefined;
}

function plannedSurvey(
  { moment, trigger, accountId, happenedAt }: Waiting,
  { decision, account, day, rival }: Came,
): PlannedSurvey {
  const { contact } = decision;
  return {
    key: momentKey(moment),
    kind: trigger?.kind ?? 'Survey',
    ...moment,
    dueOn: dateOfDay(utcDay(happenedAt)),
    decidedOn: dateOfDay(day),
    account: { id: accountId, name: account?.name ?? 'unknown account' },
    contact: contact ? { id: contact.id, name: contact.name } : null,
    csm: decision.send ? { id: decision.csm.id, name: decision.csm.name } : null,
    outcome: outcomeOf(decision),
    insteadOf: rival && isTooSoon(decision) ? { trigger: rival.trigger, on: rival.decidedOn } : null,
  };
}

function outcomeOf(decision: Decision): PlannedOutcome {
  if (decision.send) return { status: 'Sent' };
  const { code, reason, notBefore } = decision;
  return notBefore ? { status: 'Deferred', code, reason, notBefore } : { status: 'Suppressed', code, reason };
}

function isTooSoon(decision: Decision): boolean {
  return !decision.send && ['ACCOUNT_ASKED_RECENTLY', 'CONTACT_ASKED_RECENTLY'].includes(decision.code);
}
