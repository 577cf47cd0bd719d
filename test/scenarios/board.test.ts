import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openForAdmin } from '../../src/admin.ts';
import { readConfig } from '../../src/config.ts';
import type { Board } from '../../src/nps/board/board.ts';
import { DEFINITIONS } from '../../src/nps/board/definitions.ts';
import { boardPage } from '../../src/paper/board-page.ts';
import { printOnOneSheet } from '../../src/paper/print.ts';
import { boardOrg, NOW } from '../support/board-org.ts';
import { chromiumPath, needsChromium } from '../support/chromium.ts';
import { deployed, recordFile } from '../support/deploy.ts';
import { openTestSandbox, type TestSandbox } from '../support/sandbox.ts';
import { temporaryFolder } from '../support/stack.ts';

let sandbox: TestSandbox;
let admin: Connection;

beforeAll(async () => {
  sandbox = await openTestSandbox({ seed: 'empty-company', startAt: NOW });
  admin = await sandbox.adminConnection();
  await boardOrg(admin);
}, 120_000);
afterAll(() => sandbox.close());

/** What the command composes, as its JSON and its HTML say it. */
async function summary(quarter?: string) {
  const commands = await openForAdmin(config());
  const board = await commands.board(quarter).finally(commands.close);
  const html = boardPage(board).replaceAll('&#x3D;', '=').replace(/\s+/g, ' ');
  return { board, html };
}

const config = () => readConfig({ ...sandbox.environment, DATA_DIR: temporaryFolder() });

