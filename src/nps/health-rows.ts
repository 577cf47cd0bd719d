import { utcDate } from './days.ts';
import type { MomentSource } from './due-moments.ts';
import type { TriggerRule } from './eligibility.ts';
import { type HealthRow, healthKey, type ShownRow } from './health.ts';
import type { RoutingRule } from './routing.ts';
import type { Segment } from './score.ts';
import type { Sequence } from './sequence.ts';
import { SHIPPED_FLOWS, standsDown } from './shipped-flows.ts';

/** What a lane's dead letters are, in the words of those who run the programme. */
const DEAD_LETTERS = {
  event: 'lifecycle moments could not be decided',
  answer: 'answers could not be stored',
  mail: 'mails could not be handed over',
  receipt: 'facts about mails or opt-outs could not be written to Salesforce',
  command: 'requests of people could not be carried out',
  reply: 'replies of customers could not be written back',
};

export interface DeadLetter {
  lane: keyof typeof DEAD_LETTERS;
  reason: string;
  at: Date;
}

/** A row for each lane. The reasons themselves may name people; Salesforce's codes in them do not. */
export function deadLetterRows(dead: readonly DeadLetter[]): HealthRow[] {
  return Object.entries(DEAD_LETTERS).map(([lane, what]) => {
    const letters = dead.filter((letter) => letter.lane === lane);
    const row = { key: healthKey('Dead Letters', lane), kind: 'Dead Letters' as const, count: letters.length };
    const last = letters.toSorted((one, other) => one.at.getTime() - other.at.getTime()).at(-1);
    if (!last) return { ...row, state: 'OK', message: '' };
    const code = /\b[A-Z]+(?:_[A-Z]+)+\b/.exec(last.reason)?.[0];
    const cause = code ? `; Salesforce said ${code}` : '';
    const message = `${letters.length} ${what}, the last on ${utcDate(last.at)}${cause}. The service names each in its log when it starts.`;
    return { ...row, state: 'Warning', message };
  });
}

/** Responses that were stored without a part that the org refused; it is tried again every night. */
export function writeErrorsRow(count: number): HealthRow {
  const row = { key: healthKey('Write Errors'), kind: 'Write Errors' as const, count };
  if (count === 0) return { ...row, state: 'OK', message: '' };
  const message = `${count} NPS Responses were stored without a part that Salesforce refused; their field Write Error says which. Mend what it names: the service tries again every night.`;
  return { ...row, state: 'Warning', message };
}

/** The settings' own row. @param problem why nobody is asked, null when they can be used */
export function settingsRow(problem: string | null): HealthRow {
  const row = { key: healthKey('Settings'), kind: 'Settings' as const, count: null };
  return problem === null ? { ...row, state: 'OK', message: '' } : { ...row, state: 'Disabled', message: problem };
}

/** A row for each trigger; one whose record is gone has nothing to say any more. */
export function triggerRows(
  triggers: readonly Pick<TriggerRule, 'name' | 'problem' | 'active'>[],
  shown: ReadonlyMap<string, HealthRow>,
): HealthRow[] {
  const rows = triggers.map(({ name, problem, active }): HealthRow => {
    const row = { key: healthKey('Trigger', name), kind: 'Trigger' as const, count: null };
    if (problem !== null) return { ...row, state: 'Disabled', message: problem };
    return { ...row, state: 'OK', message: active ? '' : 'This trigger is not active.' };
  });
  return [...rows, ...goneRows('Trigger', rows, shown)];
}

/** A row for each routing rule. With none that works no answer makes a Task, which nobody would notice otherwise. */
export function routingRuleRows(
  rules: readonly Pick<RoutingRule, 'name' | 'problem' | 'active'>[],
  shown: ReadonlyMap<string, HealthRow>,
): HealthRow[] {
  const rows = rules.map(({ name, problem, active }): HealthRow => {
    const row = { key: healthKey('Routing Rule', name), kind: 'Routing Rule' as const, count: null };
    if (problem !== null) return { ...row, state: 'Disabled', message: problem };
    return { ...row, state: 'OK', message: active ? '' : 'This routing rule is not active.' };
  });
  const works = rules.some(({ active, problem }) => active && problem === null);
  const none: HealthRow = {
    key: healthKey('Routing Rule'),
    kind: 'Routing Rule',
    count: null,
    ...(works
      ? { state: 'OK', message: '' }
      : {
          state: 'Warning',
          message:
            'No NPS Routing Rule record is active and can be used, so no answer makes a Task. Activate one in Setup, Custom Metadata Types.',
        }),
  };
  return [none, ...rows, ...goneRows('Routing Rule', [none, ...rows], shown)];
}

/** Records that are gone have nothing to say any more. */
function goneRows(
  kind: 'Trigger' | 'Routing Rule',
  rows: readonly HealthRow[],
  shown: ReadonlyMap<string, HealthRow>,
): HealthRow[] {
  const known = new Set(rows.map(({ key }) => key));
  const gone = [...shown.values()].filter((row) => row.kind === kind && !known.has(row.key));
  const message = `There is no such NPS ${kind} record any more.`;
  return gone.map(({ key }) => ({ key, kind, state: 'OK', message, count: null }));
}

/** A row for each sequence: a step that cannot be used holds its own sequence, or its escalation. */
export function sequenceRows(sequences: ReadonlyMap<Segment, Sequence>): HealthRow[] {
  return [...sequences].map(([segment, { steps, problem, escalation }]) => {
    const row = { key: healthKey('Sequence', segment), kind: 'Sequence' as const, count: null };
    const problems = [problem, escalation.problem].filter((one) => one !== null);
    if (problems.length > 0) return { ...row, state: 'Disabled', message: problems.join(' ') };
    return { ...row, state: 'OK', message: steps.length === 0 ? 'This sequence has no active step.' : '' };
  });
}

/** A row for each shipped flow whose trigger can be used: whether the flow serves it, or stands down for the sweep. */
export function flowRows(
  triggers: readonly (Pick<TriggerRule, 'name' | 'problem' | 'active'> & { source: MomentSource | null })[],
): HealthRow[] {
  return triggers
    .filter(({ name, problem }) => problem === null && SHIPPED_FLOWS.has(name))
    .map(({ name, source, active }) => {
      const row = { key: healthKey('Flow', name), kind: 'Flow' as const, count: null };
      const reason = active ? standsDown(name, source) : undefined;
      return reason === undefined
        ? { ...row, state: 'OK', message: '' }
        : { ...row, state: 'Warning', message: reason };
    });
}

const SILENT_AFTER_MS = 2 * 86_400_000;

/** Flows that should have run every day and have not told of a run lately: in production flows arrive inactive. */
export function silentFlows(
  triggers: readonly (Pick<TriggerRule, 'name' | 'problem' | 'active'> & { source: MomentSource | null })[],
  shown: ReadonlyMap<string, ShownRow>,
  now: Date,
): string[] {
  const serving = triggers.filter(
    ({ name, problem, active, source }) => active && !problem && !standsDown(name, source),
  );
  return serving.flatMap(({ name }) => {
    const flow = SHIPPED_FLOWS.get(name);
    if (!flow || flow.onTheDay) return [];
    const lastRun = shown.get(healthKey('Flow', `run-${name}`))?.checkedAt;
    if (lastRun && now.getTime() - lastRun.getTime() < SILENT_AFTER_MS) return [];
    return [
      `The flow ${flow.name} has not told of a run in two days. Activate it in Setup, Flows, or leave its trigger to the sweep, which asks up to an hour later.`,
    ];
  });
}
