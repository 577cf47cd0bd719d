// Takes the pictures of docs/lightning.md: `node scripts/run.mjs scripts/lwc-pictures.ts`, after `npm ci` in tools/lwc.
import { writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { launchChromium } from '../test/support/chromium.ts';
import { ACCOUNT, counted, history, SEGMENTS, window } from '../tools/lwc/fixture.ts';
import { openStage, type Scene, show } from '../tools/lwc/stage.ts';

const folder = new URL('../docs/pictures/', import.meta.url).pathname;
const timeline = { tag: 'c-nps-timeline', org: { npsAccountHistory: { data: history() }, record: ACCOUNT } } as const;
const programme = { npsCountedAnswers: { data: counted() }, npsWindow: { data: window(365) }, segments: SEGMENTS };
const pulse = { tag: 'c-nps-pulse', org: programme } as const;
const SCENES: Record<string, Scene> = {
  'lwc-timeline': { ...timeline, width: 900, height: 700 },
  'lwc-timeline-phone': { ...timeline, width: 375, height: 700 },
  'lwc-pulse': { ...pulse, width: 1100, height: 500 },
  'lwc-pulse-phone': { ...pulse, width: 375, height: 700 },
};

const browser = await launchChromium();
try {
  const page = await openStage(browser);
  for (const [name, scene] of Object.entries(SCENES)) {
    await show(page, scene);
    await picture(page, name, true);
  }
  await show(page, { ...timeline, width: 900, height: 560 });
  await page.getByRole('button', { name: 'Actions for the answer of Jonas Berg' }).first().click();
  await page.getByRole('menuitem', { name: 'Void Answer' }).click();
  await page.getByRole('dialog').getByLabel('Why').fill('The intern clicked for fun; Jonas says 8.');
  await picture(page, 'lwc-void', false);
} finally {
  await browser.close();
}

async function picture(page: Page, name: string, fullPage: boolean): Promise<void> {
  // Menus and dialogs fade in.
  await page.waitForTimeout(400);
  writeFileSync(`${folder}${name}.png`, await page.screenshot({ fullPage }));
  console.log(`${name}.png`);
}
