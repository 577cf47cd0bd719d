import type { Score } from '../../nps/score.ts';
import type { Evidence } from '../../nps/verdict.ts';

/** An answer as it was given on the page. */
export interface GivenAnswer {
  surveyKey: string;
  accountId: string;
  trigger: string;
  language: string;
  score: Score;
  verbatim: string;
  evidence: Evidence;
  answeredAt: string;
}

/** A mail that a customer wrote back. */
export interface CustomerReply {
  /** Names the mail, lower-case hex. */
  id: string;
  surveyKey: string;
  /** As the mail says it: `Ann Lee <ann@acme.example>`. */
  from: string;
  subject: string;
  /** What was written, without what was quoted and the signature. */
  text: string;
  fullText: string;
  /** Names of the files that came along; they are not kept. */
  attachments: readonly string[];
  /** The score the mail begins with. */
  score: Score | null;
  at: string;
}
