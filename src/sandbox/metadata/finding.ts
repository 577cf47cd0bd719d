/** `error`: an org would refuse the deploy. `warning`: it would not, but this project does. */
export type Severity = 'error' | 'warning';

export interface Finding {
  rule: string;
  file: string;
  /** Counted from 1. */
  line: number;
  message: string;
  severity: Severity;
}

/** What a rule finds; the rule's name and severity are added by the checker. */
export interface Complaint {
  file: string;
  line: number;
  message: string;
}
