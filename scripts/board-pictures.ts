// Takes the pictures of docs/board.md: the summary of an org of two years, as it is printed and on a phone.
import { openForAdmin } from '../src/admin.ts';
import { readConfig } from '../src/config.ts';
import { boardPage } from '../src/paper/board-page.ts';
import { boardOrg, NOW } from '../test/support/board-org.ts';
import { launchChromium } from '../test/support/chromium.ts';
import { deployed, recordFile } from '../test/support/deploy.ts';
import { openTestSandbox } from '../test/support/sandbox.ts';
import { temporaryFolder } from '../test/support/stack.ts';

const PICTURES = new URL('../docs/pictures/', import.meta.url).pathname;
const BENCHMARK = {
  Industry_Benchmark__c: 31,
  Industry_Benchmark_Source__c: 'Example Index 2026, software, 1,200 people',
};
/** The room on a sheet of A4, and its margins, in CSS pixels. */
const SHEET = 718;
const MARGIN = '38px';

const sandbox = await openTestSandbox({ seed: 'empty-company', startAt: NOW });
const browser = await launchChromium();
try {
  await boardOrg(await sandbox.adminConnection());
  await deployed(sandbox, recordFile('NPS_Setting', 'Default', BENCHMARK));
  const admin = await openForAdmin(readConfig({ ...sandbox.environment, DATA_DIR: temporaryFolder() }));
  const html = boardPage(await admin.board(undefined).finally(admin.close));
  const sheet = await browser.newPage({ viewport: { width: SHEET + 76, height: 1123 }, deviceScaleFactor: 2 });
  await sheet.setContent(html);
  await sheet.emulateMedia({ media: 'print' });
  await sheet.addStyleTag({ content: `body { padding: ${MARGIN}; background: #fff }` });
  await sheet.screenshot({ path: `${PICTURES}board.png` });
  const phone = await browser.newPage({ viewport: { width: 375, height: 800 }, deviceScaleFactor: 2 });
  await phone.setContent(html);
  await phone.screenshot({ path: `${PICTURES}board-phone.png`, fullPage: true });
} finally {
  await browser.close();
  await sandbox.close();
}
