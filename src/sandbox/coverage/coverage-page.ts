import { COVERAGE } from './coverage.ts';
import type { Row } from './row.ts';

const BEGIN = '<!-- made by scripts/sandbox-page.ts -->';
const END = '<!-- end of what is made -->';

/** The page with its tables made anew from the coverage. Throws when the page has no place for them. */
export function withCoverage(page: string): string {
  const [before, rest] = page.split(BEGIN);
  const [, after] = rest?.split(END) ?? [];
  if (before === undefined || after === undefined) throw new Error(`The page needs a line ${BEGIN} and one ${END}.`);
  return `${before}${BEGIN}\n\n${tables()}\n${END}${after}`;
}

function tables(): string {
  return Object.entries(COVERAGE)
    .map(([area, rows]) => `### ${area}\n\n| | | |\n|---|---|---|\n${rows.map(line).join('\n')}\n`)
    .join('\n');
}

const line = ({ what, support, note = '' }: Row) => `| ${what} | ${support} | ${note} |`;
