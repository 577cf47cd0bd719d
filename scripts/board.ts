// `npm run board [-- --quarter YYYY-Qn] [--folder board]`: one page for the board, as HTML, PDF and JSON, and in Salesforce.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openForAdmin } from '../src/admin.ts';
import { DEFINITIONS } from '../src/nps/board/definitions.ts';
import { boardPage } from '../src/paper/board-page.ts';
import { findChromium } from '../src/paper/chromium.ts';
import { printOnOneSheet } from '../src/paper/print.ts';
import { configAtHand } from './config-at-hand.ts';

const NO_CHROMIUM =
  'No Chromium or Chrome was found on PATH, so there is no PDF and nothing was stored in Salesforce. Install one ("apt install chromium") and run this again.';

try {
  const { quarter, folder } = wishes();
  const admin = await openForAdmin(configAtHand());
  await writeBoard(admin, quarter, folder).finally(admin.close);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function writeBoard(admin: Awaited<ReturnType<typeof openForAdmin>>, wanted: string | undefined, folder: string) {
  const board = await admin.board(wanted);
  const html = boardPage(board);
  mkdirSync(folder, { recursive: true });
  const write = (ending: string, content: string | Uint8Array) => {
    const file = join(folder, `nps-board-${board.quarter}.${ending}`);
    writeFileSync(file, content);
    console.log(file);
  };
  write('html', html);
  write('json', `${JSON.stringify({ ...board, definitions: DEFINITIONS }, null, 2)}\n`);
  const chromium = findChromium(process.env.PATH ?? '');
  if (!chromium) throw new Error(NO_CHROMIUM);
  const pdf = await printOnOneSheet(chromium, html);
  write('pdf', pdf);
  const id = await admin.keepBoard(board, pdf);
  console.log(`Stored in Salesforce among the files of NPS Health, Board Summary (${id}).`);
}

function wishes(): { quarter: string | undefined; folder: string } {
  const { values } = parseArgs({
    options: { quarter: { type: 'string' }, folder: { type: 'string', default: 'board' } },
  });
  return { quarter: values.quarter, folder: values.folder };
}
