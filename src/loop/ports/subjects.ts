import type { SubjectVariant } from '../../nps/subject.ts';
import type { SubjectComparison, SubjectRecord } from '../../nps/subject-comparison.ts';

/** What became of a trigger's mails, by subject. */
export interface SubjectHistory {
  trigger: string;
  /** Since when both subjects were sent. */
  from: Date;
  records: Record<SubjectVariant, SubjectRecord>;
}

/** A trigger's two subjects, compared. */
export interface ComparedSubjects extends SubjectHistory, SubjectComparison {
  /** As they stand in the trigger's record today; empty when there is none. */
  subjects: Record<SubjectVariant, string>;
  /** Mails sent from this moment on are left out: they may still be answered. */
  until: Date;
}

/** Compares the subjects of mails sent since `since`; without it, of the last 365 days. */
export type SubjectReader = (since: Date | undefined) => Promise<readonly ComparedSubjects[]>;
