import { mentions } from './phrases.ts';

/** What comments can be about, as an admin words it. */
export interface Theme {
  name: string;
  /** Words and phrases of which a comment says one; see `saidPhrase`. */
  phrases: readonly string[];
}

const LIMIT = 255;

/**
 * The themes of a comment, in the admin's order, as the response keeps them; null when it is about none. What is denied
 * counts, too: "there is no documentation" is about documentation. Themes that do not fit the field are left out.
 */
export function themesOf(comment: string, themes: readonly Theme[]): string | null {
  const about = themes.filter(({ phrases }) => mentions(comment, phrases).length > 0).map(({ name }) => name);
  return about.reduce<string | null>((text, name) => {
    const longer = text === null ? name : `${text}; ${name}`;
    return longer.length <= LIMIT ? longer : text;
  }, null);
}

/** Reads "Support: ticket*, support" as a theme; undefined for a line that is none. */
export function themeFrom(line: string): Theme | undefined {
  const [, name = '', words = ''] = /^([^:]+):(.+)$/.exec(line) ?? [];
  const phrases = words
    .split(',')
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '');
  return name.trim() === '' || phrases.length === 0 ? undefined : { name: name.trim(), phrases };
}
