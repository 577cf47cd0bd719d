import type { FastifyInstance } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStationery } from '../../src/mail/stationery.ts';
import { buildServer } from '../../src/web/server.ts';
import { ARABIC, templatesWith } from '../mail/own-language.ts';
import { chromiumPath, launchChromium, needsChromium } from '../support/chromium.ts';
import { accessProblems, boxesOf, clippedElements, LOOKS, lookAt, rowsOf } from '../support/look.ts';
import { fakeDesk } from './fake-desk.ts';

const PAGES = [
  { page: 'the answer page', path: '/a/score-9' },
  { page: 'the answer page without a score', path: '/a/score-9', press: 'no score' },
  { page: 'the thanks page', path: '/a/score-3', press: 'button' },
  { page: 'the page of a choice', path: '/p/choice' },
  { page: 'the thanks for a choice', path: '/p/choice', press: 'button' },
  { page: 'the page of an ask', path: '/p/ask-g2' },
  { page: 'the thanks for an ask', path: '/p/ask-case-study', press: 'button' },
  { page: 'the unsubscribe page', path: '/u/leave' },
  { page: 'the page after it', path: '/u/leave', press: 'button' },
  { page: 'a problem page', path: '/a/expired' },
] as const;
type Shown = (typeof PAGES)[number];

const LONG = `${'Long Name '.repeat(12)}${'n'.repeat(135)}`;

describe.skipIf(chromiumPath === undefined)(`every page, as a browser draws it${needsChromium}`, () => {
  const stationery = openStationery(templatesWith({ ar: ARABIC }));
  const servers = new Map<string, FastifyInstance>();
  const addresses = new Map<string, string>();
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    for (const [name, language, company] of [
      ['en', 'en', 'Northwind'],
      ['de', 'de', 'Northwind'],
      ['ar', 'ar', 'Northwind'],
      ['long names', 'de', LONG],
    ] as const) {
      const readiness = async () => ({ ready: true, idle: true, standby: false });
      const desk = fakeDesk('', language, company);
      const server = buildServer({ desk, stationery, readiness, log: false, visitorSalt: 'salt' });
      servers.set(name, server);
      addresses.set(name, await server.listen({ port: 0, host: '127.0.0.1' }));
    }
    browser = await launchChromium();
    page = await (await browser.newContext()).newPage();
  });
  afterAll(async () => {
    await browser.close();
    await Promise.all([...servers.values()].map((server) => server.close()));
  });

  async function show(name: string, shown: Shown): Promise<void> {
    await page.goto(`${addresses.get(name)}${shown.path}`);
    if (!('press' in shown)) return;
    if (shown.press === 'no score') {
      await page.evaluate("document.querySelectorAll('input[type=radio]').forEach((one) => { one.disabled = true; })");
    }
    await Promise.all([page.waitForNavigation(), page.click('button')]);
  }

  describe.each(['en', 'de', 'ar'])('in %s', (name) => {
    it.each(PAGES)('$page can be read and used in every look', async (shown) => {
      await show(name, shown);
      for (const look of LOOKS) {
        await lookAt(page, look);
        // Colours are the same in every language.
        if (name === 'en' || look === LOOKS[0]) expect(await accessProblems(page)).toEqual([]);
        expect(await clippedElements(page)).toEqual([]);
        const targets = await boxesOf(page, 'input[type="radio"], textarea, button');
        expect(targets.filter(({ width, height }) => width < 44 || height < 44)).toEqual([]);
        const numbers = await boxesOf(page, 'input[type="radio"]');
        if (numbers.length > 0) expect(rowsOf(numbers)).toEqual(look.width === 375 ? [6, 5] : [11]);
        const [zero = { left: 0 }, one = zero] = numbers;
        if (numbers.length > 0) expect(Math.sign(one.left - zero.left)).toBe(name === 'ar' ? -1 : 1);
      }
    });
  });

  it.each(PAGES)('$page keeps names of 255 characters inside', async (shown) => {
    await show('long names', shown);
    for (const look of LOOKS) {
      await lookAt(page, look);
      expect(await clippedElements(page)).toEqual([]);
    }
  });

  it.each(PAGES)('$page does not move once it is drawn', async (shown) => {
    await show('en', shown);
    await page.waitForLoadState('networkidle');
    const shifts = await page.evaluate<number>(`new Promise((resolve) => {
      let sum = 0;
      new PerformanceObserver((list) => { for (const { value } of list.getEntries()) sum += value; })
        .observe({ type: 'layout-shift', buffered: true });
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
    })`);
    expect(shifts).toBe(0);
  });

  it('a screen reader is told what each part of the answer page is', async () => {
    await page.goto(`${addresses.get('en')}/a/score-9`);
    expect(await page.locator('main').ariaSnapshot()).toMatchInlineSnapshot(`
      "- main:
        - paragraph: Northwind
        - heading "Almost there" [level=1]
        - paragraph: Check your score, tell us why if you like, and send it.
        - group "How likely are you to recommend Northwind to a friend or colleague?":
          - text: How likely are you to recommend Northwind to a friend or colleague?
          - radio "0"
          - text: "0"
          - radio "1"
          - text: "1"
          - radio "2"
          - text: "2"
          - radio "3"
          - text: "3"
          - radio "4"
          - text: "4"
          - radio "5"
          - text: "5"
          - radio "6"
          - text: "6"
          - radio "7"
          - text: "7"
          - radio "8"
          - text: "8"
          - radio "9" [checked]
          - text: "9"
          - radio "10"
          - text: "10"
          - paragraph: 0 = not likely 10 = very likely
        - text: What is the main reason for your score? (optional)
        - textbox "What is the main reason for your score? (optional)"
        - button "Send my answer""
    `);
  });

  it('the keyboard goes from the scale to the comment to the button, and shows where it is', async () => {
    await page.goto(`${addresses.get('en')}/a/score-9`);
    const stops: string[] = [];
    for (let stop = 0; stop < 3; stop += 1) {
      await page.keyboard.press('Tab');
      const [name, ring] = await page.evaluate<[string, string]>(`(() => {
        const one = document.activeElement;
        const shown = one.type === 'radio' ? one.nextElementSibling : one;
        return [one.type + ' ' + one.name, getComputedStyle(shown).outlineStyle];
      })()`);
      stops.push(`${name}: ${ring}`);
    }
    expect(stops).toEqual(['radio score: solid', 'textarea comment: solid', 'submit : solid']);
  });
});
