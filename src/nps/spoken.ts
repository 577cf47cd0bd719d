import { isLanguageTag, languageFrom } from './language.ts';
import type { Sentence } from './trigger-texts.ts';

/** One thing in the languages an admin wrote it in; what no line fits is said in the first. */
export type Spoken = readonly [Sentence, ...Sentence[]];

/** A tag, a colon and the words. */
const TAGGED = /^([A-Za-z-]+):\s+(.+)$/;

/**
 * Reads a text with a line for each language, `de: Bessere Berichte`. A line without a tag is in the programme's own
 * language.
 *
 * @returns null for an empty text
 */
export function spokenFrom(text: string, ownLanguage: string): Spoken | null {
  const [first, ...more] = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => sentenceFrom(line, ownLanguage));
  return first ? [first, ...more] : null;
}

function sentenceFrom(line: string, ownLanguage: string): Sentence {
  const [, tag = '', text = ''] = TAGGED.exec(line) ?? [];
  return isLanguageTag(tag) ? { text, language: tag } : { text: line, language: ownLanguage };
}

/** What is said to somebody of that language. */
export function sayIn(spoken: Spoken, language: string): Sentence {
  const nearest = languageFrom(
    language,
    spoken.map(({ language: tag }) => tag),
  );
  return spoken.find(({ language: tag }) => tag === nearest) ?? spoken[0];
}
