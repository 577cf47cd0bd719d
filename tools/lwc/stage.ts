// A page of an org in Chromium that shows one component at a time: the shipped code, Salesforce's base components and styles.
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { NOW } from './fixture.ts';

const SLDS = join(
  import.meta.dirname,
  'node_modules/@salesforce-ux/design-system/assets/styles/salesforce-lightning-design-system.min.css',
);
const EMPTY = `<!doctype html><html lang="en"><head><title>NPS</title></head>
  <body class="slds-scope"><main style="padding: 0.75rem"></main></body></html>`;

/** What wire adapters give, by the name of the GraphQL operation; what is left out stays loading. */
export interface Org {
  npsAccountHistory?: object;
  npsCountedAnswers?: object;
  npsWindow?: object;
  segments?: object;
  record?: object;
  mayAct?: boolean;
}

export interface Scene {
  tag: 'c-nps-timeline' | 'c-nps-pulse';
  org: Org;
  width: number;
  height: number;
}

/** A page with all components compiled and loaded, its clock at the fixture's moment. Takes some seconds. */
export async function openStage(browser: Browser): Promise<Page> {
  const script = join(mkdtempSync(join(tmpdir(), 'nps-stage-')), 'stage.js');
  const build = spawnSync(process.execPath, [join(import.meta.dirname, 'stage/build.mjs'), script], {
    encoding: 'utf8',
  });
  if (build.status !== 0) throw new Error(`The components do not compile. ${build.stderr}`);
  const page = await browser.newPage();
  await page.clock.setFixedTime(NOW);
  await page.setContent(EMPTY);
  await page.addStyleTag({ path: SLDS });
  await page.addScriptTag({ path: script });
  return page;
}

/** Shows this component instead of what was shown before. */
export async function show(page: Page, { tag, org, width, height }: Scene): Promise<void> {
  await page.setViewportSize({ width, height });
  await page.evaluate(`show(${JSON.stringify({ tag, org, properties: { recordId: '001000000000001AAA' } })})`);
}
