import type { Score, Segment } from '../score.ts';

/** A counted answer as the summary for the board reads it. */
export interface BoardAnswer {
  key: string;
  accountId: string;
  contactId: string | null;
  score: Score;
  respondedAt: Date;
  /** What its comment is about. */
  themes: readonly string[];
  /** When it must have been followed up, and when it was; null where nobody has to, or nobody did. */
  followUpDue: Date | null;
  firstFollowUpAt: Date | null;
  /** Whether the person was asked to recommend the company, and whether they did. */
  invited: boolean;
  recommended: boolean;
  /** Whether somebody wrote down what was done about it. */
  hasActions: boolean;
  resolved: boolean;
}

/** An account that answered. */
export interface BoardAccount {
  /** What it pays a year; null when nobody knows. */
  revenue: number | null;
  /** The day it left (YYYY-MM-DD); null while it is a customer. */
  churnedOn: string | null;
}

/** A renewal that was decided. */
export interface ClosedRenewal {
  /** YYYY-MM-DD */
  closedOn: string;
  won: boolean;
  /** The segment the account had then; Stale when its answer was too old, None when there was none. */
  segment: Segment | 'Stale' | 'None';
}

/** A customer whose renewal is at risk today. */
export interface AccountAtRisk {
  name: string;
  revenue: number | null;
  /** Why, in a sentence. */
  reason: string;
  /** What is being done about it; null when nothing is on record. */
  doing: string | null;
}

/** Customers of one segment today, and what they pay a year together. */
export interface SegmentRevenue {
  segment: Segment;
  accounts: number;
  revenue: number;
}

/** How things stand today, whatever period the summary is about. */
export interface Standing {
  /** By revenue, the largest first. */
  atRisk: readonly AccountAtRisk[];
  segments: readonly SegmentRevenue[];
  openTasks: number;
  overdueTasks: number;
  sequencesRunning: number;
}

/** What the org knows for one summary. */
export interface BoardFacts {
  /** In any order; of the eight quarters up to the one that is reported. */
  answers: readonly BoardAnswer[];
  /** Those with an answer among them, by id. */
  accounts: ReadonlyMap<string, BoardAccount>;
  /** Closed in those quarters. */
  renewals: readonly ClosedRenewal[];
  standing: Standing;
}

/** Two answers of one second are told apart by their keys, so that every order they come in tells the same. */
export function oldestFirst(answers: readonly BoardAnswer[]): BoardAnswer[] {
  return answers.toSorted(
    (one, other) => one.respondedAt.getTime() - other.respondedAt.getTime() || (one.key < other.key ? -1 : 1),
  );
}