describe('the last full quarter', () => {
  let json: Board;
  let html: string;

  beforeAll(async () => {
    const { board, html: page } = await summary();
    json = JSON.parse(JSON.stringify(board));
    html = page;
  });

  test('is told without a word about which: its days in the org’s time zone', () => {
    expect(json).toMatchObject({ quarter: '2026-Q4', from: '2026-10-01', to: '2026-12-31', soFar: false });
    expect(html).toContain('What customers say, Q4 2026');
    expect(html).toContain('1 October 2026 to 31 December 2026');
  });

  test('has the score of the people who answered: 48 promoters, 20 passives, 12 detractors', () => {
    // (48 - 12) / 80; interval (36 / 82) ± 1.959964 * sqrt((62 / 82 - (36 / 82)²) / 82)
    expect(json.score).toMatchObject({ n: 80, score: 45, counts: { Promoter: 48, Passive: 20, Detractor: 12 } });
    expect(json.score.interval.from).toBeCloseTo(27.66, 2);
    expect(json.score.interval.to).toBeCloseTo(60.15, 2);
    expect(html).toContain('<p class="score">+45</p>');
    expect(html).toContain('95 % interval +28 to +60, 80 people');
    // 12 detractors give 6, 3, 5, 2, 6, 4, 0 in turn; 20 passives 7, 8, 8; 48 promoters 9, 10, 10, 9
    expect(json.score.distribution).toEqual([1, 0, 2, 2, 1, 2, 4, 7, 13, 24, 24]);
  });

  test('is compared with the quarter before, 30 of 62 less 14, which chance alone may do', () => {
    expect(json.score.before).toMatchObject({ quarter: '2026-Q3', change: { kind: 'no-difference' } });
    expect(json.score.before.score).toBeCloseTo(25.81, 2);
    // 45 - 25.81; z = (36/82 - 16/64) / sqrt(0.006870 + 0.010254) = 1.444
    if (json.score.before.change.kind === 'too-few') throw new Error('There are enough.');
    expect(json.score.before.change.difference).toBeCloseTo(19.19, 2);
    expect(json.score.before.change.p).toBeCloseTo(0.149, 3);
    expect(html).toContain('<b>Q3 2026: +26.</b> Chance alone may do that (p = 0.15; 95 %: −7 to +45).');
  });

  test('and with the same quarter last year, 20 of 48 less 14, which is more than chance', () => {
    expect(json.score.yearAgo).toMatchObject({
      quarter: '2025-Q4',
      score: 12.5,
      change: { kind: 'difference', difference: 32.5 },
    });
    // z = (36/82 - 6/50) / sqrt(0.006870 + 0.014112) = 2.202
    expect(html).toContain('<b>Q4 2025: +13.</b> More than chance (p = 0.028; 95 %: +4 to +60).');
  });

  test('stands in a row of eight quarters', () => {
    expect(json.score.quarters.map(({ quarter, n }) => [quarter, n])).toEqual([
      ...[
        ['2025-Q1', 36],
        ['2025-Q2', 38],
        ['2025-Q3', 42],
        ['2025-Q4', 48],
      ],
      ...[
        ['2026-Q1', 51],
        ['2026-Q2', 55],
        ['2026-Q3', 62],
        ['2026-Q4', 80],
      ],
    ]);
    // (14 - 12) / 36, (16 - 12) / 38, (18 - 12) / 42, (20 - 14) / 48, (24 - 13) / 51, (28 - 12) / 55
    expect(json.score.quarters.map(({ score }) => Math.round(score ?? 0))).toEqual([6, 11, 14, 13, 22, 29, 26, 45]);
  });

  test('has the response rate of the mails that arrived: 80 answered, 140 delivered, 20 sent', () => {
    // Left out: 8 bounced, 2 failed, 3 cancelled, a test, a renewal mail
    expect(json.response).toMatchObject({ hits: 80, of: 240 });
    expect(html).toContain('80 of 240 mails that arrived; 95 %: 28 % to 40 %');
  });

  test('says how detractors were followed up: of twelve nine in time, three resolved after it', () => {
    // A tenth was followed up late, two never; one of those is ticked as resolved all the same.
    expect(json.followUp.slaKept).toMatchObject({ hits: 9, of: 12, share: 0.75 });
    expect(json.followUp.loopClosed).toMatchObject({ hits: 3, of: 12, share: 0.25 });
    expect(html).toContain('9 of 12 detractors’ answers; 95 %: 47 % to 91 %');
  });

  test('says whether promoters renew more often: 21 of 24 against 6 of 14', () => {
    const { promoters, passives, detractors, unknown, difference } = json.outcomes.winRate;
    expect([promoters, passives, detractors, unknown].map(({ hits, of }) => [hits, of])).toEqual([
      ...[
        [21, 24],
        [9, 14],
        [6, 14],
        [0, 3],
      ],
    ]);
    // Fisher's exact test of 21, 3, 6, 8: 0.0076
    expect(difference).toMatchObject({ kind: 'difference', p: expect.closeTo(0.0076, 4) });
    expect(html).toContain('<b>Promoters against detractors: +45 points.</b> More than chance (p = 0.008; 95 %:');
  });

  test('says whether detractors stay who are called soon: none of 13 left against 6 of 13', () => {
    // 39 detractors of February to August, in turn after 12, 60 and 36 hours, or never; those of November are too young.
    const { within24Hours, within48Hours, later, never, difference } = json.outcomes.churn;
    expect([within24Hours, within48Hours, later, never].map(({ hits, of }) => [hits, of])).toEqual([
      ...[
        [0, 13],
        [1, 7],
        [6, 13],
        [2, 6],
      ],
    ]);
    // Fisher's exact test of 0, 13, 6, 7: 0.0149
    expect(difference).toMatchObject({ kind: 'difference', p: expect.closeTo(0.0149, 4) });
    expect(within48Hours.share).toBeNull();
    expect(html).toContain('<b>Within 24 h against after 48 h: −46 points.</b> More than chance (p = 0.015; 95 %:');
  });

  test('says whether promoters recommend when asked: 27 of 106 against 1 of 24', () => {
    // 24, 28, 30 and 48 promoters; every fifth is not invited, every fifth of the invited recommends.
    const { invited, uninvited, difference } = json.outcomes.advocacy;
    expect([invited, uninvited].map(({ hits, of }) => [hits, of])).toEqual([
      [27, 106],
      [1, 24],
    ]);
    expect(difference).toMatchObject({ kind: 'difference', p: expect.closeTo(0.0256, 4) });
  });

  test('shows whose renewal is at risk by revenue: the first eight who answered in November', () => {
    // Detractors pay 30,000 and 1,000 more each, from the 54th on 83,000 to 90,000.
    expect(json.risk).toMatchObject({ accounts: 8, revenue: (8 * (83_000 + 90_000)) / 2 });
    // 25 promoters from 50,000 to 98,000, 15 passives from 30,000 to 114,000, 65 detractors from 30,000 to 94,000 less those
    // nine who left: 15, 16, 18, 19, 21, 24, 27, 30 and 31 are their places.
    const detractors = 65 * 62_000 - (9 * 30_000 + 201_000);
    expect(json.risk).toMatchObject({ ofAccounts: 96, ofRevenue: 25 * 74_000 + 15 * 72_000 + detractors });
    expect(json.risk.largest.map(({ revenue }) => revenue)).toEqual([90_000, 89_000, 88_000, 87_000, 86_000]);
    expect(html).toContain('8 of 96 customers who answered, 692K a year (11 % of 6.49M). The largest:');
    expect(json.risk.largest.map(({ doing }) => doing)).toContain('Price review agreed for the renewal.');
    expect(json.risk.largest.map(({ doing }) => doing)).toContain('Next: Detractor Call, 2027-02-12.');
    expect(json.risk.largest.map(({ doing }) => doing)).toContain('Followed up on 2026-11-15.');
  });

  test('says what comments are about, what detractors speak of most first', () => {
    // Twelve detractors go twice through: Support; Support, Onboarding; Price; none; Onboarding; Support.
    expect(json.themes.slice(0, 3)).toEqual([
      { theme: 'Support', answers: 16, detractors: 6 },
      { theme: 'Onboarding', answers: 4, detractors: 4 },
      { theme: 'Price', answers: 8, detractors: 2 },
    ]);
  });

  test('says what promoters and detractors are worth: revenue times years until they leave', () => {
    const { promoters, detractors } = json.lifetime;
    expect(promoters).toMatchObject({ accounts: 30, churned: 5, revenue: 69_000, revenueOf: 30 });
    expect(detractors).toMatchObject({ accounts: 65, churned: 9, revenue: 62_000 });
    // The quarters' middle days are 90, 91, 92 and 92 days apart; from the last to the end of the year, 23:00 UTC, it is 47 days
    // and 11 hours. Twelve detractors of 2025 are followed from February on, two from November on, all until a year after
    // their last answer; those of 2026 to the end of the year; six of 13 and three of 12 left after 59 days and 12 hours.
    const rest = 47 + 11 / 24;
    const of2025 = 12 * (90 + 91 + 92 + 365) + 2 * 365;
    const of2026 = [7 * (273 + rest) + 6 * 59.5, 9 * (183 + rest) + 3 * 59.5, 14 * (92 + rest), 12 * rest];
    const years = of2026.reduce((sum, days) => sum + days, of2025) / 365;
    expect(detractors.years).toBeCloseTo(years, 6);
    expect(detractors.value).toBeCloseTo((62_000 * years) / 9, 3);
  });

  test('says what is being done', () => {
    // Tasks of twelve detractors: three completed, two of the others due on 1 February
    expect(json.action).toMatchObject({ openTasks: 9, overdueTasks: 2, sequencesRunning: 7 });
    expect(json.action.actionsTaken).toMatchObject({ hits: 6, of: 12 });
    expect(json.action.resolved).toMatchObject({ hits: 4, of: 12 });
  });

  test('is defined in every number', () => {
    const places = new Set(Object.keys(DEFINITIONS).map((place) => place.split('.')[0]));
    const { company, quarter, from, to, soFar, writtenAt, revenueField, ...numbers } = json;
    expect(html).toContain('Amounts are the field AnnualRevenue of Account');
    expect(places).toEqual(new Set(Object.keys(numbers)));
  });
});

