/** Words that turn round what follows them in the same breath: "we will not cancel". */
const NEGATIONS = new Set([
  ...['not', 'no', 'never', 'without', 'nor', 'neither', 'hardly', 'cannot'],
  ...['nicht', 'nie', 'niemals', 'ohne', 'kaum', 'weder', 'kein', 'keine', 'keinen', 'keinem', 'keiner', 'keines'],
]);
const CONTRACTED_NOT = /n't$/;
/** A negation reaches this many words on: "no plans to switch" says the opposite, "not happy, so we will switch" does not. */
const REACH = 3;
/** German puts it last: "wir kündigen nicht", "das gefällt mir nicht". */
const LAST_NEGATION = 'nicht';
const REACH_BACK = 2;
const CLAUSE_END = /[.!?;:,\n()]|\s[-–—]\s|\b(?:but|however|although|because|so|aber|doch|jedoch|obwohl|weil|denn)\b/iu;
const WORD = /[\p{L}\p{N}]+(?:'\p{L}+)*\*?/gu;

/** Words said in one breath, in lower case. */
export type Clause = readonly string[];

export function clausesOf(text: string): Clause[] {
  return text.split(CLAUSE_END).map(wordsOf);
}

/** The words of a text in lower case; a star at the end of one is kept. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().replaceAll('’', "'").match(WORD) ?? [];
}

export function isNegation(word: string): boolean {
  return NEGATIONS.has(word) || CONTRACTED_NOT.test(word);
}

/**
 * True where what a clause says says the opposite, in English or German.
 *
 * @param at the place of its first word
 * @param length how many words it has; a negation among them is its own
 */
export function isDenied(clause: Clause, at: number, length = 1): boolean {
  if (clause.slice(Math.max(0, at - REACH), at).some(isNegation)) return true;
  const last = clause.length - 1;
  return at + length <= last && at >= last - REACH_BACK && clause[last] === LAST_NEGATION;
}
