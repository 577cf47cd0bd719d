import { FormulaError } from '../org/formula/formula-error.ts';
import { OrgError } from '../org/org-error.ts';
import type { Flow } from './flow.ts';
import type { FlowOrg } from './flow-org.ts';
import { beginInterview, FlowFault, type Interview } from './interview.ts';
import type { Run, Runs } from './runs.ts';
import { lastDue, nextDue } from './schedule.ts';
import type { Start } from './start.ts';
import type { FlowValue } from './values.ts';

type OnSchedule = Flow & { start: Extract<Start, { kind: 'schedule' }> };

interface Parts {
  /** The active flows. */
  flows(): readonly Flow[];
  runs: Runs;
  now: () => Date;
  /** The org's own, `Europe/Berlin`. */
  zone(): string;
  /** Opens the org for one transaction, as the Default Workflow User. */
  open(): FlowOrg;
  transaction(work: () => void): void;
  run(flow: Flow, interview: Interview): void;
}

export interface ScheduledFlows {
  /** Takes notice of the flows that are active: they run when they fall due next, not for times gone by. */
  notice(): void;
  /** The next time one falls due after a moment; undefined when none does. */
  nextDue(after: Date): Date | undefined;
  /** When a flow runs next; undefined for one that does not run again, or has no schedule. */
  next(flow: Flow): Date | undefined;
  /** Runs each flow that fell due since it last ran: once, however often that was, in the order they fell due. */
  runDue(): void;
  /** Runs an active one at once, whatever its schedule says; false when there is none of that name. */
  runNow(name: string): boolean;
}

/** Runs the flows that a time sets off. */
export function scheduledFlows({ flows, runs, now, zone, open, transaction, run }: Parts): ScheduledFlows {
  const active = () => flows().filter((flow): flow is OnSchedule => flow.start.kind === 'schedule');

  const runOf = (name: string): Run =>
    runs.get(name) ?? { until: undefined, lastRun: undefined, interviews: 0, failures: [] };

  /** Runs all interviews of a flow, each a transaction of its own: one that fails undoes its own writes only. */
  const interviews = (flow: OnSchedule): Pick<Run, 'interviews' | 'failures'> => {
    const failures: string[] = [];
    const attempt = <T>(work: () => T): T | undefined => {
      try {
        return work();
      } catch (error) {
        failures.push(failureOf(error));
        return undefined;
      }
    };
    const starts = attempt(() => startsOf(flow, open())) ?? [];
    for (const values of starts) attempt(() => transaction(() => run(flow, beginInterview(open(), values))));
    return { interviews: starts.length, failures };
  };

  // What a run wrote and that it ran are kept together, so that a restart repeats nothing.
  const runAt = (flow: OnSchedule, until: Date | undefined): void =>
    runs.together(() => runs.set(flow.name, { until, lastRun: now(), ...interviews(flow) }));

  return {
    notice() {
      const names = new Set(active().map(({ name }) => name));
      for (const name of new Set([...runs.names(), ...names])) {
        const run = runOf(name);
        runs.set(name, { ...run, until: names.has(name) ? (run.until ?? now()) : undefined });
      }
    },
    nextDue(after) {
      const times = active().flatMap(({ start }) => nextDue(start.schedule, zone(), after)?.getTime() ?? []);
      return times.length > 0 ? new Date(Math.min(...times)) : undefined;
    },
    next({ start, isActive }) {
      return start.kind === 'schedule' && isActive ? nextDue(start.schedule, zone(), now()) : undefined;
    },
    runDue() {
      const due = active().flatMap((flow) => {
        const at = lastDue(flow.start.schedule, zone(), now());
        const { until } = runOf(flow.name);
        return at && until && at > until ? [{ flow, at }] : [];
      });
      for (const { flow, at } of due.toSorted((one, other) => one.at.getTime() - other.at.getTime())) runAt(flow, at);
    },
    runNow(name) {
      const flow = active().find((each) => each.name === name);
      if (flow) runAt(flow, runOf(flow.name).until);
      return flow !== undefined;
    },
  };
}

/** The sentence about a flow that failed. Throws what is no failure of a flow. */
export function failureOf(error: unknown): string {
  if (error instanceof FlowFault || error instanceof OrgError || error instanceof FormulaError) return error.message;
  throw error;
}

/** What interviews begin with: one of its own, or one for each row the start finds. */
function startsOf({ start: { rows } }: OnSchedule, org: FlowOrg): Map<string, FlowValue>[] {
  if (!rows) return [new Map()];
  const { sobject, where } = rows;
  const found = org.select(sobject.name, `SELECT Id FROM ${sobject.name} ${where(beginInterview(org))}`);
  return found.map(({ fields }) => new Map([['$Record', org.row(sobject.name, String(fields.Id))]]));
}
