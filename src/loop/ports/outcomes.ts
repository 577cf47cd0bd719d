import type { DepartureFacts, DetractorAnswer } from '../../nps/departure.ts';
import type { FollowedAnswer, MetricRow } from '../../nps/metrics.ts';

/** A mark that reports need and only the service can make, because it follows from settings or from other records. */
export type OutcomeMark =
  | { of: 'opportunity'; id: string; isRenewal: boolean }
  /** The day is YYYY-MM-DD. */
  | { of: 'account'; id: string; leftOn: string }
  | { of: 'response'; id: string; isJudged: boolean }
  /** What the account of a response pays a year. */
  | { of: 'revenue'; id: string; revenue: number };

/** When metrics were measured, and how many days back answers counted. */
export interface Measured {
  at: Date;
  windowDays: number;
}

/** What became of customers, as far as the service marks it for reports. */
export interface Outcomes {
  /** Opportunities whose mark as a renewal is not what the settings say, with the mark they should have. */
  wrongRenewals(): Promise<OutcomeMark[]>;
  /** Accounts that show a sign of departure and bear no day of one. */
  departureFacts(): Promise<DepartureFacts[]>;
  /** Counted answers of detractors given before `before`, and the ids of all that are marked as judged. */
  detractorAnswers(before: Date): Promise<{ answers: DetractorAnswer[]; judged: ReadonlySet<string> }>;
  /** Responses that do not say what their account pays, though the account does. */
  missingRevenues(): Promise<OutcomeMark[]>;
  /** Every counted answer given since `from`, with what followed. */
  followedAnswers(from: Date): Promise<FollowedAnswer[]>;
  /** Writes what the metrics come to, with how they were measured. @throws when one is refused */
  writeMetrics(rows: readonly MetricRow[], measured: Measured): Promise<void>;
  /** Writes marks, each by itself; says why some were refused. */
  writeOutcomes(marks: readonly OutcomeMark[]): Promise<string[]>;
}
