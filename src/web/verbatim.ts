/** Code points of a comment that are kept; Salesforce's long text field takes 32,768. */
export const LONGEST_VERBATIM = 32_000;

// PostgreSQL refuses the null character in text; Salesforce's XML-born fields refuse its fellows.
const UNFIT_FOR_TEXT = /[^\P{Cc}\n\t]/gu;

/** A comment as it is kept: line ends made one kind, control characters gone, at most 32,000 code points. */
export function verbatimFrom(typed: string): string {
  const clean = typed.toWellFormed().replace(/\r\n?/g, '\n').replace(UNFIT_FOR_TEXT, '').trim();
  if (clean.length <= LONGEST_VERBATIM) return clean;
  return [...clean].slice(0, LONGEST_VERBATIM).join('');
}
