/** What this project uses of a package that ships no types. */
declare module '@nlpjs/lang-de' {
  export class StemmerDe {
    /** The stem of a word in lower case without diacritics. */
    stemWord(word: string): string;
  }
  export const SentimentDe: {
    /** Valence from -1 to 1 by stem. */
    senticon: Readonly<Record<string, number>>;
  };
}
