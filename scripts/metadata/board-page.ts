import { DEFINITIONS } from '../../src/nps/board/definitions.ts';
import { markdownTable, withMadeBlock } from './made-block.ts';

/** docs/board.md with its table of definitions as the code has them. */
export function withDefinitions(page: string): string {
  const rows = Object.entries(DEFINITIONS).map(([place, { number, definition, n, source }]) => [
    `${number}<br>\`${place}\``,
    ...[definition, n, source],
  ]);
  const heads = ['number, and its place in the JSON', 'definition', 'n', 'source'];
  return withMadeBlock(page, 'definitions', markdownTable(heads, rows));
}
