import type { FastifyInstance } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openStationery } from '../../src/mail/stationery.ts';
import { buildServer } from '../../src/web/server.ts';
import { invitation } from '../mail/letters.ts';
import { chromiumPath, launchChromium, needsChromium } from '../support/chromium.ts';
import { type FakeDesk, fakeDesk } from './fake-desk.ts';

const stationery = openStationery(new URL('../../templates', import.meta.url).pathname);
const PHONE = { width: 375, height: 700 };

describe.skipIf(chromiumPath === undefined)(`in a real browser${needsChromium}`, () => {
  let browser: Browser;
  let app: FastifyInstance;
  let desk: FakeDesk;
  let address: string;

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    desk = fakeDesk();
    app = buildServer({
      desk,
      stationery,
      readiness: async () => ({ ready: true, idle: true, standby: false }),
      log: false,
      visitorSalt: 'salt',
    });
    const mail = stationery.mail('invitation', invitation);
    app.get('/mail', (_request, reply) => reply.type('text/html').send(mail.html));
    address = await app.listen({ port: 0, host: '127.0.0.1' });
  });
  afterEach(() => app.close());

  async function onPhone(path: string, visit: (page: Page) => Promise<void>, javaScriptEnabled = true): Promise<void> {
    const context = await browser.newContext({ viewport: PHONE, javaScriptEnabled });
    try {
      const page = await context.newPage();
      await page.goto(address + path);
      await visit(page);
    } finally {
      await context.close();
    }
  }

  const width = (page: Page) => page.evaluate<number>('document.documentElement.scrollWidth');
  const targets = (page: Page, selector: string) =>
    page.$$eval(selector, (all) =>
      all
        .map((one) => one.getBoundingClientRect())
        .map((box) => ({ top: box.top, width: box.width, height: box.height })),
    );
  const rowsOf = (boxes: { top: number }[]) =>
    [...Map.groupBy(boxes, ({ top }) => top).values()].map((row) => row.length);

  describe.each([
    ['with JavaScript', true],
    ['without JavaScript', false],
  ])('%s', (_how, javaScriptEnabled) => {
    it('a 0 is answered with a comment and corrected from the same page', async () => {
      await onPhone(
        '/a/score-0',
        async (page) => {
          expect(await page.isChecked('input[value="0"]')).toBe(true);
          await page.fill('textarea', 'Slow\nand late');
          await page.click('button');
          await page.waitForSelector('text=0 out of 10');
          expect(await page.inputValue('textarea')).toBe('Slow\nand late');
          await page.check('input[value="7"]');
          await page.click('button');
          await page.waitForSelector('text=7 out of 10');
        },
        javaScriptEnabled,
      );
      const seen = { verbatim: 'Slow\nand late', gesture: javaScriptEnabled, script: javaScriptEnabled };
      expect(desk.given).toMatchObject([
        { score: '0', ...seen },
        { score: '7', ...seen },
      ]);
    });

    it('a person follows an ask, and is sent on to where it leads', async () => {
      await onPhone(
        '/p/ask-g2',
        async (page) => {
          const arrived = 'You arrived.';
          await page.route('https://g2.example/**', (route) =>
            route.request().url().endsWith('/form')
              ? route.fulfill({ contentType: 'text/html', body: arrived })
              : route.fulfill({ status: 302, headers: { location: 'https://g2.example/form' } }),
          );
          await page.click('button');
          await page.waitForSelector(`text=${arrived}`);
        },
        javaScriptEnabled,
      );
      expect(desk.accepted).toEqual([{ token: 'ask-g2', gesture: javaScriptEnabled }]);
    });

    it('a person unsubscribes', async () => {
      await onPhone(
        '/u/leave',
        async (page) => {
          await page.click('button');
          await page.waitForSelector('text=You are unsubscribed');
        },
        javaScriptEnabled,
      );
      expect(desk.unsubscribed).toEqual(['leave']);
    });
  });

  it('the keyboard alone is enough, and counts as a person', async () => {
    await onPhone('/a/score-5', async (page) => {
      await page.focus('input[value="5"]');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await page.waitForSelector('text=6 out of 10');
    });
    expect(desk.given).toMatchObject([{ score: '6', gesture: true }]);
  });

  it('a script that presses the button is no gesture', async () => {
    await onPhone('/a/score-5', async (page) => {
      await page.evaluate("document.querySelector('button').click()");
      await page.waitForSelector('text=5 out of 10');
    });
    expect(desk.given).toMatchObject([{ score: '5', gesture: false }]);
  });

  it('a page that is looked at for a moment is reported once, and nothing is scored', async () => {
    await onPhone('/a/score-5', async (page) => {
      await expect.poll(() => desk.visits.map(({ kind }) => kind)).toEqual(['fetched', 'page-ran']);
      expect(await page.title()).toBe('Your answer – Northwind');
    });
    expect(desk.given).toEqual([]);
  });

  it('the content policy blocks nothing the pages need', async () => {
    const complaints: string[] = [];
    await onPhone('/a/score-5', async (page) => {
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.reload({ waitUntil: 'networkidle' });
      await page.click('button');
      await page.waitForLoadState('networkidle');
    });
    expect(complaints).toEqual([]);
  });

  it('the answer page has eleven targets of at least 44 px in two rows and does not scroll sideways', async () => {
    await onPhone('/a/score-10', async (page) => {
      const boxes = await targets(page, 'input[type="radio"]');
      expect(boxes.every((box) => box.width >= 44 && box.height >= 44)).toBe(true);
      expect(rowsOf(boxes)).toEqual([6, 5]);
      expect(await width(page)).toBe(PHONE.width);
    });
  });

  it('the mail has eleven targets of 44 px in two rows and does not scroll sideways', async () => {
    await onPhone('/mail', async (page) => {
      const boxes = await targets(page, 'td.cell');
      expect(boxes.every((box) => box.width >= 44 && box.height >= 44)).toBe(true);
      expect(rowsOf(boxes)).toEqual([6, 5]);
      expect(await width(page)).toBe(PHONE.width);
    });
  });
});
