import { clausesOf, isDenied, isNegation } from './clauses.ts';
import { lexiconOf } from './lexicons.ts';
import { mentions } from './phrases.ts';

/** What a comment sounds like, whatever its score. */
export type Sentiment = 'Positive' | 'Neutral' | 'Negative';

/** An admin's words and phrases, in any language; see `saidPhrase`. */
export interface SentimentWords {
  positive: readonly string[];
  negative: readonly string[];
}

/** A phrase is worth as much as a strong word of a list. */
const PHRASE_WORTH = 3;
/** Less than one weak word judges nothing. */
const ENOUGH = 1;

/**
 * What a comment sounds like: the sum of its words' worth, by the lexicon of its language and the admin's words. What
 * is denied counts for the opposite: "not bad", "never a problem". Null without a comment, and where nobody can tell:
 * in a language that has no lexicon, unless one of the admin's words is said.
 *
 * @param language BCP 47 tag of the language the contact is written to in
 */
export function sentimentOf(comment: string, language: string, own: SentimentWords): Sentiment | null {
  if (comment.trim() === '') return null;
  const lexicon = lexiconOf(language);
  const said = [own, ...(lexicon ? [lexicon] : [])].flatMap((words) => [
    ...worths(comment, words.positive, PHRASE_WORTH),
    ...worths(comment, words.negative, -PHRASE_WORTH),
  ]);
  if (!lexicon && said.length === 0) return null;
  const words = clausesOf(comment).flatMap((clause) =>
    clause.map((word, at) => {
      const worth = isNegation(word) ? 0 : (lexicon?.worth(word) ?? 0);
      return isDenied(clause, at) ? -worth : worth;
    }),
  );
  const total = [...words, ...said].reduce((sum, worth) => sum + worth, 0);
  if (total >= ENOUGH) return 'Positive';
  return total <= -ENOUGH ? 'Negative' : 'Neutral';
}

function worths(comment: string, phrases: readonly string[], worth: number): number[] {
  return mentions(comment, phrases).map(({ denied }) => (denied ? -worth : worth));
}
