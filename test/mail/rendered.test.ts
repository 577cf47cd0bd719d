import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MailData } from '../../src/loop/ports.ts';
import { openStationery } from '../../src/mail/stationery.ts';
import { wordCount } from '../../src/nps/words.ts';
import { chromiumPath, launchChromium, needsChromium } from '../support/chromium.ts';
import { accessProblems, boxesOf, clippedElements, LOOKS, lookAt, rowsOf } from '../support/look.ts';
import { forwardedReply, invitation, renewalMail, replyToAnswer } from './letters.ts';
import { ARABIC, templatesWith } from './own-language.ts';

const stationery = openStationery(templatesWith({ ar: ARABIC }));
const LANGUAGES = ['en', 'de', 'ar'];

const MAILS: { [T in keyof MailData]: MailData[T] } = {
  invitation,
  're-survey': invitation,
  acknowledgment: replyToAnswer,
  'acknowledgment-grave': { ...replyToAnswer, score: 1 },
  'what-we-did': replyToAnswer,
  'did-we-fix-it': replyToAnswer,
  'make-us-a-ten': { ...replyToAnswer, score: 8 },
  'about-your-choice': { ...replyToAnswer, score: 8 },
  'success-story': { ...replyToAnswer, score: 8 },
  'thank-you': { ...replyToAnswer, score: 9 },
  'ask-reminder': { ...replyToAnswer, score: 9 },
  'ask-thanks': { ...replyToAnswer, score: 9 },
  referral: {
    ...replyToAnswer,
    score: 9,
    ask: { sentence: 'ask-referral.sentence', link: 'ask-referral.link', url: '#' },
  },
  'renewal-accomplishments': renewalMail,
  'renewal-check-in': renewalMail,
  'renewal-acknowledgment': renewalMail,
  'renewal-neutral': renewalMail,
  'forwarded-reply': forwardedReply,
};
const TEMPLATES = Object.keys(MAILS) as (keyof MailData)[];

/** As long as Salesforce's names get: words, and one word that nothing can break nicely. */
const LONG = [`${'Long Name '.repeat(25)}Inc.`, 'n'.repeat(255)];

const letter = (template: keyof MailData, facts: Partial<MailData['invitation']> = {}) =>
  stationery.mail(template, { ...MAILS[template], ...facts } as MailData[typeof template]).html;

describe.skipIf(chromiumPath === undefined)(`every mail, as a mail client draws it${needsChromium}`, () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await launchChromium();
    page = await (await browser.newContext()).newPage();
  });
  afterAll(() => browser.close());

  describe.each(LANGUAGES)('in %s', (language) => {
    describe.each(TEMPLATES)('%s', (template) => {
      it.each(LOOKS)('can be read and reached at $width px, $colorScheme', async (look) => {
        await lookAt(page, look);
        await page.setContent(letter(template, { language }));
        // Colours are the same in every language.
        if (language === 'en' || look === LOOKS[0]) expect(await accessProblems(page)).toEqual([]);
        expect(await clippedElements(page)).toEqual([]);
        const shown = await page.evaluate<string>('document.body.innerText');
        expect(wordCount(shown)).toBeLessThan(80);
        if (template !== 'invitation') return;
        const cells = await boxesOf(page, 'td.cell');
        expect(cells).toHaveLength(11);
        expect(cells.filter(({ width, height }) => width < 44 || height < 44)).toEqual([]);
        expect(rowsOf(cells)).toEqual(look.width === 375 ? [6, 5] : [11]);
        const [zero = { left: 0 }, one = { left: 0 }] = cells;
        expect(Math.sign(one.left - zero.left), 'the scale runs as the language does').toBe(language === 'ar' ? -1 : 1);
      });

      it.each(LONG)('keeps names of 255 characters inside: %.20s', async (name) => {
        await page.setContent(
          letter(template, {
            language,
            company: name,
            account: { name },
            contact: { firstName: name, name },
            csm: { name, email: 'mira@northwind.example', phone: name },
            postalAddress: name,
          }),
        );
        for (const look of LOOKS) {
          await lookAt(page, look);
          expect(await clippedElements(page)).toEqual([]);
        }
      });
    });
  });

  it('tells its numbers apart by their digits alone: all eleven look the same', async () => {
    await page.setContent(letter('invitation'));
    const looks = await page.evaluate<string[]>(`[...document.querySelectorAll('a.number')].map((number) => {
      const { color, fontWeight } = getComputedStyle(number);
      const { backgroundColor, borderTopColor } = getComputedStyle(number.parentElement);
      return [color, fontWeight, backgroundColor, borderTopColor].join();
    })`);
    expect(looks).toHaveLength(11);
    expect(new Set(looks).size).toBe(1);
  });

  it.each(TEMPLATES)('%s stays under 20 KB in every language', (template) => {
    const sizes = LANGUAGES.map((language) => Buffer.byteLength(letter(template, { language })));
    expect(sizes.filter((size) => size >= 20 * 1024)).toEqual([]);
  });
});
