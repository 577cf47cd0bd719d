import type { FlowState } from '../flows/flows.ts';

/** A flow as a row of the overview; dates as ISO texts. */
export interface FlowRow {
  name: string;
  label: string;
  isActive: boolean;
  /** What sets it off, in words. */
  starts: string;
  next: string | undefined;
  lastRun: string | undefined;
  failures: readonly string[];
  interviews: number;
  /** Whether it can be run at once. */
  canRun: boolean;
}

const ORDER: FlowState['start']['kind'][] = ['schedule', 'record', 'event', 'call'];

/** The org's flows: those that a time sets off first, the soonest on top, those that others call last. */
export function flowsView(flows: readonly FlowState[]): FlowRow[] {
  const place = ({ start }: FlowState) => ORDER.indexOf(start.kind);
  const next = (flow: FlowState) => flow.next?.getTime() ?? Number.MAX_SAFE_INTEGER;
  return flows.toSorted((one, other) => place(one) - place(other) || next(one) - next(other)).map(rowOf);
}

function rowOf(flow: FlowState): FlowRow {
  const { name, label, isActive, start, run } = flow;
  return {
    name,
    label,
    isActive,
    starts: inWords(start),
    next: flow.next?.toISOString(),
    lastRun: run?.lastRun?.toISOString(),
    failures: run?.failures ?? [],
    interviews: run?.interviews ?? 0,
    canRun: isActive && start.kind === 'schedule',
  };
}

function inWords(start: FlowState['start']): string {
  switch (start.kind) {
    case 'schedule':
      return { Once: 'Once', Daily: 'Every day', Weekly: 'Every week' }[start.schedule.frequency];
    case 'record': {
      const change = start.onCreate ? (start.onUpdate ? 'created or changed' : 'created') : 'changed';
      return `${start.sobject.label} ${change}, ${start.isBeforeSave ? 'before' : 'after'} the save`;
    }
    case 'event':
      return `${start.sobject.label} published`;
    case 'call':
      return 'Called by other flows';
  }
}
