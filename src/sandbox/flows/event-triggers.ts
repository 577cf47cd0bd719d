import type { EventBus } from '../org/org.ts';
import type { Flow } from './flow.ts';
import type { FlowOrg } from './flow-org.ts';
import { beginInterview, type Interview } from './interview.ts';
import type { Runs } from './runs.ts';
import { failureOf } from './scheduled.ts';

interface Parts {
  bus: EventBus;
  /** The active flows. */
  flows(): readonly Flow[];
  runs: Runs;
  now: () => Date;
  open(): FlowOrg;
  transaction(work: () => void): void;
  run(flow: Flow, interview: Interview): void;
}

/** Runs the flows that a platform event sets off: in a transaction of their own, whoever published it. */
export function eventTriggers({ bus, flows, runs, now, open, transaction, run }: Parts): { listen(): void } {
  let deaf: (() => void)[] = [];
  return {
    /** Listens for the events of the flows there are now. */
    listen() {
      for (const stop of deaf) stop();
      deaf = flows().flatMap((flow) => {
        const { start } = flow;
        if (start.kind !== 'event') return [];
        const sobject = start.sobject.name;
        return bus.listen(sobject, ({ payload }) => {
          const interview = beginInterview(open(), new Map([['$Record', { sobject, fields: payload }]]));
          if (!start.meets(interview)) return;
          const failures: string[] = [];
          try {
            transaction(() => run(flow, interview));
          } catch (error) {
            failures.push(failureOf(error));
          }
          runs.set(flow.name, { until: now(), lastRun: now(), interviews: 1, failures });
        });
      });
    },
  };
}
