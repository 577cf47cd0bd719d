/** Words that turn round what follows them in the same breath: "we will not cancel". */
const NEGATIONS = new Set(['not', 'no', 'never', 'without', 'nor', 'neither', 'hardly', 'cannot']);
const CONTRACTED_NOT = /n't$/;
/** A negation reaches this many words on: "no plans to switch" says the opposite, "not happy, so we will switch" does not. */
const REACH = 3;
const CLAUSE_END = /[.!?;:,\n()]|\s[-–—]\s|\b(?:but|however|although|because|so)\b/iu;
const WORD = /[\p{L}\p{N}]+(?:'\p{L}+)*\*?/gu;

/**
 * The first of an admin's phrases that a comment says and does not deny, as the admin wrote it. A phrase is one word or
 * several in a row, without regard to case; a star ends a word that may go on: `switch*` finds "switching".
 */
export function saidPhrase(comment: string, phrases: readonly string[]): string | undefined {
  const clauses = clausesOf(comment);
  return phrases.find((phrase) => {
    const wanted = wordsOf(phrase);
    return clauses.some((words) => words.some((_, at) => stands(wanted, words, at) && !isDenied(words, at)));
  });
}

/** True when a comment says one of the phrases, denied or not. */
export function mentionsPhrase(comment: string, phrases: readonly string[]): boolean {
  const clauses = clausesOf(comment);
  return phrases.some((phrase) => {
    const wanted = wordsOf(phrase);
    return clauses.some((words) => words.some((_, at) => stands(wanted, words, at)));
  });
}

function clausesOf(comment: string): string[][] {
  return comment.split(CLAUSE_END).map(wordsOf);
}

function stands(wanted: readonly string[], words: readonly string[], at: number): boolean {
  return wanted.length > 0 && wanted.every((word, place) => isWord(words[at + place], word));
}

function isDenied(words: readonly string[], at: number): boolean {
  return words.slice(Math.max(0, at - REACH), at).some(isNegation);
}

function isWord(word: string | undefined, wanted: string): boolean {
  if (word === undefined) return false;
  return wanted.endsWith('*') ? word.startsWith(wanted.slice(0, -1)) : word === wanted;
}

function isNegation(word: string): boolean {
  return NEGATIONS.has(word) || CONTRACTED_NOT.test(word);
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().replaceAll('’', "'").match(WORD) ?? [];
}