test('the industry benchmark is shown with its source, and left out without', async () => {
  await deployed(sandbox, recordFile('NPS_Setting', 'Default', { Industry_Benchmark__c: 31 }));
  expect((await summary()).html).not.toContain('Industry benchmark');
  const source = 'Fictive Index 2026, software';
  const both = { Industry_Benchmark__c: 31, Industry_Benchmark_Source__c: source };
  await deployed(sandbox, recordFile('NPS_Setting', 'Default', both));
  expect((await summary()).html).toContain(
    `<p class="value">+14</p> <p class="about"><b>Industry: +31.</b> ${source}</p>`,
  );
});

test('a quarter in which nobody answered says so, and the running one that it runs', async () => {
  const { html } = await summary('2027-Q1');
  expect(html).toContain('so far');
  expect(html).toContain('Nobody answered in this quarter.');
  expect(html).toContain('Not enough data yet');
});

test.each([
  ['last', '"last" is no quarter. Write it like 2027-Q1.'],
  ['2027-Q2', '2027-Q2 has not begun. The quarter that runs is 2027-Q1.'],
])('asked for "%s" it says what it takes', async (quarter, sentence) => {
  await expect(summary(quarter)).rejects.toThrow(sentence);
});

describe('npm run board', () => {
  /** Without npm; where no Chromium is unless a PATH is given. */
  async function run(folder: string, path = '') {
    const env = { ...sandbox.environment, PATH: path };
    const words = ['scripts/run.mjs', 'scripts/board.ts', '--folder', folder];
    const { stdout, stderr, code } = await promisify(execFile)(process.execPath, words, { env }).then(
      (said) => ({ ...said, code: 0 }),
      (error: { stdout: string; stderr: string; code: number }) => error,
    );
    const file = (ending: string) => join(folder, `nps-board-2026-Q4.${ending}`);
    return { stdout, stderr, code, file };
  }

  test('without a Chromium writes HTML and JSON with definitions, stores nothing and says so', async () => {
    const { code, stderr, file } = await run(temporaryFolder());
    expect(code).toBe(1);
    expect(stderr).toMatch(/^No Chromium or Chrome was found on PATH.*apt install chromium/);
    expect(['html', 'json', 'pdf'].map((ending) => existsSync(file(ending)))).toEqual([true, true, false]);
    expect(JSON.parse(readFileSync(file('json'), 'utf8'))).toMatchObject({
      score: { score: 45 },
      definitions: DEFINITIONS,
    });
    expect((await admin.query('SELECT Id FROM ContentVersion')).records).toEqual([]);
  });

  test.skipIf(chromiumPath === undefined)(
    `prints one sheet and stores it on NPS Health; the same quarter again is a new version${needsChromium}`,
    async () => {
      const { code, stdout, file } = await run(temporaryFolder(), process.env.PATH);
      expect(code).toBe(0);
      const pdf = readFileSync(file('pdf'));
      expect(sheets(pdf)).toBe(1);
      const commands = await openForAdmin(config());
      await commands.keepBoard(await commands.board(undefined), Buffer.from('%PDF, mended'));
      await commands.keepBoard(await commands.board('2026-Q3'), pdf);
      commands.close();

      const health = "SELECT Id, State__c, Message__c FROM NPS_Health__c WHERE Key__c = 'board-summary'";
      const [row] = (await admin.query(health)).records;
      expect(row).toMatchObject({
        ...{ State__c: 'OK', Message__c: expect.stringContaining('2026-Q3: NPS 26, 62 people.') },
      });
      const links = `SELECT ContentDocumentId, ContentDocument.Title FROM ContentDocumentLink WHERE LinkedEntityId = '${row?.Id}'`;
      const files = new Map(
        (await admin.query(links)).records.map((link) => [link.ContentDocument?.Title, link.ContentDocumentId]),
      );
      expect([...files.keys()].toSorted()).toEqual(['NPS board summary 2026-Q3', 'NPS board summary 2026-Q4']);
      const document = files.get('NPS board summary 2026-Q4');
      expect(stdout).toContain(`(${document})`);
      const versions = `SELECT VersionNumber, IsLatest, ContentSize FROM ContentVersion WHERE ContentDocumentId = '${document}' ORDER BY VersionNumber`;
      expect((await admin.query(versions)).records).toMatchObject([
        { VersionNumber: '1', IsLatest: false, ContentSize: pdf.length },
        { VersionNumber: '2', IsLatest: true, ContentSize: 12 },
      ]);
    },
  );
});

const sheets = (pdf: Uint8Array) =>
  Buffer.from(pdf)
    .toString('latin1')
    .match(/\/Type \/Page\n/g)?.length;

test.skipIf(chromiumPath === undefined)(`a page that is too long is shrunk to one sheet${needsChromium}`, async () => {
  const html = `<body>${'<p>A line of the page.</p>'.repeat(120)}</body>`;
  expect(sheets(await printOnOneSheet(chromiumPath ?? '', html))).toBe(1);
});
