import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Handlebars from 'handlebars';
import type { Board } from '../nps/board/board.ts';
import { boardView } from './board-view.ts';

const FOLDER = new URL('../../templates/board', import.meta.url).pathname;

/** The summary as one HTML page that stands alone: its styles and charts are in it, and it asks the network for nothing. */
export function boardPage(board: Board): string {
  const handlebars = Handlebars.create();
  const parse = (file: string) => handlebars.compile(handlebars.parse(readFileSync(file, 'utf8')), { strict: true });
  const partials = join(FOLDER, 'partials');
  for (const file of readdirSync(partials))
    handlebars.registerPartial(basename(file, '.hbs'), parse(join(partials, file)));
  const styles = readFileSync(join(FOLDER, 'board.css'), 'utf8');
  return parse(join(FOLDER, 'board.hbs'))({ ...boardView(board), styles });
}
