// `node scripts/metadata-papers.ts`: writes what is made from the metadata and its rules: a manifest for each package,
// the pages about the rules and about the settings, the definitions in the page about
// the board summary, the tables of the sequences. Tests say when they are out of date.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withDefinitions } from './metadata/board-page.ts';
import { PACKAGES, packed } from './metadata/package-shape.ts';
import { rulesPage } from './metadata/rules-page.ts';
import { settingsPage } from './metadata/settings-page.ts';
import { withSequences } from './sequences/sequences-page.ts';
import { shippedTimelines } from './sequences/timeline.ts';

const ROOT = join(import.meta.dirname, '..');

for (const folder of PACKAGES) {
  const set = await packed(folder);
  writeFileSync(join(ROOT, folder, 'package.xml'), await set.getPackageXml());
  console.log(`${folder}/package.xml: ${set.size} components`);
}
writeFileSync(join(ROOT, 'docs/metadata-checks.md'), rulesPage());
console.log('docs/metadata-checks.md');
writeFileSync(join(ROOT, 'docs/settings.md'), settingsPage());
console.log('docs/settings.md');
const board = join(ROOT, 'docs/board.md');
writeFileSync(board, withDefinitions(readFileSync(board, 'utf8')));
console.log('docs/board.md');
const sequences = join(ROOT, 'docs/sequences.md');
writeFileSync(sequences, withSequences(readFileSync(sequences, 'utf8'), shippedTimelines()));
console.log('docs/sequences.md');
