import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { openStationery } from '../src/mail/stationery.ts';
import { buildServer } from '../src/web/server.ts';
import { invitation, replyToAnswer } from '../test/mail/letters.ts';
import { launchChromium } from '../test/support/chromium.ts';
import { fakeDesk } from '../test/web/fake-desk.ts';

/** Takes the pictures of docs/pictures: every mail and page, on a phone and on a desk, in light and in dark. */
const folder = new URL('../docs/pictures/', import.meta.url).pathname;
const root = new URL('..', import.meta.url).pathname;

const stationery = openStationery(join(root, 'templates'));
const server = buildServer({
  desk: fakeDesk(),
  stationery,
  readiness: async () => ({ ready: true, idle: true, standby: false }),
  log: false,
  visitorSalt: 'pictures',
});
for (const template of ['invitation', 'acknowledgment', 'thank-you'] as const) {
  const mail =
    template === 'invitation'
      ? stationery.mail(template, invitation)
      : stationery.mail(template, { ...replyToAnswer, score: template === 'thank-you' ? 9 : 3 });
  server.get(`/mail/${template}`, (_request, reply) => reply.type('text/html').send(mail.html));
}

const SUBJECTS = [
  { name: 'mail-invitation', path: '/mail/invitation' },
  { name: 'mail-acknowledgment', path: '/mail/acknowledgment' },
  { name: 'mail-thank-you', path: '/mail/thank-you' },
  { name: 'answer', path: '/a/score-9' },
  { name: 'thanks', path: '/a/score-3', press: true },
  { name: 'unsubscribe', path: '/u/leave' },
  { name: 'unsubscribed', path: '/u/leave', press: true },
  { name: 'problem', path: '/a/expired' },
];
const SCREENS = [
  { suffix: 'phone', width: 375, height: 700 },
  { suffix: 'desk', width: 1280, height: 600 },
];

const address = await server.listen({ port: 0, host: '127.0.0.1' });
const browser = await launchChromium();
try {
  mkdirSync(folder, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) await takePictures(browser, colorScheme);
} finally {
  await browser.close();
  await server.close();
}

async function takePictures(chromium: Browser, colorScheme: 'light' | 'dark'): Promise<void> {
  for (const { suffix, width, height } of SCREENS) {
    const context = await chromium.newContext({ viewport: { width, height }, colorScheme });
    const page = await context.newPage();
    for (const subject of SUBJECTS) {
      await page.goto(address + subject.path);
      if (subject.press) await Promise.all([page.waitForURL('**'), page.click('button')]);
      await page.waitForLoadState('networkidle');
      const file = `${subject.name}-${suffix}${colorScheme === 'dark' ? '-dark' : ''}.png`;
      writeFileSync(join(folder, file), await page.screenshot({ fullPage: true }));
      console.log(file);
    }
    await context.close();
  }
}
