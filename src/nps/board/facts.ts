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
  standing: Standing;
}
