import type { RunSubflow } from './elements/element.ts';
import type { Flow } from './flow.ts';
import { LimitReached } from './flow-org.ts';
import { beginInterview, FlowFault, type Interview } from './interview.ts';
import type { FlowValue } from './values.ts';

/** Far more than any flow needs, so that one whose connectors go round in a circle comes to an end. */
const MOST_ELEMENTS = 100_000;

/**
 * Runs an interview to its end; inputs go over what the variables begin with. Throws FlowFault when an element fails and
 * no fault path takes it up.
 */
export function run(
  flow: Flow,
  interview: Interview,
  runSubflow: RunSubflow,
  inputs: ReadonlyMap<string, FlowValue> = new Map(),
): void {
  flow.prepare(interview);
  for (const [name, value] of inputs) interview.values.set(name, value);
  let at = flow.first;
  for (let count = 0; at !== undefined; count++) {
    const element = flow.elements.get(at);
    if (!element) throw new Error(`The flow ${flow.name} has no element ${at}.`);
    if (count > MOST_ELEMENTS) throw new LimitReached('LIMIT_EXCEEDED', 'Apex CPU time limit exceeded');
    try {
      at = element.step(interview, runSubflow);
    } catch (error) {
      if (!(error instanceof FlowFault) || element.onFault === undefined) throw error;
      interview.fault = error.message;
      at = element.onFault;
    }
  }
}

/** Deeper than any flow calls others, so that one which calls itself comes to an end. */
const DEEPEST = 50;

/** Runs flows that others call, in the transaction of the caller. */
export function subflowRunner(flowNamed: (name: string) => Flow | undefined): RunSubflow {
  let depth = 0;
  const runSubflow: RunSubflow = (name, inputs, caller) => {
    const called = flowNamed(name);
    if (!called?.isActive) throw new FlowFault(`The flow ${name} cannot be called: it has no active version.`);
    if (depth >= DEEPEST) throw new LimitReached('LIMIT_EXCEEDED', `Flows call each other ${DEEPEST} deep at ${name}.`);
    const interview = beginInterview(caller.org);
    depth += 1;
    try {
      run(called, interview, runSubflow, inputs);
    } finally {
      depth -= 1;
    }
    return interview.values;
  };
  return runSubflow;
}
