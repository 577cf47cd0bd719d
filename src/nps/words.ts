/** How long a mail may be: under 80 words. */
export const MOST_WORDS = 79;

/** The words of a mail's text part: every token with a letter, links left out. */
export function wordCount(text: string): number {
  return text
    .replace(/https?:\/\/\S+/g, ' ')
    .split(/\s+/)
    .filter((token) => /\p{L}/u.test(token)).length;
}
