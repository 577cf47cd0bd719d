import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { directionOf, ENGLISH, isLanguageTag, languageFrom } from '../nps/language.ts';

/** The sentences of one language, by a key such as `scale.question`; each may hold merge fields. */
export type Sentences = ReadonlyMap<string, string>;

/** What mails and pages say, a file for each language. */
export interface Wording {
  /** Their tags; English is always among them. */
  languages: readonly string[];
  sentences(language: string): Sentences;
  /** The language that is written when this one is asked for, and which way it runs. */
  nearest(language: string): { language: string; direction: 'ltr' | 'rtl' };
}

/** What Language__c of an invitation holds. */
const LONGEST_TAG = 10;

/**
 * Reads `<tag>.json` for every language below `folder`: sentences, in groups. What a language does not say is said in
 * English.
 *
 * @throws when a file's name is no language tag, or English is missing
 */
export function readWording(folder: string): Wording {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  const said = new Map(files.map((file) => [tagOf(file), sentencesIn(join(folder, file))]));
  const english = said.get(ENGLISH);
  if (!english) throw new Error(`There is no ${ENGLISH}.json in ${folder}: every language falls back to it.`);
  const languages = [...said.keys()];
  const whole = new Map([...said].map(([tag, own]) => [tag, new Map([...inside(tag, english), ...own])]));
  return {
    languages,
    sentences: (language) => whole.get(language) ?? english,
    nearest(wanted) {
      const language = languageFrom(wanted, languages) ?? ENGLISH;
      return { language, direction: directionOf(language) };
    },
  };
}

/** English within a text that runs from right to left keeps its own order, full stops included. */
function inside(tag: string, english: Sentences): Sentences {
  if (directionOf(tag) === 'ltr') return english;
  return new Map([...english].map(([key, sentence]) => [key, `\u2066${sentence}\u2069`]));
}

function tagOf(file: string): string {
  const tag = basename(file, '.json');
  if (isLanguageTag(tag) && tag.length <= LONGEST_TAG) return tag;
  throw new Error(`${file} cannot be a wording: name it after a language tag such as de or pt-BR.`);
}

function sentencesIn(path: string): Sentences {
  const groups = JSON.parse(readFileSync(path, 'utf8')) as Record<string, Record<string, string>>;
  return new Map(
    Object.entries(groups).flatMap(([group, sentences]) =>
      Object.entries(sentences).map(([name, sentence]) => [`${group}.${name}`, sentence] as const),
    ),
  );
}
