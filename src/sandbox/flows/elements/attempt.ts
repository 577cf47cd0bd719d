import { OrgError } from '../../org/org-error.ts';
import { LimitReached } from '../flow-org.ts';
import { FlowFault } from '../interview.ts';

/**
 * Does something to the org; what the org refuses becomes a fault in Salesforce's words ("tried to create records").
 * Limits and what the sandbox leaves out are no faults: no fault path hides them.
 */
export function attempt<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof OrgError) || error instanceof LimitReached || error.errorCode === 'NOT_IMPLEMENTED')
      throw error;
    const advice = 'You can look up ExceptionCode values in the SOAP API Developer Guide.';
    throw new FlowFault(
      `This error occurred when the flow tried to ${what}: ${error.errorCode}: ${error.message}. ${advice}`,
    );
  }
}
