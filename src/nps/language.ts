/** The language of whoever has none, and of words that are missing in another. */
export const ENGLISH = 'en';

const TAG = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/** True for a tag of a language, such as `de` or `pt-BR` (BCP 47, without its rarer parts). */
export function isLanguageTag(text: string): boolean {
  return TAG.test(text);
}

/**
 * Which of the languages we can write in somebody is written to.
 *
 * @param said what a field of the org holds: a tag (`de`, `de_AT`, `de-AT`) or a language's name (`German`, `Deutsch`)
 * @param known tags such as `de` or `pt-BR`
 * @returns the tag itself, or that of the language without its region; undefined where nothing fits
 */
export function languageFrom(said: string | null, known: readonly string[]): string | undefined {
  const wanted = said?.trim().replaceAll('_', '-').toLowerCase();
  if (!wanted) return undefined;
  const [primary] = wanted.split('-');
  return (
    known.find((tag) => tag.toLowerCase() === wanted) ??
    known.find((tag) => tag.toLowerCase() === primary) ??
    known.find((tag) => namesOf(tag).includes(wanted))
  );
}

/** The same for somebody who must be written to: else the programme's own language, else English. */
export function languageFor(said: string | null, known: readonly string[], programme: string): string {
  return languageFrom(said, known) ?? languageFrom(programme, known) ?? ENGLISH;
}

/** A language's name in English and in itself, in small letters. */
function namesOf(tag: string): (string | undefined)[] {
  return [ENGLISH, tag].map((inLanguage) =>
    new Intl.DisplayNames(inLanguage, { type: 'language' }).of(tag)?.toLowerCase(),
  );
}

/** Scripts written from right to left that a language of today is written in by itself. */
const RIGHT_TO_LEFT = new Set(['Adlm', 'Arab', 'Aran', 'Hebr', 'Nkoo', 'Rohg', 'Syrc', 'Thaa']);

/** Which way a language is written, by its script: `ar` and `he` from right to left, `az-Arab`, too. */
export function directionOf(tag: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(new Intl.Locale(tag).maximize().script ?? '') ? 'rtl' : 'ltr';
}
