import { type Score, scoreFrom } from './score.ts';

/** A number from 0 to 10 that begins the line and is the score of something, not a time, a range or a count of things. */
const LEADING =
  /^[\s"'(*]*(10|\d)(?:\s*(?:\/|of|out of|von|aus)\s*10)?(?![\d/%]|:\d)\s*(?:[.!)*"']*\s*$|[,;!]\s|[.:](?=\s)|\s[-–—]\s|(?=(?:because|since|as|weil|da|denn|points?|punkte?)\b))/iu;
const LISTED = /^\s*\d+[.)]\s/;

/**
 * The score a reply begins with: "3", "3, because it is slow", "9/10", "8 out of 10 - nice". A list of points begins
 * with a number, too, and is no score; neither is "2 things" or "7:30".
 */
export function leadingScore(reply: string): Score | undefined {
  const [first = '', ...others] = reply.trim().split('\n');
  if (LISTED.test(first) && others.some((line) => LISTED.test(line))) return undefined;
  return scoreFrom(LEADING.exec(first)?.[1] ?? '');
}
