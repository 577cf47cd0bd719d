import { type Clause, clausesOf, isDenied, wordsOf } from './clauses.ts';

/** Where a comment says a phrase, and whether it says the opposite: "we will not cancel". */
export interface Mention {
  phrase: string;
  denied: boolean;
}

/**
 * The first of an admin's phrases that a comment says and does not deny, as the admin wrote it. A phrase is one word or
 * several in a row, without regard to case; a star ends a word that may go on: `switch*` finds "switching".
 */
export function saidPhrase(comment: string, phrases: readonly string[]): string | undefined {
  return mentions(comment, phrases).find(({ denied }) => !denied)?.phrase;
}

/** Every place where a comment says one of the phrases, in the order of the phrases. */
export function mentions(comment: string, phrases: readonly string[]): Mention[] {
  const clauses = clausesOf(comment);
  return phrases.flatMap((phrase) => {
    const wanted = wordsOf(phrase);
    return clauses.flatMap((clause) =>
      clause.flatMap((_, at) =>
        stands(wanted, clause, at) ? [{ phrase, denied: isDenied(clause, at, wanted.length) }] : [],
      ),
    );
  });
}

function stands(wanted: readonly string[], clause: Clause, at: number): boolean {
  return wanted.length > 0 && wanted.every((word, place) => isWord(clause[at + place], word));
}

function isWord(word: string | undefined, wanted: string): boolean {
  if (word === undefined) return false;
  return wanted.endsWith('*') ? word.startsWith(wanted.slice(0, -1)) : word === wanted;
}
