import { toSecond } from './days.ts';
import { type Score, type Segment, segmentOf } from './score.ts';
import { counts, type Evidence, firstVerdict, type Verdict } from './verdict.ts';

/** One response, as far as answers change it. A survey has one, however often it is answered. */
export interface Response {
  score: Score;
  segment: Segment;
  verdict: Verdict;
  verdictReason: string;
  verbatim: string;
  respondedAt: Date;
  correctedAt: Date | null;
  previousScore: Score | null;
}

export interface Answer {
  score: Score;
  verbatim: string;
  evidence: Evidence;
  answeredAt: Date;
}

/**
 * The response after one more answer. The same answer taken twice changes nothing; a later one corrects score and
 * comment and leaves `respondedAt`; an answer without proof of a person never changes one that counts already, and a
 * void response stays void.
 */
export function withAnswer(response: Response | undefined, answer: Answer): Response {
  const answeredAt = toSecond(answer.answeredAt);
  const { verdict, reason: verdictReason } = firstVerdict(answer.evidence);
  if (!response) {
    return {
      score: answer.score,
      segment: segmentOf(answer.score),
      verdict,
      verdictReason,
      verbatim: answer.verbatim,
      respondedAt: answeredAt,
      correctedAt: null,
      previousScore: null,
    };
  }
  const latest = response.correctedAt ?? response.respondedAt;
  if (answeredAt < latest || response.verdict === 'Void') return response;
  if (counts(response.verdict) && verdict === 'Provisional') return response;
  const verbatim = answer.verbatim === '' ? response.verbatim : answer.verbatim;
  if (answer.score === response.score && verbatim === response.verbatim) {
    return counts(response.verdict) ? response : { ...response, verdict, verdictReason };
  }
  return {
    score: answer.score,
    segment: segmentOf(answer.score),
    verdict,
    verdictReason,
    verbatim,
    respondedAt: response.respondedAt,
    correctedAt: answeredAt,
    previousScore: answer.score === response.score ? response.previousScore : response.score,
  };
}
