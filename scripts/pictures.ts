import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { openStationery } from '../src/mail/stationery.ts';
import { RENEWAL_TEMPLATES } from '../src/nps/renewal.ts';
import { STEP_MAILS } from '../src/nps/steps/mail.ts';
import { buildServer } from '../src/web/server.ts';
import { invitation, renewalMail, replyToAnswer } from '../test/mail/letters.ts';
import { ARABIC, templatesWith } from '../test/mail/own-language.ts';
import { launchChromium } from '../test/support/chromium.ts';
import { fakeDesk } from '../test/web/fake-desk.ts';

/**
 * Takes the pictures of docs/pictures: every mail and page, on a phone and on a desk, in light and in dark; the
 * invitation and the answer page in other languages; and the invitation as a mail client shows it that darkens by force.
 */
const folder = new URL('../docs/pictures/', import.meta.url).pathname;
const stationery = openStationery(templatesWith({ ar: ARABIC }));

const GERMAN = 'Vor gut sechs Wochen hat Blue Harbour Logistics mit uns angefangen.';
const MAILS = {
  invitation: stationery.mail('invitation', invitation),
  're-survey': stationery.mail('re-survey', invitation),
  acknowledgment: stationery.mail('acknowledgment', { ...replyToAnswer, score: 3 }),
  'acknowledgment-grave': stationery.mail('acknowledgment-grave', { ...replyToAnswer, score: 1 }),
  'acknowledgment-grave-de': stationery.mail('acknowledgment-grave', {
    ...{ ...replyToAnswer, score: 1, language: 'de' },
    postalAddress: 'Northwind GmbH, Hafenstraße 12, 20457 Hamburg',
  }),
  'thank-you': stationery.mail('thank-you', { ...replyToAnswer, score: 9 }),
  'what-we-did': stationery.mail('what-we-did', { ...replyToAnswer, score: 3 }),
  'did-we-fix-it': stationery.mail('did-we-fix-it', { ...replyToAnswer, score: 3 }),
  'make-us-a-ten': stationery.mail('make-us-a-ten', { ...replyToAnswer, score: 8 }),
  'renewal-accomplishments': stationery.mail('renewal-accomplishments', renewalMail),
  'renewal-check-in': stationery.mail('renewal-check-in', renewalMail),
  'renewal-acknowledgment': stationery.mail('renewal-acknowledgment', renewalMail),
  'renewal-neutral': stationery.mail('renewal-neutral', renewalMail),
  'about-your-choice': stationery.mail('about-your-choice', { ...replyToAnswer, score: 8 }),
  'success-story': stationery.mail('success-story', { ...replyToAnswer, score: 8 }),
  'ask-reminder': stationery.mail('ask-reminder', { ...replyToAnswer, score: 9 }),
  'ask-thanks': stationery.mail('ask-thanks', { ...replyToAnswer, score: 9 }),
  referral: stationery.mail('referral', {
    ...replyToAnswer,
    ...{ score: 9, ask: { sentence: 'ask-referral.sentence', link: 'ask-referral.link', url: '#' } },
  }),
  'invitation-de': stationery.mail('invitation', {
    ...{ ...invitation, language: 'de', contextSentence: GERMAN, sentenceLanguage: 'de' },
    postalAddress: 'Northwind GmbH, Hafenstraße 12, 20457 Hamburg',
  }),
  'invitation-ar': stationery.mail('invitation', { ...invitation, language: 'ar' }),
};

const PAGES = [
  { name: 'answer', path: '/a/score-9' },
  { name: 'thanks', path: '/a/score-3', press: true },
  { name: 'choice', path: '/p/choice' },
  { name: 'chosen', path: '/p/choice', press: true },
  { name: 'ask', path: '/p/ask-g2' },
  { name: 'ask-case-study', path: '/p/ask-case-study' },
  { name: 'asked', path: '/p/ask-case-study', press: true },
  { name: 'unsubscribe', path: '/u/leave' },
  { name: 'unsubscribed', path: '/u/leave', press: true },
  { name: 'problem', path: '/a/expired' },
];
const PHONE = { suffix: 'phone', width: 375, height: 700 };
const DESK = { suffix: 'desk', width: 1280, height: 600 };

type Subject = (typeof PAGES)[number];

/** The pages in a language, with the mails beside them. */
async function serve(language: string) {
  const server = buildServer({
    desk: fakeDesk('', language),
    stationery,
    readiness: async () => ({ ready: true, idle: true, standby: false }),
    log: false,
    visitorSalt: 'pictures',
  });
  for (const [name, { html }] of Object.entries(MAILS)) {
    server.get(`/mail/${name}`, (_request, reply) => reply.type('text/html').send(html));
  }
  return { server, address: await server.listen({ port: 0, host: '127.0.0.1' }) };
}

const mail = (name: keyof typeof MAILS) => ({ name: `mail-${name}`, path: `/mail/${name}` });

const servers = await Promise.all(['en', 'de', 'ar'].map(serve));
const [english, german, arabic] = servers;
const browser = await launchChromium();
try {
  mkdirSync(folder, { recursive: true });
  const replies = STEP_MAILS.map(mail);
  const renewals = Object.values(RENEWAL_TEMPLATES).map(mail);
  const all = [mail('invitation'), mail('re-survey'), ...replies, ...renewals, ...PAGES];
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const screen of [PHONE, DESK]) await takePictures(browser, english, all, { ...screen, colorScheme });
  }
  const elsewhere = { ...PHONE, colorScheme: 'light' } as const;
  const inGerman = [mail('invitation-de'), mail('acknowledgment-grave-de'), { name: 'answer-de', path: '/a/score-9' }];
  await takePictures(browser, german, inGerman, elsewhere);
  await takePictures(browser, arabic, [mail('invitation-ar'), { name: 'answer-ar', path: '/a/score-9' }], elsewhere);
  await takePictures(browser, english, [mail('invitation')], { ...elsewhere, suffix: 'phone-forced', forced: true });
} finally {
  await browser.close();
  await Promise.all(servers.map(({ server }) => server.close()));
}

interface Screen {
  suffix: string;
  width: number;
  height: number;
  colorScheme: NonNullable<BrowserContextOptions['colorScheme']>;
  /** Chromium darkens a page that thinks it is light, as mail clients do that know no dark mode of a mail. */
  forced?: boolean;
}

async function takePictures(
  chromium: Browser,
  site: { address: string } | undefined,
  subjects: readonly Subject[],
  { suffix, width, height, colorScheme, forced }: Screen,
): Promise<void> {
  const context = await chromium.newContext({ viewport: { width, height }, colorScheme });
  const page = await context.newPage();
  if (forced) {
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setAutoDarkModeOverride', { enabled: true });
  }
  for (const subject of subjects) {
    await page.goto(`${site?.address}${subject.path}`);
    if (subject.press) await Promise.all([page.waitForURL('**'), page.click('button')]);
    await page.waitForLoadState('networkidle');
    const file = `${subject.name}-${suffix}${colorScheme === 'dark' ? '-dark' : ''}.png`;
    writeFileSync(join(folder, file), await page.screenshot({ fullPage: true }));
    console.log(file);
  }
  await context.close();
}
