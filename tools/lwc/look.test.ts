// How the components look and are used in a browser: with Salesforce's base components and styles, on a phone and a desk.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, launchChromium, needsChromium } from '../../test/support/chromium.ts';
import { accessProblems, clippedElements } from '../../test/support/look.ts';
import { ACCOUNT, counted, history, SEGMENTS, window } from './fixture.ts';
import { type Org, openStage, type Scene, show } from './stage.ts';

const TIMELINE: Org = { npsAccountHistory: { data: history() }, record: ACCOUNT };
const PULSE: Org = { npsCountedAnswers: { data: counted() }, npsWindow: { data: window(365) }, segments: SEGMENTS };
const NOTHING: Org = {
  npsAccountHistory: { data: history([], []) },
  npsCountedAnswers: { data: counted([]) },
  npsWindow: { data: window() },
};
const REFUSED: Org = {
  npsAccountHistory: { errors: [{ message: 'You have no access to NPS Response.' }] },
  npsCountedAnswers: { errors: [{ message: 'You have no access to NPS Response.' }] },
  npsWindow: { data: window(365) },
};
const SCENES: [string, Pick<Scene, 'tag' | 'org'>][] = [
  ['the timeline of an account', { tag: 'c-nps-timeline', org: TIMELINE }],
  ['the timeline of an account nobody was asked at', { tag: 'c-nps-timeline', org: { ...NOTHING, record: ACCOUNT } }],
  ['the timeline that was refused', { tag: 'c-nps-timeline', org: REFUSED }],
  ['the timeline that still waits', { tag: 'c-nps-timeline', org: {} }],
  ['the pulse', { tag: 'c-nps-pulse', org: PULSE }],
  ['the pulse of a window without answers', { tag: 'c-nps-pulse', org: { ...PULSE, npsWindow: { data: window(1) } } }],
  ['the pulse of no answers', { tag: 'c-nps-pulse', org: NOTHING }],
  ['the pulse that was refused', { tag: 'c-nps-pulse', org: REFUSED }],
  ['the pulse that still waits', { tag: 'c-nps-pulse', org: {} }],
];
/** Text in an SVG has no background that axe could tell; the chart's is dark grey on white. */
const UNDECIDED = /^color-contrast: .*c-nps-score-chart/;
const SIZES = [
  { width: 375, height: 700 },
  { width: 1100, height: 800 },
];

describe.skipIf(chromiumPath === undefined)(`the components in Chromium${needsChromium}`, () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await launchChromium();
    page = await openStage(browser);
  });

  afterAll(async () => {
    await browser.close();
  });

  describe.each(SIZES)('$width pixels wide', (size) => {
    it.each(SCENES)('%s breaks no rule of WCAG 2.2 AA, and nothing is cut off', async (_, scene) => {
      await show(page, { ...scene, ...size });
      expect((await accessProblems(page)).filter((problem) => !UNDECIDED.test(problem))).toEqual([]);
      expect(await clippedElements(page)).toEqual([]);
    });
  });

  it('a request is made with the keyboard alone, and needs its note', async () => {
    await show(page, { tag: 'c-nps-timeline', org: TIMELINE, width: 1100, height: 800 });
    await page.getByRole('button', { name: 'Actions for the answer of Jonas Berg' }).first().focus();
    await page.keyboard.press('Enter');
    // The menu takes the focus in its own time, and loses keys pressed before.
    await page.locator('[role=menuitem]:focus').waitFor();
    const voidAnswer = page.getByRole('menuitem', { name: 'Void Answer' });
    while (!(await voidAnswer.evaluate((item) => item.matches(':focus')))) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Void Answer' }).press('Enter');
    expect(await dialog.isVisible()).toBe(true);
    await dialog.getByLabel('Why').fill('The intern clicked.');
    await dialog.getByRole('button', { name: 'Void Answer' }).press('Enter');
    await dialog.waitFor({ state: 'detached' });
    const fields = { Id: 'a02000000000000006', Request__c: 'Void', Request_Note__c: 'The intern clicked.' };
    expect(await page.evaluate<unknown>('org.updates')).toEqual([{ fields }]);
  });

  it('the chart is a list of answers to who listens', async () => {
    await show(page, { tag: 'c-nps-timeline', org: TIMELINE, width: 1100, height: 800 });
    const chart = page.getByRole('list', { name: 'Score history' });
    expect(await chart.getByRole('listitem').count()).toBe(7);
    const newest = chart.getByRole('listitem', { name: /4, Detractor, Ines Roth, not counted$/ });
    expect(await newest.count()).toBe(1);
  });
});
