/** The answer to the standard question, 0 to 10. */
export type Score = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;

/** The three groups of the Net Promoter method: 9-10, 7-8 and 0-6. */
export type Segment = 'Promoter' | 'Passive' | 'Detractor';

/** Every score, in the order a mail shows them. */
export const SCORES: readonly Score[] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

const WRITTEN = SCORES.map(String);

/** Reads a score as a form or a link writes it ("0" to "10", nothing else); anything else is undefined. */
export function scoreFrom(text: string): Score | undefined {
  return SCORES[WRITTEN.indexOf(text)];
}

/** The segment of a score: 9-10 Promoter, 7-8 Passive, 0-6 Detractor. */
export function segmentOf(score: Score): Segment {
  if (score >= 9) return 'Promoter';
  return score >= 7 ? 'Passive' : 'Detractor';
}
