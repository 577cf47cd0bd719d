import type { Database } from 'better-sqlite3';
import type { EventBus } from '../org/org.ts';
import type { Triggers } from '../org/rows/triggers.ts';
import type { Author } from '../org/rows/writer.ts';
import type { SourceFile } from '../org/schema/metadata-file.ts';
import { eventTriggers } from './event-triggers.ts';
import { type Flow, readFlow } from './flow.ts';
import { readFlowFiles } from './flow-file.ts';
import { flowOrg, type Lent } from './flow-org.ts';
import type { Interview } from './interview.ts';
import { recordTriggers } from './record-triggers.ts';
import { FlowsRefused } from './refused.ts';
import { run, subflowRunner } from './run.ts';
import { openRuns, type Run } from './runs.ts';
import { scheduledFlows } from './scheduled.ts';

/** A flow as the sandbox's pages show it. */
export interface FlowState extends Pick<Flow, 'name' | 'label' | 'isActive' | 'start'> {
  /** When its schedule has it run again. */
  next: Date | undefined;
  /** The last time it ran by itself; not kept for flows that records or other flows set off. */
  run: Run | undefined;
}

/** The flows of an org and what sets them off. */
export interface Flows extends Triggers {
  /** Takes the flows among these files in place of those it had. Throws FlowsRefused; then it keeps what it had. */
  load(source: readonly SourceFile[]): void;
  /** Every flow by name. */
  all(): FlowState[];
  /** The next time a scheduled flow falls due after a moment; undefined when none does. */
  nextDue(after: Date): Date | undefined;
  /** Runs the scheduled flows that fell due since they last ran. */
  runDue(): void;
  /** Runs an active scheduled flow at once; false when the org has none of that name. */
  runNow(name: string): boolean;
  /** Forgets when flows ran. */
  forget(): void;
}

interface Parts extends Lent {
  database: Database;
  bus: EventBus;
  /** In system context: with rights over everything, in the name of somebody; of the Default Workflow User if nobody. */
  system(by: Author | undefined): Author;
  /** The org's time zone, `Europe/Berlin`. */
  zone(): string;
}

export function openFlows(parts: Parts): Flows {
  const { database, bus, schema, store, formulasFor, now, zone, system } = parts;
  const runs = openRuns(database);
  let byName: ReadonlyMap<string, Flow> = new Map();
  let active: readonly Flow[] = [];

  const runSubflow = subflowRunner((name) => byName.get(name));
  const around = {
    flows: () => active,
    runs,
    now,
    open: (by?: Author) => flowOrg(parts, system(by)),
    transaction: store.transaction,
    run: (flow: Flow, interview: Interview) => run(flow, interview, runSubflow),
  };
  const onRecord = recordTriggers({ ...around, formulasFor });
  const onEvent = eventTriggers({ ...around, bus });
  const scheduled = scheduledFlows({ ...around, zone });

  return {
    ...onRecord,
    load(source) {
      const { files, unreadable } = readFlowFiles(source);
      const fileNamed = new Map(files.map((file) => [file.name, file]));
      const read = files.map((file) => readFlow(file, schema, fileNamed));
      const problems = [...unreadable, ...read.flatMap((each) => ('problems' in each ? each.problems : []))];
      if (problems.length > 0) throw new FlowsRefused(problems);
      const flows = read.flatMap((each) => ('flow' in each ? [each.flow] : []));
      byName = new Map(flows.map((flow) => [flow.name, flow]));
      active = flows.filter(({ isActive }) => isActive).toSorted((one, other) => one.order - other.order);
      onEvent.listen();
      scheduled.notice();
    },
    all: () =>
      [...byName.values()].map((flow) => ({
        name: flow.name,
        label: flow.label,
        isActive: flow.isActive,
        start: flow.start,
        next: scheduled.next(flow),
        run: runs.get(flow.name),
      })),
    nextDue: scheduled.nextDue,
    runDue: scheduled.runDue,
    runNow: scheduled.runNow,
    forget: runs.clear,
  };
}
