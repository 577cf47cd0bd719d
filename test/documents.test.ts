import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { envExample, readmeWithTable } from '../scripts/environment.ts';
import { withDefinitions } from '../scripts/metadata/board-page.ts';
import { settingsPage } from '../scripts/metadata/settings-page.ts';
import { withSequences } from '../scripts/sequences/sequences-page.ts';
import { shippedTimelines } from '../scripts/sequences/timeline.ts';

const readme = readFileSync('README.md', 'utf8');

describe('the documents say what the code says', () => {
  test("README's table of variables is the configuration's own", () => {
    expect(readme, 'Run: node scripts/environment.ts').toBe(readmeWithTable(readme));
    expect(readFileSync('.env.example', 'utf8'), 'Run: node scripts/environment.ts').toBe(envExample());
  });

  test('the page of settings is what the metadata says', () => {
    expect(readFileSync('docs/settings.md', 'utf8'), 'Run: node scripts/metadata-papers.ts').toBe(settingsPage());
    const board = readFileSync('docs/board.md', 'utf8');
    expect(board, 'Run: node scripts/metadata-papers.ts').toBe(withDefinitions(board));
  });

  test('the tables of the sequences are what their records say', () => {
    const page = readFileSync('docs/sequences.md', 'utf8');
    expect(page, 'Run: node scripts/metadata-papers.ts').toBe(withSequences(page, shippedTimelines()));
  });

  test('every picture and document a page links to exists', () => {
    for (const page of ['README.md', ...globSync('docs/*.md')]) {
      const links = [...readFileSync(page, 'utf8').matchAll(/\]\(([^)#]+)[^)]*\)|src="([^"]+)"/g)].map(
        ([, link, src]) => link ?? src ?? '',
      );
      const local = links.filter((link) => !/^(https?:|mailto:)/.test(link));
      expect(local.filter((link) => !existsSync(new URL(link, new URL(`../${page}`, import.meta.url))))).toEqual([]);
    }
  });

  test('every dependency is justified in one line', () => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    const justified = readFileSync('docs/dependencies.md', 'utf8');
    const missing = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies }).filter(
      (name) => !justified.includes(`\`${name}\``),
    );
    expect(missing).toEqual([]);
  });
});
