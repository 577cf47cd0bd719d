import type { FlowOrg } from './flow-org.ts';
import type { FlowItem, FlowValue } from './values.ts';

/** One run of a flow: what its resources hold just now. */
export interface Interview {
  /** Of variables, of what elements hand on, and of `$Record` and `$Record__Prior`; absent is null. */
  readonly values: Map<string, FlowValue>;
  /** Where loops are that have begun and not ended. */
  readonly loops: Map<string, { items: readonly FlowItem[]; next: number }>;
  readonly org: FlowOrg;
  /** `$Flow.FaultMessage` */
  fault: string | null;
  /** When it began; `$Flow.InterviewStartTime`. */
  readonly began: Date;
}

export function beginInterview(org: FlowOrg, values: Interview['values'] = new Map()): Interview {
  return { values, loops: new Map(), org, fault: null, began: org.now() };
}

/** A failure that a fault path may take up; its message is `$Flow.FaultMessage`. */
export class FlowFault extends Error {
  override readonly name = 'FlowFault';
}
