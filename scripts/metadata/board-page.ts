import { DEFINITIONS } from '../../src/nps/board/definitions.ts';

const START = '<!-- definitions: made by scripts/metadata-papers.ts -->';
const END = '<!-- /definitions -->';

/** docs/board.md with its table of definitions as the code has them. */
export function withDefinitions(page: string): string {
  const rows = Object.entries(DEFINITIONS).map(([place, { number, definition, n, source }]) => {
    const cells = [`${number}<br>\`${place}\``, definition, n, source];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  const table = ['| number, and its place in the JSON | definition | n | source |', '|---|---|---|---|', ...rows].join(
    '\n',
  );
  const before = page.slice(0, page.indexOf(START) + START.length);
  return `${before}\n\n${table}\n\n${page.slice(page.indexOf(END))}`;
}
