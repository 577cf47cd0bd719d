// Takes the pictures of docs/admin.md, by doing what an admin does: records deployed, time travelled, pages looked at.
import { writeFileSync } from 'node:fs';
import { pino } from 'pino';
import type { Browser } from 'playwright-core';
import { startApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { launchChromium } from '../test/support/chromium.ts';
import { deployed, recordFile } from '../test/support/deploy.ts';
import { openTestSandbox } from '../test/support/sandbox.ts';
import { temporaryFolder, untilIdle } from '../test/support/stack.ts';

const folder = new URL('../docs/pictures/', import.meta.url).pathname;
const START = new Date('2026-11-23T09:00:00Z');
const ACTIVE = { Active__c: true, Active_From__c: '2026-11-01' };

const sandbox = await openTestSandbox({ startAt: START });
const config = readConfig({ ...sandbox.environment, DATA_DIR: temporaryFolder(), PORT: '0' });
const app = await startApp(config, pino({ level: 'silent' }));
const browser = await launchChromium();

try {
  await deployed(sandbox, recordFile('NPS_Trigger', 'Post_Resolution', { ...ACTIVE, Active__c: false }));
  await days(1);
  await pictures(browser, `${app.url}/plan?days=60&active=all`, 'plan', 1000);

  const blackout = '2026-12-05..2026-12-31 Year end';
  await deployed(sandbox, recordFile('NPS_Setting', 'Default', { Blackouts__c: blackout }));
  await deployed(sandbox, recordFile('NPS_Trigger', 'Post_Resolution', ACTIVE));
  const wrong = { Context_Sentence__c: 'Hello {{contact.nickname}}, you have come far.' };
  await deployed(sandbox, recordFile('NPS_Trigger', 'Usage_Milestone', { ...ACTIVE, ...wrong }));
  await days(26);
  await pictures(browser, `${sandbox.url}/org/surveys`, 'org-decisions', 640);
  await pictures(browser, `${sandbox.url}/org/health`, 'org-health', 640);
} finally {
  await browser.close();
  await app.stop();
  await sandbox.close();
}

/** A day after another, as the sweep would have it. */
async function days(count: number): Promise<void> {
  for (let day = 0; day < count; day += 1) {
    await sandbox.advance('P1D');
    await untilIdle(app.url);
  }
}

async function pictures(chromium: Browser, url: string, name: string, height: number): Promise<void> {
  for (const [suffix, width] of [
    ['', 1280],
    ['-phone', 375],
  ] as const) {
    const page = await chromium.newPage({ viewport: { width, height: suffix ? 812 : height } });
    await page.goto(url);
    await page.waitForLoadState('networkidle');
    writeFileSync(`${folder}${name}${suffix}.png`, await page.screenshot());
    console.log(`${name}${suffix}.png`);
    await page.close();
  }
}
